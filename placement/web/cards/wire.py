"""The card as JSON, and entries as they come from a phone's queue. Nothing but what the phone may keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _

from placement.catalog.read import scale
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason
from placement.queries.cards.card import Card, CardShift
from placement.queries.cards.stored import StoredEntry
from placement.queries.cards.tasks import CardTask
from placement.usecases.cards.give import GiveFeedback
from placement.usecases.effects.feedback import Given, Unlisted
from placement.usecases.effects.observations import Answer
from placement.web.answers import NOT_TODAY, SHOWN, reasons
from placement.web.words import wording

#: More answers than a form has questions.
MOST_ANSWERS = 60
_TEXTS = ("went_well", "try_next", "note")


class Malformed(Exception):
    """Not an entry: nothing of it could be kept."""


def card_json(card: Card) -> dict[str, Any]:
    """First name, times, tasks, limits and whom to call for the next seven days; what was sent only by its state."""
    offered = [task for task in card.tasks if task.offered]
    sentences = {level.rank: level.sentence for level in scale().levels}
    return {
        "person": card.person,
        "until": _instant(card.until),
        "call": [{"name": line.name or _("the program"), "phone": line.phone} for line in card.call],
        "lines": card.lines,
        "levels": [
            {"id": one.public_id, "name": wording(one.name), "sentence": wording(sentences.get(one.rank, {}))}
            for one in card.levels
        ],
        "reasons": [{"id": value, "name": text} for value, text in reasons()],
        "shifts": [_shift(shift, offered) for shift in card.shifts],
        "more_tasks": [_task(task) for task in offered[SHOWN:]],
    }


def entry_of(data: Any) -> tuple[GiveFeedback, dict[str, Any]]:
    """The command an entry asks for, and the entry as it is kept if it has to wait. Raises Malformed."""
    if not isinstance(data, dict):
        raise Malformed
    texts = {name: _text(data, name) for name in _TEXTS}
    answers, unlisted = _list(data, "answers", MOST_ANSWERS), _list(data, "unlisted", MOST_ANSWERS)
    body: dict[str, Any] = {
        "shift": _text(data, "shift", 40),
        "attendance": _attendance(data.get("attendance")),
        "answers": [_answer(one) for one in answers],
        "unlisted": [{"name": _text(one, "name"), "level": _text(one, "level", 40)} for one in unlisted],
        **texts,
        "seen": data["seen"] if _is_version(data.get("seen")) else None,
        "began_at": _instant(_began(data)),
        "by": _text(data, "by", 40),
    }
    key = _text(data, "key", 40)
    if len(key) < 8:
        raise Malformed
    return GiveFeedback(body["shift"], key, given_of(body), _began(data), body["by"]), body


def given_of(body: Mapping[str, Any]) -> Given:
    """What an entry as kept says."""
    return Given(
        attendance=Attendance(body["attendance"]) if body["attendance"] else None,
        answers=tuple(
            Answer(one["task"], one.get("level"), NotTodayReason(one["not_today"]) if "not_today" in one else None)
            for one in body["answers"]
        ),
        went_well=body["went_well"],
        try_next=body["try_next"],
        note=body["note"],
        unlisted=tuple(Unlisted(one["name"], one["level"]) for one in body["unlisted"] if one["name"].strip()),
        seen=body["seen"],
    )


def conflict_json(body: Mapping[str, Any], stored: StoredEntry | None) -> dict[str, Any]:
    """What the phone has and what is stored, in the same shape, for somebody to choose."""
    return {"mine": dict(body), "stored": None if stored is None else stored.as_entry()}


def _shift(shift: CardShift, offered: list[CardTask]) -> dict[str, Any]:
    return {
        "id": shift.public_id,
        "day": shift.day.isoformat(),
        "start": f"{shift.start:%H:%M}",
        "end": f"{shift.end:%H:%M}",
        "state": shift.state.value,
        "begun": shift.begun,
        "seen": shift.sent.version if shift.sent else 0,
        "tasks": [_task(task) for task in offered[:SHOWN]],
    }


def _task(task: CardTask) -> dict[str, str]:
    return {"id": task.public_id, "name": wording(task.name), "sentence": wording(task.sentence)}


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def _text(data: Any, name: str, longest: int | None = None) -> str:
    value = data.get(name) if isinstance(data, dict) else None
    if value is None:
        return ""
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        raise Malformed
    return value


def _list(data: Mapping[str, Any], name: str, most: int) -> list[Any]:
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > most:
        raise Malformed
    return value


def _attendance(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or value not in set(Attendance):
        raise Malformed
    return value


def _answer(data: Any) -> dict[str, str]:
    """One of a level and a reason; "not_today" may say no more than that."""
    task, level = _text(data, "task", 40), _text(data, "level", 40)
    if not isinstance(data, dict):
        raise Malformed
    reason = data.get("not_today")
    if level and level != NOT_TODAY and reason is None:
        return {"task": task, "level": level}
    if level not in ("", NOT_TODAY) or not (reason or level):
        raise Malformed
    known = isinstance(reason, str) and reason in set(NotTodayReason)
    return {"task": task, "not_today": str(reason) if known else NotTodayReason.UNSAID.value}


def _began(data: Mapping[str, Any]) -> datetime | None:
    text = _text(data, "began_at", 40)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and 2000 < at.year < 2200 else None


def _is_version(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
