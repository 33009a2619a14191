"""Answering what participants ask about their record, keeping a note back, and who decides by law."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.data_groups import BY_KEY
from placement.domain.errors import Refused, Stale
from placement.domain.rights import (
    RepresentationScope,
    RequestKind,
    RequestState,
    kind_words,
    scope_words,
    state_words,
)
from placement.policy.permissions import Permission
from placement.queries.rights.answering import asked_page, note_to_keep, representatives, requests_page
from placement.usecases.rights.answer import AnswerRequest, answer_request, withhold_note
from placement.usecases.rights.representatives import AddRepresentative, add_representative, end_representative
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.rights.blueprint import rights
from placement.web.rights.forms import AnswerForm, GroundForm, RepresentativeForm


@rights.get("/rights")
@requires(Permission.RIGHTS_LIST)
def index() -> ResponseReturnValue:
    """What waits for an answer of mine, the nearest day first."""
    state = asked("state", ("open", "answered")) or "open"
    page = requests_page(reads(), actor(), today(), state, cursor())
    record()
    return render_template(
        "rights/index.html", page=page, state=state, kind_words=kind_words, state_words=state_words, today=today(),
        **neighbors(page, state=state),
    )  # fmt: skip


@rights.route("/rights/<public_id>", methods=["GET", "POST"])
@requires(Permission.RIGHTS_LIST)
def show(public_id: str) -> ResponseReturnValue:
    """One question, and its answer."""
    found = asked_page(reads(), actor(), today(), public_id)
    record(found.participant_id)
    back = url_for("rights.index")
    form = AnswerForm(data={"version": found.row.version})
    form.offer(found.row.kind)
    if form.validate_on_submit():
        command = AnswerRequest(public_id, form.seen_version, RequestState(form.state.data), form.answer.data or "")
        try:
            answer_request(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Answered. They read it on their page."))
            return redirect(back, 303)
    page = render_template(
        "rights/show.html", form=form, row=found.row, kept=found.kept, back=back, kind_words=kind_words,
        state_words=state_words, group=BY_KEY.get(found.row.about), forget=found.row.kind is RequestKind.ERASURE,
    )  # fmt: skip
    return page, 422 if form.errors else 200


@rights.route("/sessions/<public_id>/note/keep-back", methods=["GET", "POST"])
@requires(Permission.SESSION_NOTE_WRITE)
def keep_back(public_id: str) -> ResponseReturnValue:
    """One's own note out of what its subject takes along; with the ground, and taken back in a tap."""
    found = note_to_keep(reads(), actor(), public_id)
    record(found.participant_id)
    back = url_for("sessions.note", public_id=public_id)
    form = GroundForm(data={"ground": found.ground})
    if request.method == "POST" and request.form.get("release") == "1":
        withhold_note(work(), actor(), public_id, "")
        flash(_("They take this note along again."))
        return redirect(back, 303)
    if form.validate_on_submit():
        try:
            withhold_note(work(), actor(), public_id, form.ground.data or "")
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Kept back. They read that, by whom and on which ground."))
            return redirect(back, 303)
    return render_template("rights/keep_back.html", form=form, found=found, back=back), 422 if form.errors else 200


@rights.route("/participants/<public_id>/representatives", methods=["GET", "POST"])
@requires(Permission.REPRESENTATIVE_EDIT)
def represented(public_id: str) -> ResponseReturnValue:
    """Who decides by law, and about what."""
    found = representatives(reads(), actor(), public_id)
    record(found.participant_id)
    form = RepresentativeForm()
    form.offer()
    if form.validate_on_submit():
        scopes = tuple(RepresentationScope(value) for value in form.scopes.data or ())
        command = AddRepresentative(
            public_id, form.name.data or "", scopes, form.phone.data or "", form.words.data or "",
            form.valid_until.data,
        )  # fmt: skip
        try:
            add_representative(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Written down. They see it on their page."))
            return redirect(url_for("rights.represented", public_id=public_id), 303)
    page = render_template(
        "rights/represented.html", form=form, found=found,
        scope_words=lambda name: scope_words(RepresentationScope(name)),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@rights.post("/representatives/<public_id>/end")
@requires(Permission.REPRESENTATIVE_EDIT)
def represented_end(public_id: str) -> ResponseReturnValue:
    """No longer."""
    participant = end_representative(work(), actor(), public_id)
    flash(_("Ended."))
    return redirect(url_for("rights.represented", public_id=participant), 303)
