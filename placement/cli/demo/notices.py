"""A few things that wait for somebody's care, some that were taken care of, and one closed accident."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from placement.cli.demo.desk import Desk
from placement.domain.notices import NoticeKind
from placement.domain.story import Intern
from placement.policy.actor import Actor
from placement.queries.notices.incidents import one_incident
from placement.queries.notices.listing import NoticeFilter, notices_page
from placement.queries.notices.sent import listeners
from placement.usecases.notices.close import CloseNotice, close_notice
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


def write_notices(desk: Desk) -> None:
    """Told by the first participants who sign in; who else has an account is ill since yesterday."""
    people = [row for row in desk.story.interns if row.account]
    for number, intern in enumerate(people[:3]):
        if number == 0:
            _how_it_was(desk, intern, "Nice people, and the music was loud.", 4)
            _accident(desk, intern)
        elif number == 1:
            _was_ill(desk, intern)
        else:
            _how_it_was(desk, intern, "", 3)


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
