"""Employers somebody is never matched with. Staff only."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.participants.editing import excludable_employers, head
from placement.queries.participants.parts import employer_opinions
from placement.usecases.participants.exclusions import allow_employer, exclude_employer
from placement.web import gate
from placement.web.current import actor, reads, work
from placement.web.gate import requires
from placement.web.participants.blueprint import participants
from placement.web.participants.forms import ExclusionForm


@participants.route("/participants/<public_id>/exclusions", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_ABILITIES)
def exclusions(public_id: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.PARTICIPANT_ABILITIES)
    gate.record(person.id)
    q = request.args.get("q", "").strip()[:100]
    form = ExclusionForm()
    offered = excludable_employers(reads(), actor(), person.id, q)
    form.employer.choices = [SelectChoice(choice.public_id, choice.name) for choice in offered]
    if form.validate_on_submit():
        try:
            exclude_employer(work(), actor(), public_id, form.employer.data, form.reason.data or "")
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved. These two are not matched any more."))
            return redirect(url_for("participants.exclusions", public_id=public_id), 303)
    _wishes, lines = employer_opinions(reads(), person.id, exclusions=True)
    page = render_template("participants/exclusions.html", form=form, person=person, lines=lines, q=q, offered=offered)
    return page, 422 if form.errors else 200


@participants.post("/participants/<public_id>/exclusions/<employer>/remove")
@requires(Permission.PARTICIPANT_ABILITIES)
def allow(public_id: str, employer: str) -> ResponseReturnValue:
    allow_employer(work(), actor(), public_id, employer)
    flash(_("Taken back. Matching may propose this employer again."))
    return redirect(url_for("participants.exclusions", public_id=public_id), 303)
