"""What others wrote for me: reading, answering, saying that it hurt, and when I read it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.comments import Reads, reads_words
from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.feedback.waiting_words import WaitingWords, waiting_words
from placement.queries.feedback.words import own_words
from placement.usecases.feedback.words import answer_words, choose_reading, mark_hurt, release_words
from placement.web.current import actor, reads, work
from placement.web.feedback.blueprint import feedback
from placement.web.gate import record, requires
from placement.web.undo import flash_undo
from placement.web.words import say


@feedback.get("/words")
@requires(Permission.COMMENTS_ANSWER)
def words() -> ResponseReturnValue:
    """The latest first, each with the participant's own answer."""
    found = own_words(reads(), actor())
    record(actor().participant_id)
    ways = [(one.value, say(reads_words(one))) for one in Reads]
    return render_template("feedback/words.html", found=found, ways=ways)


@feedback.post("/words/reading")
@requires(Permission.COMMENTS_CHOOSE)
def reading() -> ResponseReturnValue:
    """At once, or with the coach first."""
    chosen = request.form.get("reads", "")
    if chosen not in tuple(Reads):
        abort(400)
    choose_reading(work(), actor(), Reads(chosen))
    flash(_("It is noted."))
    return redirect(url_for("feedback.words"), 303)


@feedback.get("/words/together")
@requires(Permission.COMMENTS_RELEASE)
def together() -> ResponseReturnValue:
    """Who waits to read what a shop wrote, with the shifts on whose pages it stands."""
    found = waiting_words(reads(), actor())
    record()
    people = [(rows[0].name, rows) for rows in _by_person(found)]
    return render_template("feedback/together.html", people=people)


def _by_person(found: list[WaitingWords]) -> list[list[WaitingWords]]:
    of: dict[str, list[WaitingWords]] = {}
    for row in found:
        of.setdefault(row.participant, []).append(row)
    return list(of.values())


@feedback.post("/words/<public_id>/answer")
@requires(Permission.COMMENTS_ANSWER)
def answer(public_id: str) -> ResponseReturnValue:
    try:
        answer_words(work(), actor(), public_id, request.form.get("answer", ""))
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("Your answer is saved."))
    return redirect(url_for("feedback.words"), 303)


@feedback.post("/words/<public_id>/hurt")
@requires(Permission.COMMENTS_ANSWER)
def hurt(public_id: str) -> ResponseReturnValue:
    """``no``: it does not, after all."""
    takes_back = request.form.get("no") == "1"
    mark_hurt(work(), actor(), public_id, hurt=not takes_back)
    if takes_back:
        flash(_("It is taken back."))
    else:
        text = _("Thank you for saying so. Your coordinator knows and takes care of it.")
        flash_undo(text, url_for("feedback.hurt", public_id=public_id), no="1")
    return redirect(url_for("feedback.words"), 303)


@feedback.post("/words/<public_id>/read-together")
@requires(Permission.COMMENTS_RELEASE)
def read_together(public_id: str) -> ResponseReturnValue:
    release_words(work(), actor(), public_id)
    flash(_("They can read it themselves now."))
    shift = request.form.get("shift", "")
    return redirect(url_for("shifts.show", public_id=shift) if shift else url_for("day.show"), 303)
