"""A few things that wait for somebody's care, some that were taken care of, and one closed accident."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from placement.cli.demo.desk import Desk
from placement.domain.notices import CALLS, Found, NoticeKind
from placement.domain.story import Intern
from placement.policy.actor import Actor
from placement.queries.notices.incidents import one_incident
from placement.queries.notices.listing import NoticeFilter, NoticeRow, notices_page
from placement.queries.notices.sent import listeners
from placement.usecases.notices.close import CloseNotice, NoteCall, close_notice, note_call
from placement.usecases.notices.ill import TellIll, tell_ill
from placement.usecases.notices.incidents import (
    AddIncident,
    EditIncident,
    IncidentValues,
    add_incident,
    close_incident,
    edit_incident,
)
from placement.usecases.notices.tell import Tell, tell

#: What is older has been taken care of.
STILL_OPEN = timedelta(days=3)


def write_notices(desk: Desk) -> None:
    """What shifts brought is taken care of but for the last days; the first participants who sign in tell something."""
    _catch_up(desk)
    people = [row for row in desk.story.interns if row.account]
    for number, intern in enumerate(people[:3]):
        if number == 0:
            _how_it_was(desk, intern, "Nice people, and the music was loud.", 4)
            _accident(desk, intern)
        elif number == 1:
            _was_ill(desk, intern)
        else:
            _how_it_was(desk, intern, "", 3)


def _catch_up(desk: Desk) -> None:
    """The coordinator called, or did what the shop asked for, the morning after."""
    cora, now = desk.actor("coordinator1"), desk.work.clock()
    for row in [row for row in _open(desk, cora) if row.at < now - STILL_OPEN]:
        after = desk.on((row.at + timedelta(days=1)).date())
        if row.kind in CALLS:
            note_call(after, cora, NoteCall(row.public_id, row.version, Found.WELL, "Is well. Had mixed up the days."))
        elif row.kind is NoticeKind.FOR_COORDINATOR:
            close_notice(after, cora, CloseNotice(row.public_id, row.version, "Called the shop."))


def _open(desk: Desk, cora: Actor) -> list[NoticeRow]:
    """Everything that is open for the coordinator."""
    rows: list[NoticeRow] = []
    cursor: str | None = None
    while True:
        page = notices_page(desk.reads, cora, NoticeFilter(), cursor)
        rows += page.rows
        cursor = page.next
        if cursor is None:
            return rows


def _how_it_was(desk: Desk, intern: Intern, words: str, feeling: int) -> None:
    """Yesterday, to the first person they can choose."""
    actor, day = desk.actor(intern.account or ""), desk.work.clock().date() - timedelta(days=1)
    found = listeners(desk.reads, actor, day)
    if found:
        key = _key("told", intern)
        tell(desk.on(day, 16), actor, Tell(NoticeKind.HOW_IT_WAS, found[0].public_id, key, words, feeling))


def _was_ill(desk: Desk, intern: Intern) -> None:
    """A day, two weeks ago; the coordinator wished them well."""
    actor, cora = desk.actor(intern.account or ""), desk.actor("coordinator1")
    day = desk.work.clock().date() - timedelta(weeks=2)
    tell_ill(desk.on(day, 6), actor, TellIll())
    page = notices_page(desk.reads, cora, NoticeFilter(kind=NoticeKind.ILL))
    for row in page.rows:
        close_notice(desk.on(day), cora, CloseNotice(row.public_id, row.version, "Called, wished them well."))


def _accident(desk: Desk, intern: Intern) -> None:
    """A cut, three weeks ago: reported the next day, then closed."""
    cora, day = desk.actor("coordinator1"), desk.work.clock().date() - timedelta(weeks=3)
    values = _cut(cora, datetime.combine(day, time(10, 40), ZoneInfo(cora.zone)))
    made = add_incident(desk.on(day, 12), cora, AddIncident(desk.interns[intern.key], _key("accident", intern), values))
    later = desk.on(day + timedelta(days=1))
    row = one_incident(desk.reads, cora, made)
    reported = IncidentValues(
        values.happened_at, values.what, values.injury, values.first_aid, values.witness, values.told,
        reported_on=day + timedelta(days=1),
    )  # fmt: skip
    edit_incident(later, cora, EditIncident(made, row.version, reported))
    close_incident(later, cora, made)


def _cut(cora: Actor, at: datetime) -> IncidentValues:
    return IncidentValues(
        at,
        "Cut a finger while opening a box.",
        injury="A small cut at the left hand.",
        first_aid="Cleaned, plaster, entered in the first aid book.",
        witness="The supervisor",
        told=cora.name,
    )


def _key(what: str, intern: Intern) -> str:
    return str(uuid5(NAMESPACE_URL, f"{what}:{intern.key}"))
