"""O*NET files: read as they are, wrong ones named by file and line, profiles worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement.adapters.onet import OnetData, OnetError, ProfileRow, profiles, read_folder
from placement.catalog.read import onet_mapping
from tests.trial import trial_file

RATING = "O*NET-SOC Code,Title,Element ID,Element Name,Scale ID,Scale Name,Data Value"
FILES = {
    "onet_scales.csv": "Scale ID,Scale Name,Minimum,Maximum\nIM,Importance,1,5\nLV,Level,0,7\n",
    "onet_occupations.csv": (
        "O*NET-SOC Code,Title,Description\n"
        '41-0001.00,"Shelf Pilots, Junior",Fly shelves.\n'
        "41-0002.00,Till Tamers,Tame tills.\n"
    ),
    "onet_job_zones.csv": "O*NET-SOC Code,Title,Job Zone\n41-0001.00,Shelf Pilots,2\n",
    "onet_skills.csv": (
        f"{RATING}\n"
        "41-0001.00,Shelf Pilots,9.A,Reading,IM,Importance,4.0\n"
        "41-0001.00,Shelf Pilots,9.A,Reading,LV,Level,7.0\n"
        "41-0001.00,Shelf Pilots,9.B,Counting,IM,Importance,2.0\n"
        "41-0001.00,Shelf Pilots,9.B,Counting,LV,Level,0.7\n"
        "41-0002.00,Till Tamers,9.A,Reading,IM,Importance,1\n"
        "41-0002.00,Till Tamers,9.A,Reading,LV,Level,0\n"
    ),
    "onet_work_styles.csv": (
        f"{RATING}\n"
        "41-0001.00,Shelf Pilots,9.Z,Calm,IM,Importance,3.0\n"
        "41-0002.00,Till Tamers,9.Z,Calm,IM,Importance,5.0\n"
    ),
    "onet_tasks.csv": (
        "O*NET-SOC Code,Title,Task ID,Task,Task Type\n"
        '41-0001.00,Shelf Pilots,1,"Fly high, land softly.",Core\n'
        "41-0001.00,Shelf Pilots,2,Wave.,Supplemental\n"
        "41-0002.00,Till Tamers,1,Tame.,\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_the_folder_is_read(folder: Path) -> None:
    data = read_folder(folder)
    assert [(one.code, one.title, one.job_zone) for one in data.occupations] == [
        ("41-0001.00", "Shelf Pilots, Junior", 2),
        ("41-0002.00", "Till Tamers", None),
    ]
    assert len(data.ratings) == 8
    assert [(task.task_id, task.core) for task in data.tasks] == [("1", True), ("2", False), ("1", False)]
    assert data.scales == {"IM": (1, 5), "LV": (0, 7)}


def test_line_ends_and_a_byte_order_mark_change_nothing(folder: Path) -> None:
    expected = read_folder(folder)
    for name, text in FILES.items():
        (folder / name).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_folder(folder) == expected


def test_a_profile_averages_by_importance(folder: Path) -> None:
    mapping = {"words": ["9.A", "9.B"], "calm": ["9.Z"], "both": ["9.A", "9.Z"], "count": ["9.B"]}
    first, second = profiles(read_folder(folder), mapping)
    assert first == ProfileRow(
        "41-0001.00",
        "Shelf Pilots, Junior",
        {
            "words": (4, 3),  # (4 * 5 + 2 * 0.5) / 6 = 3.5
            "calm": (3, 3),  # (3 - 1) * 5 / 4 = 2.5
            "both": (4, 4),  # (4 * 5 + 3 * 2.5) / 7 = 3.93, weight 3.5
            "count": (1, 2),  # 0.7 * 5 / 7 = 0.5
        },
    )
    # Not rated is unknown, not 0: "count" is left out; rated 0 stays 0.
    assert second.requirements == {"words": (0, 1), "calm": (5, 5), "both": (4, 3)}


def test_a_half_is_rounded_up_even_when_division_leaves_it_a_hair_below(folder: Path) -> None:
    change(folder, "onet_skills.csv", "IM,Importance,4.0", "IM,Importance,1.21")
    change(folder, "onet_skills.csv", "LV,Level,7.0", "LV,Level,4.9")  # 4.9 * 5 / 7 = 3.5
    first = profiles(read_folder(folder), {"words": ["9.A"]})[0]
    assert first.requirements == {"words": (4, 1)}


def test_an_element_nobody_knows_is_an_error(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"no element 9\.Q"):
        profiles(read_folder(folder), {"words": ["9.A", "9.Q"]})


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(OnetError, match=name):
        read_folder(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("onet_skills.csv", "Data Value", "Value", "onet_skills.csv: Line 1: these columns are missing: Data Value"),
        ("onet_skills.csv", ",7.0", ",seven", "onet_skills.csv, line 3: Data Value is not a number: 'seven'"),
        ("onet_skills.csv", ",7.0", ",nan", "onet_skills.csv, line 3: Data Value is not a number"),
        ("onet_skills.csv", ",7.0", ",7.5", "onet_skills.csv, line 3: Data Value is 7.5, outside 0 to 7"),
        ("onet_skills.csv", ",7.0", "", "onet_skills.csv, line 3: 6 cells instead of 7"),
        ("onet_skills.csv", ",LV,", ",XX,", "onet_skills.csv, line 3: scale XX is not in onet_scales.csv"),
        ("onet_skills.csv", ",9.B,", ",9.A,", "onet_skills.csv, line 4: .* is there twice"),
        ("onet_skills.csv", "9.B", "", "onet_skills.csv, line 4: Element ID is empty"),
        ("onet_work_styles.csv", "41-0002", "41-0009", "onet_work_styles.csv, line 3: 41-0009.00 is not in"),
        ("onet_work_styles.csv", "Calm", '"Calm', "onet_work_styles.csv, line 2: "),
        ("onet_work_styles.csv", "Calm", "Ca\0lm", "onet_work_styles.csv, line 2: it holds a NUL character"),
        ("onet_occupations.csv", "41-0002.00", "Till", "onet_occupations.csv, line 3: not an O.NET-SOC code: 'Till'"),
        ("onet_occupations.csv", "41-0002.00", "41-0001.00", "onet_occupations.csv, line 3: 41-0001.00 is there twice"),
        ("onet_job_zones.csv", ",2\n", ",6\n", "onet_job_zones.csv, line 2: Job Zone is 6, outside 1 to 5"),
        ("onet_tasks.csv", "Wave.", "", "onet_tasks.csv, line 3: Task is empty"),
        ("onet_scales.csv", "1,5", "one,5", "onet_scales.csv, line 2: Minimum is not a number"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(folder: Path, name: str, old: str, new: str, words: str) -> None:
    change(folder, name, old, new)
    with pytest.raises(OnetError, match=words):
        read_folder(folder)


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "onet_tasks.csv").write_bytes(FILES["onet_tasks.csv"].replace("Wave", "Grüßen").encode("latin-1"))
    with pytest.raises(OnetError, match=r"onet_tasks.csv: The file is not UTF-8 text \(line 3\)"):
        read_folder(folder)


@pytest.fixture
def real() -> OnetData:
    return read_folder(trial_file("onet_occupations.csv").parent)


def test_the_real_files_are_read_whole(real: OnetData) -> None:
    assert len(real.occupations) == 13
    assert len(real.ratings) == 910 + 208
    assert len(real.tasks) == 263
    assert len(real.scales) == 29
    assert all(one.job_zone in (1, 2, 3) for one in real.occupations)


def test_every_real_occupation_gets_a_whole_profile(real: OnetData) -> None:
    rows = profiles(real, onet_mapping())
    assert len(rows) == 13
    for row in rows:
        assert set(row.requirements) == set(onet_mapping())
        assert all(0 <= level <= 5 and 1 <= weight <= 5 for level, weight in row.requirements.values())


def test_a_real_profile_agrees_with_the_sums_by_hand(real: OnetData) -> None:
    counter = next(row for row in profiles(real, onet_mapping()) if row.code == "35-3023.00")
    # Reading Comprehension: IM 2.5, LV 2.0 → 2.0 * 5 / 7 = 1.43. Attention to Detail: IM 4.15 → 3.94.
    assert counter.requirements["reading"] == (1, 3)
    assert counter.requirements["accuracy"] == (4, 4)
