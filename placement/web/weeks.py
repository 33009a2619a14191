"""Between the week editor (``templates/components/week.html``) and a week's mask (``domain.week``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from flask_babel import gettext as _

from placement.domain.week import Span, from_spans, to_spans
from placement.web.words import weekday

#: The editor shows three times a day; more are read too, since a stored week may hold more.
MOST_SLOTS = 8
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")

Triple = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class WeekInput:
    """A posted week. ``mask`` is None if it is unknown or has errors: ask ``ok`` first.

    ``errors``: day (0 = Monday) → text, for ``week_editor(errors=…)``. ``problem``: what is wrong with the week as a
    whole. ``summary``: (element id, text) pairs for the error summary of the page.
    """

    mask: int | None
    errors: dict[int, str] = field(default_factory=dict)
    problem: str = ""
    prefix: str = "week"

    @property
    def ok(self) -> bool:
        return not self.errors and not self.problem

    @property
    def summary(self) -> list[tuple[str, str]]:
        days = [
            (f"{self.prefix}-{day}-0-from", _("%(day)s: %(problem)s", day=weekday(day), problem=text))
            for day, text in sorted(self.errors.items())
        ]
        return [*days, *([(f"{self.prefix}-0-0-from", self.problem)] if self.problem else [])]

    @staticmethod
    def read(form: Mapping[str, str], prefix: str = "week", *, required: bool = False) -> WeekInput:
        """Read ``<prefix>-<day>-<slot>-from`` and ``-to``, ``<prefix>-<day>-all`` and ``<prefix>-unknown``.

        ``required``: a week without any time is a problem, unless it is said to be unknown.
        """
        spans: list[Span] = []
        errors: dict[int, str] = {}
        for day in range(7):
            found, error = _read_day(form, prefix, day)
            spans += found
            if error:
                errors[day] = error
        unknown = bool(form.get(f"{prefix}-unknown"))
        problem = ""
        if unknown and (spans or errors):
            problem = _("Either enter times, or say that they are not known yet.")
        elif required and not unknown and not spans and not errors:
            problem = _("Enter at least one time.")
        bad = bool(errors or problem)
        return WeekInput(None if bad or unknown else from_spans(spans), errors, problem, prefix)


def week_triples(mask: int | None) -> list[Triple]:
    """The week as the components draw it: (day, start minute, end minute); 0 as an end is midnight."""
    spans = to_spans(mask or 0)
    return [(span.weekday, _minutes(span.start), _minutes(span.end)) for span in spans]


def slots_for(mask: int | None, least: int = 3) -> int:
    """How many times a day the editor needs, so that nothing stored is lost by saving."""
    days = [day for day, _start, _end in week_triples(mask)]
    return max([least, *(days.count(day) for day in days)])


def week_row(week: WeekInput, saved: int) -> dict[str, str]:
    """A weekly pattern as one line of the comparison of what two people wrote."""
    return {"label": _("Weekly times"), "yours": _week_words(week.mask or 0), "theirs": _week_words(saved)}


def _week_words(mask: int) -> str:
    clock = "{:02d}:{:02d}".format
    return "; ".join(
        f"{weekday(day, 'abbreviated')} {clock(start // 60, start % 60)}–{clock(end // 60 % 24, end % 60)}"
        for day, start, end in week_triples(mask)
    )


def _read_day(form: Mapping[str, str], prefix: str, day: int) -> tuple[list[Span], str]:
    """The day's times, and what is wrong with the first bad one."""
    if form.get(f"{prefix}-{day}-all"):
        return [Span(day, time(0), time(0))], ""
    spans: list[Span] = []
    for slot in range(MOST_SLOTS):
        texts = [(form.get(f"{prefix}-{day}-{slot}-{part}") or "").strip() for part in ("from", "to")]
        if not any(texts):
            continue
        start, end = (_read_clock(text) for text in texts)
        error = _problem(texts, start, end)
        if error or start is None or end is None:
            return spans, error
        spans.append(Span(day, start, end))
    return spans, ""


def _problem(texts: list[str], start: time | None, end: time | None) -> str:
    if not texts[0]:
        return _("Enter when it starts, too.")
    if not texts[1]:
        return _("Enter when it ends, too.")
    if start is None or end is None:
        return _("Write times like 9:30 or 17:00.")
    if start.minute % 15 or end.minute % 15:
        return _("Use quarter hours: minutes 00, 15, 30 or 45.")
    if start == end and start != time(0):
        return _("Start and end are the same.")
    return ""


def _read_clock(text: str) -> time | None:
    """A wall-clock time; 24:00 is midnight. None if it is none."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
