"""What needs somebody's care, said on the day page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from flask import url_for

from placement.domain.notices import CALLS, TO_ONE, NoticeKind, notice_words, title_of
from placement.domain.words import say, say_n
from placement.queries.day.coming import Paper
from placement.queries.day.waiting import DueIncident, Missing, OpenNotice
from placement.web.day.thing import Thing, some
from placement.web.links import link_if

#: What somebody said, and what can wait: the first kind before everything else on the page, the second after it.
URGENT = CALLS | TO_ONE | {NoticeKind.HURT_ME, NoticeKind.ILL}


def first(notices: Sequence[OpenNotice], incidents: Sequence[DueIncident], today: date) -> list[Thing]:
    """Reports to an insurer that fall due, then what people said in need."""
    urgent = [row for row in notices if row.kind in URGENT]
    return [*some(incidents, partial(_incident, today)), *some(urgent, notice)]


def then(notices: Iterable[OpenNotice], missing: Sequence[Missing]) -> list[Thing]:
    """Who was repeatedly not there, and what else waits, one line for each kind of several."""
    things = some(missing, _missing)
    by_kind: dict[NoticeKind, list[OpenNotice]] = {}
    for row in notices:
        if row.kind not in URGENT:
            by_kind.setdefault(row.kind, []).append(row)
    for kind, rows in by_kind.items():
        things += [notice(rows[0])] if len(rows) == 1 else [_several(kind, rows)]
    return things


def notice(row: OpenNotice) -> Thing:
    """One notice, on its own."""
    text = say("Only you read this") if row.told else say("Call, and write down how they are")
    if not row.told and row.kind not in CALLS:
        text = say("Look, and say what was done")
    href = url_for("notices.told" if row.told else "notices.show", public_id=row.public_id)
    kind = "todo" if row.kind in URGENT else None
    return Thing(notice_words(row.kind), kind, title_of(row.kind, row.name), text, say("Look"), href)


def paper(today: date, row: Paper) -> Thing:
    """A questionnaire the reader was named for; overdue once the day they named has passed."""
    late = row.read_by < today
    text = say("To be read by %(day)s", day=row.read_by)
    if late:
        text = say("It should have been read by %(day)s", day=row.read_by)
    title = say("A questionnaire of %(name)s", name=row.name)
    href = url_for("questionnaires.handout", public_id=row.handout)
    return Thing(say("to read"), "todo" if late else None, title, text, say("Read"), href)


def _several(kind: NoticeKind, rows: Sequence[OpenNotice]) -> Thing:
    title = say_n("%(n)s such note", "%(n)s such notes", len(rows))
    text = say("The newest is about %(name)s", name=rows[0].name)
    return Thing(notice_words(kind), None, title, text, say("Look"), url_for("notices.index", kind=kind.value))


def _incident(today: date, row: DueIncident) -> Thing:
    late = row.due_on < today
    text = (
        say("The insurer should have heard of it by %(day)s", day=row.due_on)
        if late
        else say("The insurer has to hear of it by %(day)s", day=row.due_on)
    )
    title = say("Accident of %(name)s", name=row.name)
    return Thing(
        say("accident"), "todo", title, text, say("Look"), link_if("notices.incident", public_id=row.public_id)
    )


def _missing(row: Missing) -> Thing:
    text = say_n("Not there at %(n)s of the last shifts", "Not there at %(n)s of the last shifts", row.times)
    href = url_for("contacts.index", public_id=row.participant)
    return Thing(say("how are they?"), "todo", row.name, text, say("Look"), href)
