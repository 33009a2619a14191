"""Keeping, removing and putting back single pairs of a draft; setting the whole draft aside."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Refused
from placement.policy.permissions import Permission
from placement.queries.matching.pair import PersonInRun, person_in_run
from placement.queries.matching.pairs import SORTS
from placement.queries.matching.runs import run_head
from placement.usecases.matching.marks import (
    AllowPair,
    BanPair,
    MarkPair,
    allow_pair,
    ban_pair,
    discard_run,
    mark_pair,
)
from placement.web.current import actor, reads, work
from placement.web.forms import Form
from placement.web.gate import record, requires
from placement.web.matching.blueprint import matching
from placement.web.matching.forms import BanForm
from placement.web.words import say


@matching.post("/matching/<public_id>/pairs/<proposal>/lock")
@requires(Permission.MATCHING_RUN)
def lock(public_id: str, proposal: str) -> ResponseReturnValue:
    return _mark(MarkPair(public_id, proposal, True), _("The pair is kept in every further run."))


@matching.post("/matching/<public_id>/pairs/<proposal>/unlock")
@requires(Permission.MATCHING_RUN)
def unlock(public_id: str, proposal: str) -> ResponseReturnValue:
    return _mark(MarkPair(public_id, proposal, False), _("The pair is free again."))


@matching.route("/matching/<public_id>/people/<participant>/remove/<opening>", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def remove(public_id: str, participant: str, opening: str) -> ResponseReturnValue:
    """Take a pair out, with a reason if one wants to give it."""
    found = person_in_run(reads(), actor(), public_id, participant)
    record(found.participant_id)
    form, back = BanForm(), url_for("matching.show", public_id=public_id)
    if form.validate_on_submit():
        try:
            ban_pair(work(), actor(), BanPair(public_id, participant, opening, form.reason.data or ""))
        except Refused as error:
            flash(say(error.reason), "error")
        else:
            flash(_("Taken out. Run again to look for another place; you can put it back until then."))
        return redirect(back, 303)
    page = render_template(
        "matching/remove.html", form=form, found=found, opening=_named(found, opening), back=back
    )  # fmt: skip
    return page, 422 if form.errors else 200


@matching.post("/matching/<public_id>/people/<participant>/put-back/<opening>")
@requires(Permission.MATCHING_RUN)
def put_back(public_id: str, participant: str, opening: str) -> ResponseReturnValue:
    try:
        allow_pair(work(), actor(), AllowPair(public_id, participant, opening))
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("Possible again."))
    return redirect(url_for("matching.show", public_id=public_id), 303)


@matching.route("/matching/<public_id>/discard", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def discard(public_id: str) -> ResponseReturnValue:
    run = run_head(reads(), actor(), public_id)
    form = Form()
    if form.validate_on_submit():
        try:
            discard_run(work(), actor(), public_id)
        except Refused as error:
            flash(say(error.reason), "error")
            return redirect(url_for("matching.show", public_id=public_id), 303)
        flash(_("%(name)s is discarded. It can still be read.", name=run.name))
        return redirect(url_for("matching.index"), 303)
    return render_template("matching/discard.html", run=run, back=url_for("matching.show", public_id=public_id))


def _mark(command: MarkPair, done: str) -> ResponseReturnValue:
    try:
        mark_pair(work(), actor(), command)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(done)
    sort = request.form.get("sort", "")
    return redirect(url_for("matching.show", public_id=command.run, sort=sort if sort in SORTS else None), 303)


def _named(found: PersonInRun, opening: str) -> str:
    every = [found.opening, *(one.opening for one in (*(found.others.choices or ()), *found.others.against))]
    for one in every:
        if one is not None and one.public_id == opening:
            return f"{one.role}, {one.employer}"
    raise NotFound
