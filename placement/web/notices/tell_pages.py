"""How the place was, or that something is wrong: to a person outside the shop, from every page of a participant."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.notices import FEELINGS, NoticeKind
from placement.policy.permissions import Permission
from placement.queries.notices.sent import sent, telling
from placement.usecases.notices.tell import Tell, take_back, tell
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.notices.blueprint import notices
from placement.web.notices.forms import TellForm
from placement.web.words import say


@notices.get("/tell")
@requires(Permission.NOTICE_TELL)
def mine() -> ResponseReturnValue:
    """Both things one can say, and what became of what was said."""
    rows = sent(reads(), actor())
    record(actor().participant_id)
    return render_template("notices/mine.html", rows=rows, feelings=FEELINGS)


@notices.route("/tell/how-it-was", methods=["GET", "POST"])
@requires(Permission.NOTICE_TELL)
def how_it_was() -> ResponseReturnValue:
    return _page(NoticeKind.HOW_IT_WAS)


@notices.route("/tell/something-wrong", methods=["GET", "POST"])
@requires(Permission.NOTICE_TELL)
def something_wrong() -> ResponseReturnValue:
    return _page(NoticeKind.SOMETHING_WRONG)


@notices.post("/tell/<public_id>/take-back")
@requires(Permission.NOTICE_TELL)
def take_it_back(public_id: str) -> ResponseReturnValue:
    try:
        take_back(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("It is taken back. Nobody has read it."))
    return redirect(url_for("notices.mine"), 303)


def _page(kind: NoticeKind) -> ResponseReturnValue:
    found = telling(reads(), actor(), today())
    record(actor().participant_id)
    form = TellForm(data={"key": str(uuid4())})
    form.offer(found)
    if form.validate_on_submit():
        try:
            tell(work(), actor(), _command(form, kind))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Thank you. %(name)s can read it now.", name=_name(form)))
            return redirect(url_for("notices.mine"), 303)
    wrong = kind is NoticeKind.SOMETHING_WRONG
    return render_template("notices/tell.html", form=form, found=found, wrong=wrong), 422 if form.errors else 200


def _command(form: TellForm, kind: NoticeKind) -> Tell:
    feeling = form.feeling_value if kind is NoticeKind.HOW_IT_WAS else None
    return Tell(kind, form.to.data, form.key.data or "", form.text.data or "", feeling, form.placement.data or "")


def _name(form: TellForm) -> str:
    return str(dict(form.to.choices)[form.to.data]).rpartition(",")[0]
