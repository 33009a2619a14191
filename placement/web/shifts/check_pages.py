"""The participant's own check-in: one tap each on their day page, and back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.policy.permissions import Permission
from placement.usecases.shifts.check_in import check_in as say_here
from placement.usecases.shifts.check_in import check_out as say_leaving
from placement.usecases.shifts.check_in import undo_tap
from placement.web.current import actor, work
from placement.web.gate import requires
from placement.web.shifts.blueprint import shifts


@shifts.post("/shifts/<public_id>/check-in")
@requires(Permission.CHECK_IN)
def check_in(public_id: str) -> ResponseReturnValue:
    say_here(work(), actor(), public_id)
    flash(_("Good that you are here."))
    return redirect(url_for("day.show"), 303)


@shifts.post("/shifts/<public_id>/check-out")
@requires(Permission.CHECK_IN)
def check_out(public_id: str) -> ResponseReturnValue:
    say_leaving(work(), actor(), public_id)
    flash(_("Have a good rest of the day."))
    return redirect(url_for("day.show"), 303)


@shifts.post("/shifts/<public_id>/check-undo")
@requires(Permission.CHECK_IN)
def check_undo(public_id: str) -> ResponseReturnValue:
    undo_tap(work(), actor(), public_id)
    flash(_("It is taken back."))
    return redirect(url_for("day.show"), 303)
