"""O*NET files as they are → requirement profiles in our own traits.

Source of the numbers: O*NET 29.3, U.S. Department of Labor, Employment and Training Administration, CC BY 4.0.
A skill has an importance (IM, 1-5) and a level (LV, 0-7), a work style an importance only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from placement.adapters.csv_text import Broken, decode, header, records

K = TypeVar("K")
V = TypeVar("V")

_CODE = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")

_OCCUPATIONS = ("O*NET-SOC Code", "Title", "Description")
_RATINGS = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value")
_TASKS = ("O*NET-SOC Code", "Task ID", "Task", "Task Type")
_ZONES = ("O*NET-SOC Code", "Job Zone")
_SCALES = ("Scale ID", "Scale Name", "Minimum", "Maximum")


class OnetError(ValueError):
    """A file that is missing or cannot be trusted; the text names the file and the line."""

    def __init__(self, file: str, line: int | None, detail: str) -> None:
        super().__init__(f"{file}: {detail}" if line is None else f"{file}, line {line}: {detail}")
        self.file, self.line, self.detail = file, line, detail


@dataclass(frozen=True, slots=True)
class Occupation:
    code: str
    title: str
    description: str
    job_zone: int | None  # 1 (little preparation) to 5


@dataclass(frozen=True, slots=True)
class Rating:
    """One value of one element for one occupation; ``scale`` is ``IM`` or ``LV``."""

    code: str
    element: str
    element_name: str
    scale: str
    value: float


@dataclass(frozen=True, slots=True)
class OnetTask:
    code: str
    task_id: str
    text: str
    core: bool


@dataclass(frozen=True, slots=True)
class OnetData:
    """Everything the folder holds, in the order of its files."""

    occupations: tuple[Occupation, ...]
    ratings: tuple[Rating, ...]
    tasks: tuple[OnetTask, ...]
    scales: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """What an occupation asks for: trait key → (level 0-5, weight 1-5). Traits without a rating are left out."""

    code: str
    title: str
    requirements: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    line: int
    cells: Mapping[str, str]

    def wrong(self, detail: str) -> OnetError:
        return OnetError(self.file, self.line, detail)

    def text(self, column: str) -> str:
        value = self.cells[column]
        if not value:
            raise self.wrong(f"{column} is empty")
        return value

    def number(self, column: str, low: float = -math.inf, high: float = math.inf) -> float:
        text = self.cells[column]
        if not _NUMBER.fullmatch(text):
            raise self.wrong(f"{column} is not a number: {text!r}")
        if not low <= float(text) <= high:
            raise self.wrong(f"{column} is {text}, outside {low:g} to {high:g}")
        return float(text)

    def code(self, known: Mapping[str, object] | None = None) -> str:
        code = self.text("O*NET-SOC Code")
        if not _CODE.fullmatch(code):
            raise self.wrong(f"not an O*NET-SOC code: {code!r}")
        if known is not None and code not in known:
            raise self.wrong(f"{code} is not in onet_occupations.csv")
        return code


def read_folder(path: Path) -> OnetData:
    """Reads the six ``onet_*.csv`` files. Raises OnetError with file and line at the first thing that is wrong."""
    scales = _unique(
        _lines(path / "onet_scales.csv", _SCALES),
        lambda row: row.text("Scale ID"),
        lambda row: (row.number("Minimum"), row.number("Maximum")),
    )
    titles = _unique(
        _lines(path / "onet_occupations.csv", _OCCUPATIONS),
        lambda row: row.code(),
        lambda row: (row.text("Title"), row.text("Description")),
    )
    zones = _unique(
        _lines(path / "onet_job_zones.csv", _ZONES),
        lambda row: row.code(titles),
        lambda row: int(row.number("Job Zone", 1, 5)),
    )
    ratings = (
        *_ratings(path / "onet_skills.csv", titles, scales),
        *_ratings(path / "onet_work_styles.csv", titles, scales),
    )
    tasks = _unique(
        _lines(path / "onet_tasks.csv", _TASKS),
        lambda row: (row.code(titles), row.text("Task ID")),
        lambda row: OnetTask(row.code(), row.text("Task ID"), row.text("Task"), row.cells["Task Type"] == "Core"),
    )
    occupations = tuple(Occupation(code, *words, zones.get(code)) for code, words in titles.items())
    return OnetData(occupations, ratings, tuple(tasks.values()), scales)


def profiles(data: OnetData, mapping: Mapping[str, Sequence[str]]) -> list[ProfileRow]:
    """One profile per occupation, in the data's order. ``mapping``: trait key → O*NET element ids.

    Level of an element: LV * 5/7 for a skill, (IM - 1) * 5/4 for a work style (no LV). A trait's level is the mean
    of its elements weighted by importance, its weight their mean importance; both are rounded, halves up.
    Raises ValueError when the mapping names an element the data does not know.
    """
    known = {rating.element for rating in data.ratings}
    unknown = sorted({element for elements in mapping.values() for element in elements} - known)
    if unknown:
        raise ValueError(f"O*NET has no element {', '.join(unknown)}")
    values = {(rating.code, rating.element, rating.scale): rating.value for rating in data.ratings}
    rows = []
    for occupation in data.occupations:
        asked = {trait: _requirement(occupation.code, elements, values) for trait, elements in mapping.items()}
        rows.append(ProfileRow(occupation.code, occupation.title, {k: v for k, v in asked.items() if v is not None}))
    return rows


def _requirement(
    code: str, elements: Sequence[str], values: Mapping[tuple[str, str, str], float]
) -> tuple[int, int] | None:
    """(level, weight) of one trait, or None when no element of it is rated for this occupation."""
    importances, weighted = [], []
    for element in elements:
        importance = values.get((code, element, "IM"))
        if importance is None:
            continue
        level = values.get((code, element, "LV"))
        share = (importance - 1) * 5 / 4 if level is None else level * 5 / 7
        importances.append(importance)
        weighted.append(importance * share)
    if not importances:
        return None
    level_mean = sum(weighted) / sum(importances)
    weight_mean = sum(importances) / len(importances)
    return min(5, max(0, _half_up(level_mean))), min(5, max(1, _half_up(weight_mean)))


def _half_up(value: float) -> int:
    """Nearest whole number, halves up; a hair below a half (from dividing) counts as the half."""
    return math.floor(value + 0.5 + 1e-9)


def _ratings(path: Path, titles: Mapping[str, object], scales: Mapping[str, tuple[float, float]]) -> tuple[Rating, ...]:
    def key(row: _Line) -> tuple[str, str, str]:
        return row.code(titles), row.text("Element ID"), row.text("Scale ID")

    def rating(row: _Line) -> Rating:
        code, element, scale = key(row)
        if scale not in scales:
            raise row.wrong(f"scale {scale} is not in onet_scales.csv")
        return Rating(code, element, row.text("Element Name"), scale, row.number("Data Value", *scales[scale]))

    return tuple(_unique(_lines(path, _RATINGS), key, rating).values())


def _unique(rows: Iterator[_Line], key: Callable[[_Line], K], value: Callable[[_Line], V]) -> dict[K, V]:
    found: dict[K, V] = {}
    for row in rows:
        name = key(row)
        if name in found:
            raise row.wrong(f"{name} is there twice")
        found[name] = value(row)
    return found


def _lines(path: Path, columns: Sequence[str]) -> Iterator[_Line]:
    try:
        text = decode(path.read_bytes())
        names = header(text, columns)
    except OSError as error:
        raise OnetError(path.name, None, f"cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise OnetError(path.name, None, str(error)) from None
    for record in records(text, len(names)):
        if isinstance(record, Broken):
            raise OnetError(path.name, record.line, record.detail)
        cells = {name: cell.strip() for name, cell in zip(names, record.cells, strict=True)}
        yield _Line(path.name, record.line, cells)
