"""An import as a whole: remembered columns, rows in the background, killed and gone on, taken back but for its log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.import_fields import ImportKind, ImportState
from placement.domain.jobs import JobKind
from placement.models.employers.employer import Employer, Site
from placement.models.enrollments.enrollment import Enrollment
from placement.models.imports.upload import Upload
from placement.models.participants.participant import Participant
from placement.models.system.job import Job
from placement.models.system.log import Audit
from placement.policy.actor import Actor
from placement.queries.imports.uploads import upload_page
from placement.usecases.imports import run_upload as running
from placement.usecases.imports.run_upload import run_upload
from placement.usecases.imports.uploads import (
    SaveUpload,
    discard_upload,
    map_columns,
    save_upload,
    start_upload,
    undo_upload,
)
from placement.usecases.system.housekeeping import clean_up
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make

HEADER = ("Vorname", "Nachname", "Telefon", "Zugewiesen am")
MAPPING = {"preferred_name": 0, "family_name": 1, "phone": 2, "referred_on": 3}


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def people(count: int) -> list[list[str]]:
    return [[f"Ida{n}", f"Sand{n}", "+49 30 1", "2026-01-05" if n % 2 else ""] for n in range(count)]


def brought_in(work: Work, cora: Actor, rows: list[list[str]], left_out: tuple[int, ...] = ()) -> str:
    key = save_upload(work, cora, SaveUpload(ImportKind.PARTICIPANTS, "people.csv", HEADER, rows))
    map_columns(work, cora, key, MAPPING)
    start_upload(work, cora, key, left_out)
    return key


def upload(make: Make, key: str) -> Upload:
    found: Upload = make.one(select(Upload).where(Upload.public_id == key))
    return found


def count(make: Make, model: Any) -> int:
    found: int = make.one(select(func.count()).select_from(model))
    return found


def test_rows_become_people_and_go_again(work: Work, cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    before = count(make, Participant), count(make, Enrollment)
    key = brought_in(work, cora, [*people(5), ["", "Nobody", "", ""], ["Noa", "Lind", "", ""]], left_out=(3,))
    job = make.one(select(Job).where(Job.kind == JobKind.IMPORT_ROWS))
    assert (upload(make, key).total, upload(make, key).state) == (4, ImportState.RUNNING)
    run_upload(work, job.refs["upload"])
    row = upload(make, key)
    assert (row.state, row.done, row.rows) == (ImportState.DONE, 4, [])
    assert (count(make, Participant), count(make, Enrollment)) == (before[0] + 4, before[1] + 1)
    ida = make.one(select(Participant).where(Participant.family_name == "Sand3"))
    assert (ida.phone, ida.sort_key, ida.program_id) == ("+49 30 1", "sand3 ida3", cast.a.program.id)
    assert make.all(select(Participant).where(Participant.family_name == "Sand1")) == []
    run_upload(work, job.refs["upload"])
    assert count(make, Participant) == before[0] + 4
    logged = count(make, Audit)
    assert undo_upload(work, cora, key) == 0
    assert (count(make, Participant), count(make, Enrollment)) == before
    assert count(make, Audit) == logged + 1
    assert upload_page(reads, cora, key).line.state is ImportState.UNDONE
    with pytest.raises(NotFound):
        undo_upload(work, cora, key)


def test_killed_in_between_it_goes_on(
    work: Work, cora: Actor, cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 3)
    before = count(make, Participant)
    key = brought_in(work, cora, people(8))
    done = 0

    def dies(*arguments: Any) -> Any:
        nonlocal done
        done += 1
        if done == 3:
            raise RuntimeError("killed")
        return original(*arguments)

    original = running._people
    monkeypatch.setattr(running, "_people", dies)
    with pytest.raises(RuntimeError):
        run_upload(work, upload(make, key).id)
    assert (upload(make, key).done, count(make, Participant)) == (6, before + 6)
    run_upload(work, upload(make, key).id)
    assert (upload(make, key).state, count(make, Participant)) == (ImportState.DONE, before + 8)
    assert len(upload(make, key).made["participant"]) == 8


def test_what_is_in_use_or_changed_stays(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    key = brought_in(work, cora, people(6))
    run_upload(work, upload(make, key).id)
    used = make.one(select(Participant).where(Participant.family_name == "Sand0"))
    make.assign(cast.accounts.coach, used)
    changed = make.one(select(Participant).where(Participant.family_name == "Sand2"))

    def edit(session: Session) -> None:
        session.get_one(Participant, changed.id).version = 2

    make.do(edit)
    assert undo_upload(work, cora, key) == 2
    left = {row.family_name for row in make.all(select(Participant).where(Participant.family_name.startswith("Sand")))}
    assert left == {"Sand0", "Sand2"}


def test_shops_share_their_employer(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    header = ("Firma", "Filiale", "Straße", "PLZ", "Ort")
    rows = [
        ["Bäcker Ost", "Nord", "Weg 1", "10115", "Berlin"], ["BÄCKER OST", "Süd", "", "", "Berlin"],
        [cast.a.employer.name, "West", "", "", ""], ["Allein", "", "", "", ""],
        ["Bäcker Ost", "Nord", "Weg 1", "10115", "Berlin"],
    ]  # fmt: skip
    before = count(make, Employer), count(make, Site)
    key = save_upload(work, cora, SaveUpload(ImportKind.EMPLOYERS, "shops.csv", header, rows))
    map_columns(work, cora, key, dict(upload(make, key).mapping))
    assert start_upload(work, cora, key) == 4
    run_upload(work, upload(make, key).id)
    assert (count(make, Employer), count(make, Site)) == (before[0] + 2, before[1] + 3)
    north = make.one(select(Site).where(Site.name == "Nord", Site.postcode == "10115"))
    assert (north.address_complete, north.zone) == (True, "Europe/Berlin")
    assert undo_upload(work, cora, key) == 0
    assert (count(make, Employer), count(make, Site)) == before


def test_columns_are_remembered_for_the_same_headings(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    odd = {"preferred_name": 1, "family_name": 0}
    first = save_upload(work, cora, SaveUpload(ImportKind.PARTICIPANTS, "a.csv", HEADER, people(1)))
    for wrong, field in (({"family_name": 0}, "preferred_name"), ({"preferred_name": 1, "phone": 1}, "preferred_name")):
        with pytest.raises(Refused) as error:
            map_columns(work, cora, first, wrong)
        assert error.value.field == field
    map_columns(work, cora, first, odd)
    second = save_upload(work, cora, SaveUpload(ImportKind.PARTICIPANTS, "b.csv", HEADER, people(1)))
    assert upload(make, second).mapping == odd
    foreign = make.actor(cast.accounts.outsider_coordinator)
    third = save_upload(work, foreign, SaveUpload(ImportKind.PARTICIPANTS, "c.csv", HEADER, people(1)))
    assert upload(make, third).mapping == MAPPING
    discard_upload(work, cora, second)
    assert make.all(select(Upload).where(Upload.public_id == second)) == []


def test_who_may(work: Work, cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    key = save_upload(work, cora, SaveUpload(ImportKind.PARTICIPANTS, "a.csv", HEADER, [["", "x", "", ""]]))
    for account in (cast.accounts.admin, cast.accounts.therapist, cast.accounts.noa):
        with pytest.raises(Forbidden):
            save_upload(work, make.actor(account), SaveUpload(ImportKind.PARTICIPANTS, "a.csv", HEADER, people(1)))
        with pytest.raises(Forbidden):
            upload_page(reads, make.actor(account), key)
    with pytest.raises(NotFound):
        map_columns(work, make.actor(cast.accounts.outsider_coordinator), key, MAPPING)
    with pytest.raises(NotFound):
        start_upload(work, cora, key)
    map_columns(work, cora, key, MAPPING)
    with pytest.raises(Refused, match="No row"):
        start_upload(work, cora, key)


def test_a_file_nobody_brought_in_is_forgotten(work: Work, cora: Actor, make: Make) -> None:
    waits = save_upload(work, cora, SaveUpload(ImportKind.PARTICIPANTS, "a.csv", HEADER, people(1)))
    done = brought_in(work, cora, people(2))
    run_upload(work, upload(make, done).id)
    make.clock.now += timedelta(days=13)
    clean_up(work)
    assert len(make.all(select(Upload))) == 2
    make.clock.now += timedelta(days=2)
    clean_up(work)
    assert [row.public_id for row in make.all(select(Upload))] == [done]
    assert waits != done
