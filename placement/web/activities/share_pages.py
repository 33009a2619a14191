"""Who may read one's words, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.activities.one import own_activity_page
from placement.queries.activities.pictures import own_reflection
from placement.queries.diary.readers import Reader, readers
from placement.usecases.activities.shares import ShareWords, share_activity, share_reflection, stop_sharing
from placement.web.activities.blueprint import activities
from placement.web.activities.forms import ReaderForm
from placement.web.current import actor, cipher, now, reads, today, work
from placement.web.gate import record, requires


@activities.route("/activities/<public_id>/share", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_OWN)
def share(public_id: str) -> ResponseReturnValue:
    """Words about an activity, with one person."""
    found = own_activity_page(reads(), actor(), cipher(), now(), public_id)
    record(found.participant_id)
    back, people = url_for("activities.show", public_id=public_id), _people()
    form = _form(people)
    if form.validate_on_submit():
        try:
            share_activity(work(), actor(), ShareWords(public_id, form.reader.data))
        except Refused as error:
            form.refuse(error)
        else:
            return _done(back)
    return _page(form, people, back, found.name, there=bool(found.words) and not found.off_list)


@activities.route("/pictures/<public_id>/share", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_OWN)
def share_picture(public_id: str) -> ResponseReturnValue:
    """Words about a picture, with one person."""
    found = own_reflection(reads(), actor(), cipher(), public_id)
    record(found.said.participant_id)
    back, people = url_for("activities.picture", public_id=public_id), _people()
    form = _form(people)
    if form.validate_on_submit():
        try:
            share_reflection(work(), actor(), ShareWords(public_id, form.reader.data))
        except Refused as error:
            form.refuse(error)
        else:
            return _done(back)
    return _page(form, people, back, _("My words about a picture"), there=True)


@activities.post("/activities/shares/<public_id>/stop")
@requires(Permission.ACTIVITY_OWN)
def stop(public_id: str) -> ResponseReturnValue:
    """At once; the reader is not told."""
    shown = stop_sharing(work(), actor(), public_id)
    flash(_("It is taken back. From now on they can’t read it any more."))
    if shown.activity is not None:
        return redirect(url_for("activities.show", public_id=shown.activity), 303)
    if shown.reflection is not None:
        return redirect(url_for("activities.picture", public_id=shown.reflection), 303)
    return redirect(url_for("activities.mine"), 303)


def _people() -> tuple[Reader, ...]:
    return readers(reads(), actor().participant_id or 0, today())


def _form(people: tuple[Reader, ...]) -> ReaderForm:
    form = ReaderForm()
    form.offer(people)
    return form


def _done(back: str) -> ResponseReturnValue:
    flash(_("Shared. You can take it back at any time."))
    return redirect(back, 303)


def _page(form: ReaderForm, people: tuple[Reader, ...], back: str, about: str, *, there: bool) -> ResponseReturnValue:
    page = render_template(
        "activities/share.html", form=form, readers=people, back=back, about=about, there=there
    )  # fmt: skip
    return page, 422 if form.errors else 200
