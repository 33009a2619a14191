"""One's own log by month, two taps a day, and the picture of both."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.diary import DayBody, EntryKind
from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.diary.course import own_course
from placement.queries.diary.entries import own_day_entry, own_month
from placement.queries.diary.shares import own_readers, shares_of
from placement.usecases.diary.tap import Tap, tap
from placement.web.current import actor, cipher, reads, today, work
from placement.web.diary import entry_pages, share_pages
from placement.web.diary.blueprint import diary
from placement.web.diary.closed import is_open, off_page
from placement.web.diary.course_charts import charts
from placement.web.diary.said import WORDS
from placement.web.forms import EARLIEST, LATEST, whole_number
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.words import say

__all__ = ["diary", "entry_pages", "share_pages"]


@diary.get("/diary")
@requires(Permission.DIARY_OWN)
def index() -> ResponseReturnValue:
    """A month of one's own entries."""
    day, on = _month(), is_open()
    found = own_month(reads(), actor(), cipher(), day, cursor())
    if not on and not found.page.rows and found.earlier is None:
        return off_page()
    record(actor().participant_id)
    month = f"{found.first:%Y-%m}"
    names = own_readers(reads(), actor(), today())
    parts = {"found": found, "on": on, "names": names, **neighbors(found.page, month=month)}
    return render_template("diary/index.html", **parts, **WORDS)


@diary.get("/diary/taps")
@requires(Permission.DIARY_OWN)
def taps() -> ResponseReturnValue:
    """First how one is, then the energy; each may be left out."""
    if not is_open():
        return off_page()
    record(actor().participant_id)
    there = own_day_entry(reads(), actor(), cipher(), today())
    body = there.body if there is not None else None
    asks = asked("ask", ("mood", "energy")) or "mood"
    parts = {"asks": asks, "body": body if isinstance(body, DayBody) else DayBody(), "there": there}
    parts["shares"] = shares_of(reads(), actor(), today(), EntryKind.DAY, today(), there.id if there else None)
    return render_template("diary/taps.html", **parts, **WORDS)


@diary.post("/diary/tap")
@requires(Permission.DIARY_OWN)
def tap_it() -> ResponseReturnValue:
    """One tap; a later one counts."""
    mood, energy = (whole_number(request.form.get(name, "")) for name in ("mood", "energy"))
    try:
        made = tap(work(), actor(), Tap(mood, energy))
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("diary.taps"), 303)
    if mood is not None:
        return redirect(url_for("diary.taps", ask="energy"), 303)
    flash(_("Saved."))
    return redirect(url_for("diary.show", public_id=made), 303)


@diary.get("/diary/chart")
@requires(Permission.DIARY_OWN)
def chart() -> ResponseReturnValue:
    """Mood and energy of the last three months."""
    record(actor().participant_id)
    found = charts(own_course(reads(), actor(), cipher(), today()))
    return render_template("diary/chart.html", charts=found)


def _month() -> date:
    """The month of the address, else this one."""
    try:
        day = date.fromisoformat(asked("month") + "-01")
    except ValueError:
        return today()
    return day if EARLIEST <= day < LATEST else today()
