"""Nothing starts while something on the program's list is missing; entries are written, corrected, taken out."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.checklists import MOST_ITEMS, FileKind
from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.placements import Move, PlacementKind, PlacementState
from placement.models.checklists.checklist import CheckEntry, CheckFile, CheckItem
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.queries.checklists.page import checklist, items, paper_of
from placement.usecases.checklists.entries import EntryValues, PaperFile, remove_entry, write_entry
from placement.usecases.checklists.items import add_item, archive_item, take_usual_items
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.checklists.rows import check_row, item_row


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def accepted(make: Make, cast: Cast, kind: PlacementKind = PlacementKind.INTERNSHIP) -> Placement:
    opening = make.opening(make.site(cast.a.employer, "North"))
    return make.placement(cast.lee, opening, PlacementState.ACCEPTED, kind=kind, first_day=make.today)


def start(work: Work, cora: Actor, placement: Placement) -> None:
    move_placement(work, cora, MovePlacement(placement.public_id, 1, Move.START))


def state(make: Make, placement: Placement) -> PlacementState:
    found: PlacementState = make.one(select(Placement).where(Placement.id == placement.id)).state
    return found


def test_a_start_waits_for_the_list(work: Work, cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    placement = accepted(make, cast)
    briefing = item_row(make, cast.a.program.id)
    insurance = item_row(make, cast.a.program.id, "Insurance")
    item_row(make, cast.a.program.id, "Result", kinds=[PlacementKind.GRADED_LOAD.value])
    item_row(make, cast.b.program.id, "Elsewhere")
    found = checklist(reads, cora, placement.public_id, make.today)
    assert [(line.name["en"], line.missing) for line in found.lines] == [("Safety briefing", True), ("Insurance", True)]
    with pytest.raises(Refused) as error:
        start(work, cora, placement)
    assert error.value.reason.params["n"] == 1
    write_entry(work, cora, placement.public_id, briefing.public_id, 0, EntryValues(make.today, "Ms. Kern"))
    over = EntryValues(make.day(-9), expires_on=make.day(-1))
    write_entry(work, cora, placement.public_id, insurance.public_id, 0, over)
    with pytest.raises(Refused) as error:
        start(work, cora, placement)
    assert error.value.reason.params["item"] == {"en": "Insurance", "de": "Insurance"}
    write_entry(work, cora, placement.public_id, insurance.public_id, 1, EntryValues(make.day(-9)))
    assert checklist(reads, cora, placement.public_id, make.today).open == 0
    start(work, cora, placement)
    assert state(make, placement) is PlacementState.ACTIVE


def test_a_program_without_a_list_starts_as_before(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    placement = accepted(make, cast)
    item = item_row(make, cast.a.program.id)
    archive_item(work, make.actor(cast.accounts.admin), item.public_id)
    start(work, cora, placement)
    assert state(make, placement) is PlacementState.ACTIVE


def test_entries_and_their_papers(work: Work, cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    placement, item = accepted(make, cast), item_row(make, cast.a.program.id)
    paper = PaperFile("briefing.pdf", FileKind.PDF, "0" * 64, b"%PDF-")
    key = write_entry(work, cora, placement.public_id, item.public_id, 0, EntryValues(make.today, paper=paper))
    found = paper_of(reads, cora, key, work.cipher)
    assert (found.name, found.kind, found.content) == ("briefing.pdf", FileKind.PDF, b"%PDF-")
    with pytest.raises(Stale):
        write_entry(work, cora, placement.public_id, item.public_id, 0, EntryValues(make.today))
    write_entry(work, cora, placement.public_id, item.public_id, 1, EntryValues(make.today, note="Signed twice"))
    assert len(make.all(select(CheckFile))) == 1
    write_entry(work, cora, placement.public_id, item.public_id, 2, EntryValues(make.today, no_paper=True))
    assert make.all(select(CheckFile)) == []
    with pytest.raises(NotFound):
        paper_of(reads, cora, key, work.cipher)
    for wrong, field in (
        (EntryValues(make.day(1)), "done_on"),
        (EntryValues(make.today, expires_on=make.day(-1)), "expires_on"),
        (EntryValues(make.today, done_by="x" * 121), "done_by"),
        (EntryValues(make.today, note="x" * 501), "note"),
    ):
        with pytest.raises(Refused) as error:
            write_entry(work, cora, placement.public_id, item.public_id, 3, wrong)
        assert error.value.field == field
    remove_entry(work, cora, key)
    assert checklist(reads, cora, placement.public_id, make.today).open == 1
    new = write_entry(work, cora, placement.public_id, item.public_id, 0, EntryValues(make.today))
    with pytest.raises(Refused, match="new entry"):
        remove_entry(work, cora, key, removed=False)
    remove_entry(work, cora, new)
    remove_entry(work, cora, key, removed=False)
    assert [row.public_id for row in make.all(select(CheckEntry).where(CheckEntry.archived_at.is_(None)))] == [key]


def test_who_may(work: Work, cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    item = item_row(make, cast.a.program.id)
    entry = check_row(make, cast.a.placement, item)
    place = cast.a.placement.public_id
    for account in (cast.accounts.therapist, cast.accounts.coach, cast.accounts.noa):
        actor = make.actor(account)
        assert checklist(reads, actor, place, make.today).lines
        with pytest.raises(Forbidden):
            write_entry(work, actor, place, item.public_id, 1, EntryValues(make.today))
        with pytest.raises(Forbidden):
            remove_entry(work, actor, entry.public_id)
    for account in (cast.accounts.kim, cast.accounts.outsider_coordinator, cast.accounts.supervisor):
        actor = make.actor(account)
        with pytest.raises(NotFound):
            checklist(reads, actor, place, make.today)
        with pytest.raises(NotFound):
            remove_entry(work, actor, entry.public_id)
    foreign = item_row(make, cast.b.program.id)
    with pytest.raises(NotFound):
        write_entry(work, cora, place, foreign.public_id, 0, EntryValues(make.today))


def test_the_list_is_the_admins(work: Work, cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    ada = make.actor(cast.accounts.admin)
    with pytest.raises(Forbidden):
        take_usual_items(work, cora)
    assert take_usual_items(work, ada) == len(items(reads, ada)) > 5
    with pytest.raises(Refused, match="not empty"):
        take_usual_items(work, ada)
    key = add_item(work, ada, {"en": "Keys", "de": "Schlüssel"}, [PlacementKind.GRADED_LOAD])
    assert make.one(select(CheckItem).where(CheckItem.public_id == key)).kinds == ["graded_load"]
    for wrong, field in (({"de": "x"}, "name_en"), ({"en": "x" * 121}, "name_en")):
        with pytest.raises(Refused) as error:
            add_item(work, ada, wrong)
        assert error.value.field == field
    archive_item(work, ada, key)
    archive_item(work, ada, key, archived=False)
    with pytest.raises(NotFound):
        archive_item(work, ada, item_row(make, cast.b.program.id).public_id)
    for number in range(MOST_ITEMS):
        item_row(make, cast.a.program.id, f"No {number}")
    with pytest.raises(Refused, match="full"):
        add_item(work, ada, {"en": "One more"})
