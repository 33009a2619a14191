"""Handing out, taking back, and reading what was handed in."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Refused
from placement.domain.questionnaires import missing_words, state_words
from placement.policy.permissions import Permission
from placement.queries.questionnaires.staff import PersonHandouts, handout_choices, handout_seen, person_handouts
from placement.usecases.questionnaires.answer import mark_read
from placement.usecases.questionnaires.give import GiveOut, give_out, take_back
from placement.web.current import actor, cipher, reads, today, work
from placement.web.gate import record, requires
from placement.web.questionnaires.blueprint import questionnaires
from placement.web.questionnaires.forms import GiveForm
from placement.web.words import say

#: A reader has so long unless somebody says otherwise.
USUAL = timedelta(days=14)


@questionnaires.get("/participants/<public_id>/questionnaires")
@requires(Permission.HANDOUT_SEE)
def person(public_id: str) -> ResponseReturnValue:
    """What one handed out to somebody, or was named to read."""
    found = person_handouts(reads(), actor(), today(), public_id)
    record(found.participant_id)
    return render_template("questionnaires/person.html", found=found, state_words=state_words, today=today())


@questionnaires.route("/participants/<public_id>/questionnaires/new", methods=["GET", "POST"])
@requires(Permission.HANDOUT_GIVE)
def give(public_id: str) -> ResponseReturnValue:
    found = person_handouts(reads(), actor(), today(), public_id)
    record(found.participant_id)
    form = GiveForm(data={"key": str(uuid4()), "read_by": today() + USUAL})
    form.offer(*_choices(found))
    if form.validate_on_submit():
        command = GiveOut(
            public_id, form.questionnaire.data, form.reader.data, form.read_by.data, form.due_on.data,
            form.key.data or "",
        )  # fmt: skip
        try:
            give_out(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Handed out. %(name)s finds it on the day page.", name=found.name))
            return redirect(url_for("questionnaires.person", public_id=public_id), 303)
    page = render_template("questionnaires/give.html", form=form, found=found)
    return page, 422 if form.errors else 200


@questionnaires.get("/questionnaires/handouts/<public_id>")
@requires(Permission.HANDOUT_SEE)
def handout(public_id: str) -> ResponseReturnValue:
    """The answers, for the one named reader; for who handed it out, only that it was."""
    found = handout_seen(reads(), actor(), cipher(), today(), public_id)
    record(found.participant_id)
    return render_template(
        "questionnaires/handout.html",
        found=found,
        row=found.seen.row,
        state=found.seen.row.state.value,
        state_words=state_words,
        options=dict(found.asked.options(actor().locale)),
        language=found.asked.language(actor().locale),
        missing=missing_words(found.asked.scale),
    )


@questionnaires.post("/questionnaires/handouts/<public_id>/read")
@requires(Permission.HANDOUT_READ)
def read(public_id: str) -> ResponseReturnValue:
    """Said by a tap, not by opening the page: the participant sees that somebody has taken the time."""
    try:
        mark_read(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("The participant sees that you have read it."))
    return redirect(url_for("questionnaires.handout", public_id=public_id), 303)


@questionnaires.route("/questionnaires/handouts/<public_id>/take-back", methods=["GET", "POST"])
@requires(Permission.HANDOUT_TAKE_BACK)
def take_it_back(public_id: str) -> ResponseReturnValue:
    """After asking; only while nothing is handed in."""
    found = handout_seen(reads(), actor(), cipher(), today(), public_id)
    if not found.seen.mine:
        raise NotFound
    record(found.participant_id)
    back = url_for("questionnaires.person", public_id=found.participant)
    if request.method == "POST":
        try:
            take_back(work(), actor(), public_id)
        except Refused as error:
            flash(say(error.reason), "error")
        else:
            flash(_("Taken back."))
        return redirect(back, 303)
    return render_template("questionnaires/take_back.html", found=found, back=back)


def _choices(found: PersonHandouts) -> tuple[list, list]:
    if found.locale is None:
        return [], []
    return handout_choices(reads(), actor(), today(), found.participant_id, found.locale)
