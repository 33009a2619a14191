"""What somebody practices: the view over all areas, one's own list, one thing with its days, and saying how it went."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.practice import BACK, ensure_day
from placement.policy.permissions import Permission
from placement.queries.practice.one import practice_page, rate_form
from placement.queries.practice.overview import own_practice, practice_overview
from placement.usecases.practice.rate import RatePractice, rate_practice
from placement.web.answers import choices, questions, ratings, reasons
from placement.web.current import actor, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.practice import family_pages, invite_pages, plan_pages
from placement.web.practice.blueprint import practice
from placement.web.practice.forms import DayForm, InviteForm

__all__ = ["family_pages", "invite_pages", "plan_pages", "practice"]


@practice.get("/participants/<public_id>/practice")
@requires(Permission.PRACTICE_SEE)
def overview(public_id: str) -> ResponseReturnValue:
    """All areas of a person: where they began, where they are, where they want to get."""
    found = practice_overview(reads(), actor(), public_id)
    record(found.participant_id)
    return render_template("practice/overview.html", found=found)


@practice.get("/me/practice")
@requires(Permission.PRACTICE_OWN)
def mine() -> ResponseReturnValue:
    found = own_practice(reads(), actor())
    record(found.participant_id)
    return render_template("practice/mine.html", found=found)


@practice.get("/practice/<public_id>")
@requires(Permission.PRACTICE_SEE)
def show(public_id: str) -> ResponseReturnValue:
    found = practice_page(reads(), actor(), public_id, now())
    record(found.head.participant_id)
    return render_template("practice/show.html", found=found, head=found.head, form=InviteForm())


@practice.route("/practice/<public_id>/rate", methods=["GET", "POST"])
@requires(Permission.PRACTICE_RATE)
def rate(public_id: str) -> ResponseReturnValue:
    """How it went on a day: one tap, or step by step."""
    form = DayForm(data={"day": _day()})
    asking = rate_form(reads(), actor(), public_id, form.day.data or today())
    record(asking.head.participant_id)
    back, errors = url_for("practice.show", public_id=public_id), []
    if form.validate_on_submit():
        said = ratings(asking, request.form)
        if not said:
            errors.append((f"task-{asking.head.task}-0", _("Please choose one of the answers.")))
        else:
            try:
                rate_practice(work(), actor(), RatePractice(public_id, form.day.data, said[0]))
            except Refused as error:
                form.refuse(error)
            else:
                flash(_("Saved."))
                return redirect(back, 303)
    posted = request.form if request.method == "POST" else None
    page = render_template(
        "practice/rate.html", form=form, head=asking.head, question=questions(asking, posted)[0],
        levels=choices(asking), reasons=reasons(), back=back, errors=errors, most=BACK,
    )  # fmt: skip
    return page, 422 if errors or form.errors else 200


def _day() -> date:
    """The day that is asked about: today, unless the address names one of the last days."""
    try:
        day = date.fromisoformat(request.args.get("day", ""))
        ensure_day(day, today())
    except (ValueError, Refused):
        return today()
    return day
