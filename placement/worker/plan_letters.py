"""Letters about a plan that was changed: for the participant and for the shop, with the same lines."""

from __future__ import annotations

from placement.domain.letters import Letter, Link
from placement.domain.shift_changes import MOST_LINES, change_words
from placement.domain.words import Say, say, say_n
from placement.queries.mails.changed_shifts import ChangedShifts, changed_shifts
from placement.worker.desk import Desk


def shifts_changed(desk: Desk) -> Letter | None:
    """What is other than it was before the first change; nothing where it was put back, or is over."""
    found = changed_shifts(desk.db, desk.refs, desk.now)
    if found is None:
        return None
    if desk.reader.account_id is not None and desk.reader.account_id == found.account_id:
        return _for_participant(desk, found)
    return _for_shop(desk, found)


def _for_participant(desk: Desk, found: ChangedShifts) -> Letter:
    count = len(found.changes)
    return Letter(
        say_n("A shift of yours has changed", "%(n)s of your shifts have changed", count),
        say_n(
            "one of your shifts at %(shop)s has changed:", "%(n)s of your shifts at %(shop)s have changed:", count,
            shop=found.shop,
        ),
        lines=_lines(found),
        links=(Link(say("See my shifts"), desk.url("shifts.index")),),
        more=(say("Does this not suit you? Tell your program. You need not say why."),),
    )  # fmt: skip


def _for_shop(desk: Desk, found: ChangedShifts) -> Letter:
    count = len(found.changes)
    links = (Link(say("See the shifts"), desk.url("shifts.index")),) if desk.reader.account_id is not None else ()
    return Letter(
        say_n("A shift of %(name)s has changed", "%(n)s shifts of %(name)s have changed", count, name=found.name),
        say_n(
            "a shift of %(name)s at %(shop)s has changed:", "%(n)s shifts of %(name)s at %(shop)s have changed:", count,
            name=found.name, shop=found.shop,
        ),
        lines=_lines(found),
        links=links,
    )  # fmt: skip


def _lines(found: ChangedShifts) -> tuple[Say, ...]:
    lines = tuple(change_words(change) for change in found.changes[:MOST_LINES])
    more = len(found.changes) - len(lines)
    return (*lines, say_n("and %(n)s more", "and %(n)s more", more)) if more else lines
