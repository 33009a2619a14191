"""The card as JSON, and entries as they come from a phone's queue. Nothing but what the phone may keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _

from placement.catalog.read import help_lines, scale
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason
from placement.policy.device import Device
from placement.queries.cards.card import Card, CardShift
from placement.queries.cards.stored import StoredEntry
from placement.queries.cards.tasks import CardTask
from placement.usecases.cards.give import GiveFeedback
from placement.usecases.effects.colleagues import LONGEST_NAME, colleague_name
from placement.usecases.effects.feedback import Given, Unlisted
from placement.usecases.effects.observations import Answer
from placement.web.answers import NOT_TODAY, SHOWN, reasons
from placement.web.words import say, wording

#: More answers than a form has questions.
MOST_ANSWERS = 60
_TEXTS = ("went_well", "try_next", "note")


class Malformed(Exception):
    """Not an entry: nothing of it could be kept."""


def card_json(card: Card, device: Device) -> dict[str, Any]:
    """First name, times, tasks, limits and whom to call for the next seven days; what was sent only by its state.

    ``card``: which card it is, so that nothing of one is filled into another. ``help``: the country's numbers.
    """
    offered = [task for task in card.tasks if task.offered]
    sentences = {level.rank: level.sentence for level in scale().levels}
    return {
        "card": device.card,
        "person": card.person,
        "until": _instant(card.until),
        "call": [{"name": line.name or _("the program"), "phone": line.phone} for line in card.call],
        "help": [{"name": wording(line.name), "phone": line.number} for line in help_lines(device.country)],
        "lines": [*(say(line) for line in card.limits), *card.lines],
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
    texts = {name: text_of(data, name) for name in _TEXTS}
    answers, unlisted = _list(data, "answers", MOST_ANSWERS), _list(data, "unlisted", MOST_ANSWERS)
    body: dict[str, Any] = {
        "shift": text_of(data, "shift", 40),
        "attendance": _attendance(data.get("attendance")),
        "answers": [_answer(one) for one in answers],
        "unlisted": [{"name": text_of(one, "name"), "level": text_of(one, "level", 40)} for one in unlisted],
        **texts,
        "seen": data["seen"] if _is_version(data.get("seen")) else None,
        "began_at": _instant(began(data)),
        "by": text_of(data, "by", 40),
    }
    named = colleague_name(text_of(data, "by_name", LONGEST_NAME))
    if named:
        body["by_name"] = named
    return GiveFeedback(body["shift"], key_of(data), given_of(body), began(data), body["by"], named), body


def key_of(data: Mapping[str, Any]) -> str:
    """The phone's UUID for this entry. Raises Malformed."""
    key = text_of(data, "key", 40)
    if len(key) < 8:
        raise Malformed
    return key


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


def text_of(data: Any, name: str, longest: int | None = None) -> str:
    """A text of an entry, "" for none. Raises Malformed."""
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
    task, level = text_of(data, "task", 40), text_of(data, "level", 40)
    if not isinstance(data, dict):
        raise Malformed
    reason = data.get("not_today")
    if level and level != NOT_TODAY and reason is None:
        return {"task": task, "level": level}
    if level not in ("", NOT_TODAY) or not (reason or level):
        raise Malformed
    known = isinstance(reason, str) and reason in set(NotTodayReason)
    return {"task": task, "not_today": str(reason) if known else NotTodayReason.UNSAID.value}


def began(data: Mapping[str, Any]) -> datetime | None:
    """When it was begun, as the phone says; None for nothing that can be a time. Raises Malformed."""
    text = text_of(data, "began_at", 40)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and 2000 < at.year < 2200 else None


def _is_version(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
