"""The log of the first participant who signs in, a little of it shared; and a concern of a coach."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.cli.demo.log_words import CONCERN, DAYS, EXPECTED, TEXTS, THOUGHTS
from placement.domain.diary import Body, DayBody
from placement.domain.shares import ShareKind
from placement.domain.story import Intern
from placement.queries.diary.entries import own_shifts
from placement.usecases.diary.shares import ShareEntry, ShareKindOf, share_entry, share_kind
from placement.usecases.diary.write import WriteEntry, write_entry
from placement.usecases.notices.concern import WriteConcern, write_concern


def write_logs(desk: Desk) -> None:
    """A month of days with gaps, a thought record and an expectation, read in part by a therapist."""
    for intern in [row for row in desk.story.interns if row.account][:1]:
        _log(desk, intern)
        _concern(desk, intern)


def _log(desk: Desk, intern: Intern) -> None:
    own, today, locale = desk.actor(intern.account or ""), desk.work.clock().date(), desk.story.locale
    texts = TEXTS[locale]
    for nth, felt in enumerate(reversed(DAYS)):
        day = today - timedelta(days=1 + nth)
        if felt is not None and day >= desk.story.began.date():
            _write(desk, intern, DayBody(*felt, texts.get(nth, "")), day)
    thought = _write(desk, intern, THOUGHTS[locale], today - timedelta(days=4))
    yesterday = desk.on(today - timedelta(days=1), hour=18)
    shifts = [one for one in own_shifts(desk.reads, own, yesterday.clock()) if one.day < today]
    if shifts:
        command = WriteEntry(EXPECTED[locale], shifts[0].day, _key("expected", intern, today), shifts[0].public_id)
        write_entry(yesterday, own, command)
    reader = next((staff for staff, away in intern.assigned if staff.startswith("therapist") and not away), None)
    if reader is not None:
        account = desk.accounts[reader]
        share_entry(yesterday, own, ShareEntry(thought, account, today + timedelta(days=3)))
        share_kind(yesterday, own, ShareKindOf(ShareKind.MOOD_CHART, account, True, today + timedelta(days=3)))


def _write(desk: Desk, intern: Intern, body: Body, day: date) -> str:
    command = WriteEntry(body, day, _key(type(body).__name__, intern, day))
    return write_entry(desk.on(day, hour=18), desk.actor(intern.account or ""), command)


def _concern(desk: Desk, intern: Intern) -> None:
    """One who looks after them is worried; the coordinator takes care of it."""
    today = desk.work.clock().date()
    writer = next((staff for staff, away in intern.assigned if staff.startswith("coach") and not away), None)
    if writer is not None:
        command = WriteConcern(
            desk.interns[intern.key], desk.accounts["coordinator1"], today + timedelta(days=1),
            CONCERN[desk.story.locale], _key("concern", intern, today),
        )  # fmt: skip
        write_concern(desk.on(today - timedelta(days=1)), desk.actor(writer), command)


def _key(what: str, intern: Intern, day: date) -> str:
    return str(uuid5(NAMESPACE_URL, f"{what}:{intern.key}:{day}"))
