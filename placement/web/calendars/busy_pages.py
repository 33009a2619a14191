"""A calendar file as times when somebody can't: look at it, take it over, delete it again."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from placement.adapters.busy_times import LARGEST, NotACalendar, TooMuch, read_busy
from placement.domain.absences import CALENDAR_AHEAD, MOST_BUSY, pack_times
from placement.domain.clashes import Stretch
from placement.domain.errors import Refused
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.queries.calendars.busy import shifts_meeting, taken_over
from placement.queries.participants.editing import Head, head
from placement.usecases.calendars.busy import TakeOver, delete_calendar, take_over
from placement.web import gate
from placement.web.calendars.blueprint import calendars
from placement.web.calendars.forms import CalendarForm
from placement.web.current import actor, now, reads, work
from placement.web.gate import requires

#: So many times are listed before they are taken over; the page counts the rest.
MOST_LISTED = 60


@calendars.route("/me/busy", methods=["GET", "POST"])
@requires(Permission.BUSY_IMPORT)
def my_busy() -> ResponseReturnValue:
    return _busy(head(reads(), actor(), None, Permission.BUSY_IMPORT))


@calendars.route("/participants/<public_id>/busy", methods=["GET", "POST"])
@requires(Permission.BUSY_IMPORT)
def busy(public_id: str) -> ResponseReturnValue:
    return _busy(head(reads(), actor(), public_id, Permission.BUSY_IMPORT))


@calendars.post("/participants/<public_id>/busy/take-over")
@requires(Permission.BUSY_IMPORT)
def take(public_id: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.BUSY_IMPORT)
    try:
        count = take_over(work(), actor(), TakeOver(public_id, request.form.get("times", "")))
    except Refused as error:
        form = CalendarForm(formdata=None)
        form.refuse(error)
        return _page(person, form), 422
    flash(ngettext("%(num)s time is taken over.", "%(num)s times are taken over.", count))
    return redirect(_own_address(person), 303)


@calendars.post("/busy/<public_id>/delete")
@requires(Permission.BUSY_IMPORT)
def remove(public_id: str) -> ResponseReturnValue:
    person = delete_calendar(work(), actor(), public_id)
    flash(_("The calendar’s times are deleted."))
    return redirect(_own_address(head(reads(), actor(), person, Permission.BUSY_IMPORT)), 303)


def _busy(person: Head) -> ResponseReturnValue:
    gate.record(person.id)
    form = CalendarForm()
    if form.validate_on_submit():
        try:
            return _preview(person, _read(form))
        except Refused as error:
            form.refuse(error)
    return _page(person, form), 422 if form.errors else 200


def _page(person: Head, form: CalendarForm) -> str:
    rows = taken_over(reads(), actor(), person.id)
    return render_template("calendars/busy.html", person=person, form=form, rows=rows)


def _preview(person: Head, times: list[Stretch]) -> str:
    meeting = shifts_meeting(reads(), actor(), person.id, now(), times)
    return render_template(
        "calendars/preview.html",
        person=person, times=times[:MOST_LISTED], count=len(times), more=max(len(times) - MOST_LISTED, 0),
        packed=pack_times(times), meeting=meeting, until=now() + CALENDAR_AHEAD, back=_own_address(person),
    )  # fmt: skip


def _read(form: CalendarForm) -> list[Stretch]:
    """The busy times of the file from now on. Raises Refused at the field."""
    source = form.file.data.stream.read(LARGEST + 1)
    try:
        times = read_busy(source, actor().zone, now(), now() + CALENDAR_AHEAD)
    except NotACalendar:
        raise Refused(
            say("This is not a calendar file that can be read here. Its name ends in .ics."), "file"
        ) from None
    except TooMuch:
        raise Refused(
            say("There is too much in this file: it is large, or something repeats very often. Export a shorter time."),
            "file",
        ) from None
    if not times:
        raise Refused(say("There is nothing to take over in the next six months."), "file")
    if len(times) > MOST_BUSY:
        raise Refused(say("These are more times than can be kept. Export a shorter time."), "file")
    return times


def _own_address(person: Head) -> str:
    return url_for("calendars.my_busy") if person.own else url_for("calendars.busy", public_id=person.public_id)
