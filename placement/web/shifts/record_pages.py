"""One shift: what is known, attendance, moving, cancelling."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.shifts import Attendance, PlannedTime
from placement.domain.words import Say
from placement.policy.permissions import Permission
from placement.queries.shifts.preview import ToPlan, to_plan
from placement.queries.shifts.record import ShiftRecord, shift_record
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.shifts.change import MoveShift, cancel_shift, move_shift, restore_shift
from placement.web.current import actor, now, reads, today, work
from placement.web.edits import conflict_page
from placement.web.forms import whole_number
from placement.web.gate import record, requires
from placement.web.lists import given
from placement.web.shifts.blueprint import shifts
from placement.web.shifts.forms import AttendanceForm, TimesForm, fold_of
from placement.web.shifts.looking import seen_of, to_look_at
from placement.web.undo import flash_undo
from placement.web.words import day


@shifts.get("/shifts/<public_id>")
@requires(Permission.SHIFT_SEE)
def show(public_id: str) -> ResponseReturnValue:
    found = _found(public_id)
    return render_template("shifts/show.html", shift=found, today=today(), begun=found.starts_at <= now())


@shifts.route("/shifts/<public_id>/attendance", methods=["GET", "POST"])
@requires(Permission.SHIFT_ATTENDANCE)
def attendance(public_id: str) -> ResponseReturnValue:
    found = _found(public_id, "may_attend")
    form = AttendanceForm(data=_attendance_values(found))
    if form.validate_on_submit():
        command = SetAttendance(
            public_id,
            form.seen_version,
            Attendance(form.attendance.data),
            form.actual_start.data,
            form.actual_end.data,
            fold_of(form.actual_start_fold),
            fold_of(form.actual_end_fold),
        )
        try:
            set_attendance(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=url_for("shifts.show", public_id=public_id), action=request.path)
        else:
            flash(_("Attendance is saved."))
            return redirect(url_for("shifts.show", public_id=public_id), 303)
    page = render_template("shifts/attendance.html", form=form, shift=found)
    return page, 422 if form.errors else 200


@shifts.route("/shifts/<public_id>/move", methods=["GET", "POST"])
@requires(Permission.SHIFT_PLAN)
def move(public_id: str) -> ResponseReturnValue:
    found = _found(public_id, "may_plan")
    form = TimesForm(data={"version": found.version, "day": found.day, "start": found.start, "end": found.end})
    plan = to_plan(reads(), actor(), found.placement)
    first: tuple[Say, ...] = ()
    if form.validate_on_submit():
        folds = fold_of(form.start_fold), fold_of(form.end_fold)
        command = MoveShift(
            public_id, form.seen_version, form.day.data, form.start.data, form.end.data, *folds
        )  # fmt: skip
        try:
            first = to_look_at(form, plan, public_id)
            if not first:
                move_shift(work(), actor(), command)
                return _moved(found, command, plan)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=url_for("shifts.show", public_id=public_id), action=request.path)
    page = render_template("shifts/move.html", form=form, shift=found, back=_back(public_id, found.day), first=first)
    return page, 422 if form.errors else 200


@shifts.route("/shifts/<public_id>/cancel", methods=["GET", "POST"])
@requires(Permission.SHIFT_PLAN)
def cancel(public_id: str) -> ResponseReturnValue:
    found = _found(public_id, "may_plan")
    back = url_for("shifts.show", public_id=public_id)
    if request.method == "GET":
        return render_template("shifts/cancel.html", shift=found, back=back)
    try:
        cancel_shift(work(), actor(), public_id, _version())
    except Stale:
        flash(_("Somebody changed this shift meanwhile. Nothing was cancelled; please look again."), "error")
    else:
        flash(_("The shift is cancelled. You can restore it here."))
    return redirect(back, 303)


@shifts.post("/shifts/<public_id>/restore")
@requires(Permission.SHIFT_PLAN)
def restore(public_id: str) -> ResponseReturnValue:
    try:
        restore_shift(work(), actor(), public_id, _version())
    except Stale:
        flash(_("Somebody changed this shift meanwhile. Please look again."), "error")
    except Refused:
        flash(_("At that time there is another shift now."), "error")
    else:
        flash(_("The shift is planned again."))
    return redirect(url_for("shifts.show", public_id=public_id), 303)


def _moved(found: ShiftRecord, command: MoveShift, plan: ToPlan) -> ResponseReturnValue:
    """Say it, with a way to take it back."""
    was = PlannedTime(found.day, found.start, found.end, found.zone, found.start_fold, found.end_fold)
    keys = given(back=request.args.get("back", ""))
    folds = given(start_fold=str(found.start_fold or ""), end_fold=str(found.end_fold or ""))
    flash_undo(
        _("The shift is moved to %(day)s.", day=day(command.day)),
        url_for("shifts.move", public_id=found.public_id, **keys),
        version=str(command.version + 1),
        day=found.day.isoformat(),
        start=f"{found.start:%H:%M}",
        end=f"{found.end:%H:%M}",
        seen=seen_of(plan, was, found.public_id),
        **folds,
    )
    return redirect(_back(found.public_id, command.day), 303)


def _back(public_id: str, on: date) -> str:
    """Where somebody came from: the week, or the shift's own page."""
    if request.args.get("back") == "week":
        return url_for("shifts.index", day=on.isoformat(), span="week")
    return url_for("shifts.show", public_id=public_id)


def _found(public_id: str, may: str | None = None) -> ShiftRecord:
    """The shift, its reading logged; 403 for somebody who may see it but not do this."""
    found = shift_record(reads(), actor(), now(), public_id)
    if may is not None and not getattr(found, may):
        abort(403)
    record(found.participant_id)
    return found


def _version() -> int:
    return whole_number(request.form.get("version", "")) or 0


def _attendance_values(found: ShiftRecord) -> dict[str, object]:
    zone = ZoneInfo(found.zone)
    start, end = (None if at is None else at.astimezone(zone).time() for at in (found.actual_start, found.actual_end))
    known = None if found.attendance is Attendance.UNKNOWN else found.attendance.value
    return {"version": found.version, "attendance": known, "actual_start": start, "actual_end": end}
