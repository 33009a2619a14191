"""For a family member with an invitation: open it, answer one question, and be forgotten. Nothing can be read here."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import LinkEnded, NotFound, Refused
from placement.domain.tokens import token_hash
from placement.policy.family import FamilyPhone
from placement.policy.permissions import Permission
from placement.queries.practice.family import family_question, open_family_link, today_of
from placement.usecases.practice.family import FamilyAnswer, forget_family_phone, give_family_answer, let_family_in
from placement.web.answers import choices, questions, ratings, reasons
from placement.web.current import now, reads, work
from placement.web.gate import requires
from placement.web.practice.blueprint import practice
from placement.web.practice.forms import DayForm
from placement.web.practice.phone import for_family, forget, phone, remember


@practice.route("/family/open/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def family_landing(token: str) -> ResponseReturnValue:
    """Looking uses nothing up: mail programs look at links before people do. The button lets the phone in."""
    if request.method == "POST":
        try:
            secret = let_family_in(work(), token)
        except LinkEnded:
            return render_template("practice/family_closed.html"), 404
        return remember(make_response(redirect(url_for("practice.family"), 303)), secret)
    if open_family_link(reads(), token_hash(token), now()) is None:
        return render_template("practice/family_closed.html"), 404
    return render_template("practice/family_landing.html")


@practice.route("/family", methods=["GET", "POST"])
@for_family
def family(found: FamilyPhone) -> ResponseReturnValue:
    """One question about one task; what was said before is never shown."""
    asking, today = family_question(reads(), found), today_of(found, now())
    form, errors = DayForm(data={"day": today}), []
    if form.validate_on_submit():
        said = ratings(asking, request.form)
        if not said:
            errors.append((f"task-{asking.tasks[0].public_id}-0", _("Please choose one of the answers.")))
        else:
            try:
                give_family_answer(work(), found, FamilyAnswer(form.day.data, said[0]))
            except Refused as error:
                form.refuse(error)
            except NotFound:
                flash(_("Something on this page has changed. Please answer once more."), "error")
                return redirect(url_for("practice.family"), 303)
            else:
                return remember(make_response(redirect(url_for("practice.family_thanks"), 303)))
    posted = request.form if request.method == "POST" else None
    page = render_template(
        "practice/family.html", form=form, phone=found, question=questions(asking, posted)[0],
        levels=choices(asking), reasons=reasons(), days=(today, today - timedelta(days=1)), errors=errors,
    )  # fmt: skip
    return page, 422 if errors or form.errors else 200


@practice.get("/family/thanks")
@for_family
def family_thanks(found: FamilyPhone) -> ResponseReturnValue:
    return render_template("practice/family_thanks.html", phone=found)


@practice.get("/family/closed")
@requires(Permission.PUBLIC)
def family_closed() -> ResponseReturnValue:
    """For a phone we don't know, or whose invitation has ended."""
    return render_template("practice/family_closed.html")


@practice.post("/family/forget")
@requires(Permission.PUBLIC)
def family_forget() -> ResponseReturnValue:
    """The cookie goes, whatever it was worth."""
    found = phone()
    if found is not None:
        forget_family_phone(work(), found)
    flash(_("This phone is forgotten."))
    return forget(make_response(redirect(url_for("practice.family_closed"), 303)))
