"""The participant's answer to a proposal, and what happens next. One question on each page, and never: why?"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.domain.errors import Refused
from placement.domain.own_match import could_be_hard, speaks_for
from placement.domain.participants import travel_words
from placement.domain.placement_moves import is_final, moves_from
from placement.domain.placements import Answer, Move
from placement.domain.week import hours
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.queries.placements.proposal import OwnProposal, own_proposal
from placement.usecases.placements.answer import AnswerPlacement, answer_placement
from placement.usecases.placements.words import WriteWords, write_words
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.placements.blueprint import placements
from placement.web.placements.forms import AnswerForm, OwnWordsForm
from placement.web.weeks import week_triples

OWN_MOVES = (Move.PARTICIPANT_YES, Move.PARTICIPANT_NOT_NOW, Move.PARTICIPANT_TALK_FIRST, Move.PARTICIPANT_NO)
#: More boxes than anybody can tick on one page.
MOST_SHARED = 50


@placements.route("/placements/<public_id>/answer", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_ANSWER)
def answer(public_id: str) -> ResponseReturnValue:
    proposal = own_proposal(reads(), actor(), public_id, today())
    record(proposal.participant_id)
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            answer_placement(work(), actor(), _command(form, public_id))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("placements.answered", public_id=public_id), 303)
    elif not form.is_submitted() and not moves(proposal):
        return redirect(url_for("placements.answered", public_id=public_id), 303)
    if form.ask_again_on.errors:
        return render_template("placements/answer_not_now.html", form=form, proposal=proposal), 422
    page = render_template(
        "placements/answer.html", form=form, proposal=proposal, spans=week_triples(proposal.pattern),
        weekly=hours(proposal.pattern), travel_words=travel_words, possible=moves(proposal), Move=Move,
        good=speaks_for(proposal.match), hard=could_be_hard(proposal.match),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@placements.get("/placements/<public_id>/answer/no")
@requires(Permission.PLACEMENT_ANSWER)
def answer_no(public_id: str) -> ResponseReturnValue:
    """Asks once more: a no gives the place away and can't be taken back."""
    return _ask(public_id, Move.PARTICIPANT_NO, "placements/answer_no.html")


@placements.get("/placements/<public_id>/answer/not-now")
@requires(Permission.PLACEMENT_ANSWER)
def answer_not_now(public_id: str) -> ResponseReturnValue:
    """Asks when to ask again, if they like to say."""
    return _ask(public_id, Move.PARTICIPANT_NOT_NOW, "placements/answer_not_now.html")


@placements.get("/placements/<public_id>/answered")
@requires(Permission.PLACEMENT_ANSWER)
def answered(public_id: str) -> ResponseReturnValue:
    """What happens after the answer that was given."""
    proposal = own_proposal(reads(), actor(), public_id, today())
    record(proposal.participant_id)
    return render_template(
        "placements/answered.html", proposal=proposal, can_answer=Move.PARTICIPANT_NO in moves(proposal)
    )  # fmt: skip


@placements.route("/placements/<public_id>/own-words", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_ANSWER)
def own_words(public_id: str) -> ResponseReturnValue:
    """What they like and what worries them, for the people who accompany them."""
    proposal = own_proposal(reads(), actor(), public_id, today())
    record(proposal.participant_id)
    back = url_for("placements.answer", public_id=public_id)
    if is_final(proposal.state):
        return redirect(url_for("placements.show", public_id=public_id), 303)
    form = OwnWordsForm(obj=proposal)
    if form.validate_on_submit():
        try:
            write_words(work(), actor(), WriteWords(public_id, form.likes.data or "", form.worries.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(back, 303)
    page = render_template("placements/own_words.html", form=form, proposal=proposal, back=back)
    return page, 422 if form.errors else 200


def _ask(public_id: str, move: Move, template: str) -> ResponseReturnValue:
    """The page between a button and its answer; what is no longer possible leads to where it stands."""
    proposal = own_proposal(reads(), actor(), public_id, today())
    record(proposal.participant_id)
    if move not in moves(proposal):
        return redirect(url_for("placements.answered", public_id=public_id), 303)
    return render_template(template, form=AnswerForm(formdata=None), proposal=proposal)


def _command(form: AnswerForm, public_id: str) -> AnswerPlacement:
    """The answer whose button was pressed, with what was ticked before it."""
    if form.answer.data not in tuple(Answer):
        raise Refused(say("Choose one of the answers."))
    share = tuple(request.form.getlist("share")[:MOST_SHARED])
    return AnswerPlacement(public_id, Answer(form.answer.data), form.ask_again_on.data, share)


def moves(proposal: OwnProposal) -> tuple[Move, ...]:
    """Which answers are possible now."""
    return tuple(move for move in moves_from(proposal.state) if move in OWN_MOVES)
