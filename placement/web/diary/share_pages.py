"""Who reads what of one's own log, until when it was agreed, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.shares import USUAL, ShareKind
from placement.policy.permissions import Permission
from placement.queries.diary.entries import own_entry
from placement.queries.diary.readers import readers
from placement.queries.diary.shared import shared_page
from placement.queries.diary.shares import own_shares
from placement.usecases.diary.shares import ShareEntry, ShareKindOf, share_entry, share_kind, withdraw_share
from placement.web.current import actor, cipher, now, reads, today, work
from placement.web.diary.blueprint import diary
from placement.web.diary.course_charts import charts
from placement.web.diary.forms import ShareForm, ShareKindForm
from placement.web.diary.said import WORDS
from placement.web.gate import record, requires
from placement.web.lists import cursor, neighbors


@diary.route("/diary/shares", methods=["GET", "POST"])
@requires(Permission.DIARY_OWN)
def shares() -> ResponseReturnValue:
    """Everything that is shared, and sharing a kind of entry."""
    record(actor().participant_id)
    people = readers(reads(), actor().participant_id or 0, today())
    form = ShareKindForm(data={"read_by": today() + USUAL, "since": "today"})
    form.offer(people)
    if form.validate_on_submit():
        kind, so_far = ShareKind(form.kind.data), form.since.data == "all"
        try:
            share_kind(work(), actor(), ShareKindOf(kind, form.reader.data, so_far, form.read_by.data))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Shared. You can take it back at any time."))
            return redirect(url_for("diary.shares"), 303)
    found = own_shares(reads(), actor(), today(), cursor())
    parts = {"form": form, "shares": found.rows, "readers": people, **neighbors(found)}
    page = render_template("diary/shares.html", **parts, **WORDS)
    return page, 422 if form.errors else 200


@diary.route("/diary/<public_id>/share", methods=["GET", "POST"])
@requires(Permission.DIARY_OWN)
def share(public_id: str) -> ResponseReturnValue:
    """One entry, with one person."""
    entry = own_entry(reads(), actor(), cipher(), public_id)
    record(entry.participant_id)
    people = readers(reads(), entry.participant_id, today())
    back = url_for("diary.show", public_id=public_id)
    form = ShareForm(data={"read_by": today() + USUAL})
    form.offer(people)
    if form.validate_on_submit():
        try:
            share_entry(work(), actor(), ShareEntry(public_id, form.reader.data, form.read_by.data))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Shared. You can take it back at any time."))
            return redirect(back, 303)
    page = render_template("diary/share.html", form=form, entry=entry, readers=people, back=back, **WORDS)
    return page, 422 if form.errors else 200


@diary.post("/diary/shares/<public_id>/withdraw")
@requires(Permission.DIARY_OWN)
def withdraw(public_id: str) -> ResponseReturnValue:
    """At once; the reader is not told."""
    withdraw_share(work(), actor(), public_id)
    flash(_("It is taken back. From now on they can’t read it any more."))
    entry = request.form.get("entry", "")
    return redirect(url_for("diary.show", public_id=entry) if entry else url_for("diary.shares"), 303)


@diary.get("/participants/<public_id>/diary")
@requires(Permission.DIARY_SHARED)
def shared(public_id: str) -> ResponseReturnValue:
    """For whoever looks after somebody: what they share with the reader. Nothing shared looks like nothing written."""
    found = shared_page(reads(), actor(), cipher(), now(), public_id, cursor())
    record(found.participant_id)
    return render_template(
        "diary/shared.html", found=found, charts=charts(found.course), **WORDS, **neighbors(found.page)
    )
