"""Today's card with its form, and thanks for what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.feedback_links import REOPEN
from placement.policy.device import Device
from placement.queries.cards.card import Card, CardShift, Sent, todays_card
from placement.queries.cards.people import names_of_colleagues
from placement.queries.feedback.form import FormTask, OwnAnswer
from placement.queries.programs.scale import LevelRow
from placement.usecases.cards.give import GiveFeedback, give_feedback
from placement.usecases.cards.read import record_card_read
from placement.web.cards.blueprint import cards
from placement.web.cards.gate import for_phone
from placement.web.cards.phone import remember
from placement.web.current import now, reads, work
from placement.web.feedback_form import AnswersForm, form_parts, given


@dataclass(frozen=True, slots=True)
class Asked:
    """The tasks of a card as the shared form asks about them."""

    tasks: list[FormTask]
    levels: list[LevelRow]


@cards.get("/card")
@for_phone
def show(device: Device) -> ResponseReturnValue:
    """The shift that is next to answer, or the one that was chosen."""
    card = todays_card(reads(), device, now(), request.args.get("shift", ""))
    record_card_read(work(), device)
    return _page(device, card)


@cards.post("/card")
@for_phone
def send(device: Device) -> ResponseReturnValue:
    card = todays_card(reads(), device, now(), request.form.get("shift", ""))
    form = AnswersForm()
    if card.chosen is None or card.chosen.public_id != request.form.get("shift"):
        flash(_("This shift is no longer on the card. Please call the program."), "error")
        return redirect(url_for("cards.show"), 303)
    if form.validate_on_submit():
        try:
            give_feedback(work(), device, _command(card, form))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            form.renew(error)
            return _page(device, card, form, changed=True)
        except NotFound:
            flash(_("Something on this page has changed. Please answer once more."), "error")
            return redirect(url_for("cards.show", shift=card.chosen.public_id), 303)
        else:
            return remember(make_response(redirect(_thanks(card.chosen.public_id), 303)))
    return _page(device, card, form)


@cards.get("/card/sent")
@for_phone
def sent(device: Device) -> ResponseReturnValue:
    """Thanks, with what was just sent and nothing else; of a colleague's, only thanks."""
    if request.args.get("by"):
        flash(_("Thank you. It has arrived."))
        return redirect(url_for("cards.show"), 303)
    card = todays_card(reads(), device, now(), request.args.get("shift", ""))
    shift = card.chosen
    if shift is None or shift.sent is None:
        return redirect(url_for("cards.show"), 303)
    record_card_read(work(), device)
    return render_template("cards/sent.html", card=card, shift=shift, answered=_answered(card, shift))


@cards.get("/card/did-not-come")
@for_phone
def absent(device: Device) -> ResponseReturnValue:
    """Asks before "did not come" replaces what was sent."""
    card = todays_card(reads(), device, now(), request.args.get("shift", ""))
    shift = card.chosen
    if shift is None or not _replaces(card, shift):
        return redirect(url_for("cards.show", shift=shift.public_id if shift else None), 303)
    seen = {"key": str(uuid4()), "seen": str(shift.sent.version if shift.sent else 0)}
    form = AnswersForm(formdata=None, data=seen)
    record_card_read(work(), device)
    return render_template("cards/absent.html", card=card, shift=shift, form=form, answered=_answered(card, shift))


def _answered(card: Card, shift: CardShift) -> list[tuple[Mapping[str, str], Mapping[str, str] | None]]:
    """Name of each answered task, with its level's; None for "not today"."""
    by_rank = {level.rank: level.name for level in card.levels}
    return [(task.name, by_rank.get(task.said[shift.id].rank or 0)) for task in card.tasks if shift.id in task.said]


def _replaces(card: Card, shift: CardShift) -> bool:
    """Whether "did not come" would take something away that was written or noted about tasks."""
    own = shift.sent
    if own is None:
        return False
    return bool(own.went_well or own.try_next or own.note or own.unlisted or _answered(card, shift))


def asked_on(card: Card, own: bool = True) -> Asked:
    """The chosen shift's questions: the opening's tasks, and what was answered before unless a colleague answers."""
    chosen = card.chosen.id if card.chosen and own else 0
    tasks = []
    for task in card.tasks:
        said = task.said.get(chosen)
        if task.offered or said is not None:
            answer = None if said is None else OwnAnswer(said.rank, said.not_today)
            tasks.append(FormTask(task.public_id, task.name, task.sentence, answer))
    return Asked(tasks, card.levels)


def _present(own: Sent | None) -> dict[str, object]:
    texts = {"went_well": own.went_well, "try_next": own.try_next, "note": own.note} if own else {}
    return {"key": str(uuid4()), "seen": str(own.version if own else 0), **texts}


def _command(card: Card, form: AnswersForm) -> GiveFeedback:
    by = request.form.get("by", "")[:40]
    said = given(asked_on(card, own=not by), form, request.form)
    return GiveFeedback(request.form.get("shift", ""), form.key.data or "", said, colleague=by)


def _thanks(shift: str) -> str:
    """Where to go on; a colleague's words are shown to nobody who holds this phone next."""
    if request.form.get("by"):
        flash(_("Thank you. It has arrived."))
        return url_for("cards.show")
    return url_for("cards.sent", shift=shift)


def _colleague(device: Device) -> tuple[str, str] | None:
    """Public id and name of the colleague who answers instead, None for the link's own rater."""
    by = request.values.get("by", "")
    return next((one for one in names_of_colleagues(reads(), device) if one[0] == by), None) if by else None


def _page(device: Device, card: Card, form: AnswersForm | None = None, changed: bool = False) -> ResponseReturnValue:
    """``form`` None: a new one, with what this rater sent before; a colleague's is empty.

    ``changed``: something else was sent since this form was opened; what was written stays."""
    shift = card.chosen
    colleague = _colleague(device)
    own = shift.sent if shift and not colleague else None
    if form is None:
        form = AnswersForm(formdata=None, data=_present(own))
    added = [(task["name"], task.get("level", "")) for task in own.unlisted] if own else []
    posted = request.form if request.method == "POST" else None
    page = render_template(
        "cards/show.html",
        device=device,
        card=card,
        shift=shift,
        form=form,
        parts=form_parts(asked_on(card, own=not colleague), posted, shift.attendance if shift and own else None, added),
        colleague=colleague,
        own=own,
        replaces=bool(shift and own and _replaces(card, shift)),
        changed=changed,
        reopen=REOPEN,
    )
    return page, 409 if changed else 422 if form.errors else 200
