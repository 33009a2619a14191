"""Each list as a sheet: the columns its page shows, for the same reader, with the same filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from placement.adapters.spreadsheet import Sheet, Value
from placement.domain.openings import opening_words
from placement.domain.participants import status_words
from placement.domain.placement_words import kind_words, state_words
from placement.domain.shifts import attendance_words
from placement.domain.words import Say, say
from placement.queries.employers.employers import employer_list
from placement.queries.employers.openings import opening_list
from placement.queries.pages import whole_list
from placement.queries.participants.listing import ParticipantRow, participants_page
from placement.queries.placements.listing import placement_list
from placement.queries.shifts.listing import list_shifts
from placement.web import words
from placement.web.current import actor, now, reads, today
from placement.web.list_filters import (
    employer_filter,
    opening_filter,
    participant_filter,
    placement_filter,
    shift_days,
    shift_filter,
)

#: More than this is no list any more that somebody works with; and one more is read to know that there are more.
MOST = 20_000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Listing:
    """``endpoint``: where the list is looked at; ``filters``: what its address may say."""

    title: Say
    endpoint: str
    filters: tuple[str, ...]
    sheet: Callable[[], Sheet]


def _participants() -> Sheet:
    wanted = participant_filter()
    rows = whole_list(lambda at: participants_page(reads(), actor(), wanted, today(), at, _AT_ONCE), MOST)
    columns = [_("Name"), _("Status"), _("Placements"), _("Looked after by")]
    return Sheet(_("People"), columns, [_person(row) for row in rows])


def _person(row: ParticipantRow) -> list[Value]:
    places = "; ".join(f"{one.role}, {one.employer}, {one.site} ({words.say(state_words(one.state))})"
                       for one in row.places)  # fmt: skip
    return [row.name, words.say(status_words(row.status)), places, "; ".join(name for name, _stands_in in row.staff)]


def _employers() -> Sheet:
    wanted = employer_filter()
    rows = whole_list(
        lambda at: employer_list(reads(), actor(), replace(wanted, cursor=at), today(), _AT_ONCE), MOST
    )  # fmt: skip
    columns = [_("Name"), _("Contact"), _("Phone"), _("Sites"), _("Open places")]
    return Sheet(
        _("Employers"), columns, [[row.name, row.contact_name, row.phone, row.sites, row.open_places] for row in rows]
    )


def _openings() -> Sheet:
    wanted = opening_filter()
    rows = whole_list(lambda at: opening_list(reads(), actor(), replace(wanted, cursor=at), today(), _AT_ONCE), MOST)
    columns = [_("Role"), _("Employer"), _("Site"), _("City"), _("State"), _("Places"), _("Places taken"),
               _("First day"), _("Last day")]  # fmt: skip
    lines: list[list[Value]] = [
        [row.role, row.employer, row.site, row.city, words.say(opening_words(row.state)), row.capacity, row.filled,
         _iso(row.first_day), _iso(row.last_day)]
        for row in rows
    ]  # fmt: skip
    return Sheet(_("Openings"), columns, lines)


def _placements() -> Sheet:
    wanted = placement_filter()
    rows = whole_list(lambda at: placement_list(reads(), actor(), replace(wanted, cursor=at), today(), _AT_ONCE), MOST)
    columns = [_("Person"), _("Role"), _("Employer"), _("Site"), _("Kind"), _("State"), _("First day"), _("Last day")]
    lines: list[list[Value]] = [
        [row.person, row.role, row.employer, row.site, words.say(kind_words(row.kind)),
         words.say(state_words(row.state)), _iso(row.first_day), _iso(row.last_day)]
        for row in rows
    ]  # fmt: skip
    return Sheet(_("Placements"), columns, lines)


def _shifts() -> Sheet:
    wanted, (_day, _span, first, last) = shift_filter(), shift_days(actor())
    rows = whole_list(
        lambda at: list_shifts(reads(), actor(), now(), first, last, replace(wanted, cursor=at), _AT_ONCE), MOST
    )  # fmt: skip
    columns = [_("Person"), _("Day"), _("From"), _("To"), _("Time zone"), _("Employer"), _("Site"), _("Attendance"),
               _("Hours"), _("Cancelled"), _("Feedback owed")]  # fmt: skip
    lines: list[list[Value]] = [
        [row.name, _iso(row.day), f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.zone, row.employer, row.site,
         words.say(attendance_words(row.attendance)), None if row.minutes is None else round(row.minutes / 60, 2),
         _yes(row.cancelled), _yes(row.owed)]
        for row in rows
    ]  # fmt: skip
    return Sheet(_("Shifts"), columns, lines)


def _iso(day: date | None) -> str:
    """As every program reads it, whatever its language."""
    return day.isoformat() if day else ""


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


LISTS = {
    "participants": Listing(
        say("People"), "participants.index", ("q", "status", "whose", "placed", "archived", "sort"), _participants
    ),
    "employers": Listing(say("Employers"), "employers.index", ("q", "show", "sort"), _employers),
    "openings": Listing(say("Openings"), "employers.openings", ("q", "show", "period", "employer", "sort"), _openings),
    "placements": Listing(say("Placements"), "placements.index", ("q", "show", "mine", "ending", "sort"), _placements),
    "shifts": Listing(say("Shifts"), "shifts.index", ("q", "day", "span", "only", "site"), _shifts),
}
