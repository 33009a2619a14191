"""I am ill: two taps, and back."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.notices.ill import illness_of, shifts_ahead
from placement.usecases.notices.ill import TellIll, end_ill, tell_ill
from placement.web.current import actor, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.notices.blueprint import notices
from placement.web.notices.forms import IllForm

#: How far ahead a shift's day is offered as the last day of an illness.
NEAR = timedelta(days=7)


@notices.route("/ill", methods=["GET", "POST"])
@requires(Permission.ILL_TELL)
def ill() -> ResponseReturnValue:
    """The first tap opens this page, the second says it."""
    who = actor()
    found = illness_of(reads(), who, who.participant_id, now())
    record(who.participant_id)
    form = IllForm()
    # The big button sends no day: until tonight.
    if form.validate_on_submit():
        try:
            shifts = tell_ill(work(), who, TellIll(form.until.data))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_thanks(shifts))
            return redirect(url_for("notices.ill"), 303)
    ahead = shifts_ahead(reads(), who, now())
    # With no shift left today, being ill only today would help nobody: the next shift's day comes first.
    until = ahead.later if not ahead.today and _near(ahead.later, today()) else None
    return render_template("notices/ill.html", form=form, found=found, shifts=ahead.today, until=until), (
        422 if form.errors else 200
    )


@notices.post("/ill/<public_id>/well-again")
@requires(Permission.ILL_TELL)
def well_again(public_id: str) -> ResponseReturnValue:
    shifts = end_ill(work(), actor(), public_id)
    flash(
        ngettext("Good. %(num)s shift takes place again.", "Good. %(num)s shifts take place again.", shifts)
        if shifts
        else _("Good. It is noted.")
    )
    return redirect(url_for("day.show"), 303)


@notices.post("/ill/<public_id>/end")
@requires(Permission.ILL_END)
def end_illness(public_id: str) -> ResponseReturnValue:
    """Staff, when they have heard that it is over."""
    end_ill(work(), actor(), public_id)
    flash(_("It is noted. Shifts still to come take place."))
    return redirect(url_for("day.show" if request.form.get("came_from") == "day" else "notices.index"), 303)


def _near(day: date | None, today: date) -> bool:
    """Near enough to know of it now."""
    return day is not None and day - today <= NEAR


def _thanks(shifts: int) -> str:
    if not shifts:
        return _("Get well soon. The people who look after you know.")
    return ngettext(
        "Get well soon. The people who look after you know, and the shop knows that you do not come.",
        "Get well soon. The people who look after you know, and the shops know that you do not come to %(num)s shifts.",
        shifts,
    )
