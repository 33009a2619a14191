"""The participant's answer to a proposal, and what happens next."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from placement.domain.errors import Refused
from placement.domain.participants import travel_words
from placement.domain.placements import Answer, Move, moves_from
from placement.domain.week import hours
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.queries.placements.proposal import OwnProposal, own_proposal
from placement.usecases.placements.answer import AnswerPlacement, answer_placement
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.placements.blueprint import placements
from placement.web.placements.forms import AnswerForm
from placement.web.weeks import week_triples


@placements.route("/placements/<public_id>/answer", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_ANSWER)
def answer(public_id: str) -> ResponseReturnValue:
    proposal = own_proposal(reads(), actor(), public_id, today())
    record(proposal.participant_id)
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            answer_placement(work(), actor(), AnswerPlacement(public_id, _given(form), form.ask_again_on.data))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("placements.answered", public_id=public_id), 303)
    elif not form.is_submitted() and not moves(proposal):
        return redirect(url_for("placements.answered", public_id=public_id), 303)
    page = render_template(
        "placements/answer.html", form=form, proposal=proposal, spans=week_triples(proposal.pattern),
        weekly=hours(proposal.pattern), travel_words=travel_words, possible=moves(proposal), Move=Move,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@placements.get("/placements/<public_id>/answer/no")
@requires(Permission.PLACEMENT_ANSWER)
def answer_no(public_id: str) -> ResponseReturnValue:
    """Asks once more: a no gives the place away and can't be taken back."""
    proposal = own_proposal(reads(), actor(), public_id, today())
    record(proposal.participant_id)
    if Move.PARTICIPANT_NO not in moves(proposal):
        return redirect(url_for("placements.answered", public_id=public_id), 303)
    return render_template("placements/answer_no.html", proposal=proposal)


@placements.get("/placements/<public_id>/answered")
@requires(Permission.PLACEMENT_ANSWER)
def answered(public_id: str) -> ResponseReturnValue:
    """What happens after the answer that was given."""
    proposal = own_proposal(reads(), actor(), public_id, today())
    record(proposal.participant_id)
    return render_template(
        "placements/answered.html", proposal=proposal, can_answer=Move.PARTICIPANT_NO in moves(proposal)
    )  # fmt: skip


def _given(form: AnswerForm) -> Answer:
    """The answer whose button was pressed."""
    if form.answer.data not in tuple(Answer):
        raise Refused(say("Choose one of the answers."))
    return Answer(form.answer.data)


def moves(proposal: OwnProposal) -> tuple[Move, ...]:
    """Which answers are possible now."""
    own = (Move.PARTICIPANT_YES, Move.PARTICIPANT_NOT_NOW, Move.PARTICIPANT_NO)
    return tuple(move for move in moves_from(proposal.state) if move in own)
