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
#: What a participant writes about the place, by locale.
_TOLD = {"en": "Nice people, and the music was loud.", "de": "Nette Leute, aber die Musik war laut."}
#: What those who took care of it note: after a missed shift, after the shop's words, after an illness.
_DONE = {
    "en": ("Is well. Had mixed up the days.", "Called the shop.", "Called, wished them well."),
    "de": (
        "Alles in Ordnung. Hatte die Tage verwechselt.",
        "Im Betrieb angerufen.",
        "Angerufen, gute Besserung gewünscht.",
    ),
}
#: An accident: what happened, the injury, first aid, who saw it.
_CUT = {
    "en": (
        "Cut a finger while opening a box.", "A small cut at the left hand.",
        "Cleaned, plaster, entered in the first aid book.", "The supervisor",
    ),
    "de": (
        "Beim Öffnen eines Kartons in den Finger geschnitten.", "Ein kleiner Schnitt an der linken Hand.",
        "Gereinigt, Pflaster, ins Verbandbuch eingetragen.", "Die Anleitung im Betrieb",
    ),
}  # fmt: skip


def write_notices(desk: Desk) -> None:
    """What shifts brought is taken care of but for the last days; the first participants who sign in tell something."""
    _catch_up(desk)
    people = [row for row in desk.story.interns if row.account]
    for number, intern in enumerate(people[:3]):
        if number == 0:
            _how_it_was(desk, intern, _TOLD[desk.story.locale], 4)
            _accident(desk, intern)
        elif number == 1:
            _was_ill(desk, intern)
        else:
            _how_it_was(desk, intern, "", 3)


def _catch_up(desk: Desk) -> None:
    """The coordinator called, or did what the shop asked for, the morning after."""
    cora, now = desk.actor("coordinator1"), desk.work.clock()
    well, called, _ = _DONE[desk.story.locale]
    for row in [row for row in _open(desk, cora) if row.at < now - STILL_OPEN]:
        after = desk.on((row.at + timedelta(days=1)).date())
        if row.kind in CALLS:
            note_call(after, cora, NoteCall(row.public_id, row.version, Found.WELL, well))
        elif row.kind is NoticeKind.FOR_COORDINATOR:
            close_notice(after, cora, CloseNotice(row.public_id, row.version, called))


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
        close_notice(desk.on(day), cora, CloseNotice(row.public_id, row.version, _DONE[desk.story.locale][2]))


def _accident(desk: Desk, intern: Intern) -> None:
    """A cut, three weeks ago: reported the next day, then closed."""
    cora, day = desk.actor("coordinator1"), desk.work.clock().date() - timedelta(weeks=3)
    values = _cut(desk.story.locale, cora, datetime.combine(day, time(10, 40), ZoneInfo(cora.zone)))
    made = add_incident(desk.on(day, 12), cora, AddIncident(desk.interns[intern.key], _key("accident", intern), values))
    later = desk.on(day + timedelta(days=1))
    row = one_incident(desk.reads, cora, made)
    reported = IncidentValues(
        values.happened_at, values.what, values.injury, values.first_aid, values.witness, values.told,
        reported_on=day + timedelta(days=1),
    )  # fmt: skip
    edit_incident(later, cora, EditIncident(made, row.version, reported))
    close_incident(later, cora, made)


def _cut(locale: str, cora: Actor, at: datetime) -> IncidentValues:
    what, injury, first_aid, witness = _CUT[locale]
    return IncidentValues(at, what, injury=injury, first_aid=first_aid, witness=witness, told=cora.name)


def _key(what: str, intern: Intern) -> str:
    return str(uuid5(NAMESPACE_URL, f"{what}:{intern.key}"))
