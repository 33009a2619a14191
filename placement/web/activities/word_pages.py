"""The participant's own words about an activity."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.activities.one import ActivityPage, own_activity_page
from placement.usecases.activities.words import SayWords, remove_words, say_words
from placement.web.activities.blueprint import activities
from placement.web.activities.forms import WordsForm
from placement.web.current import actor, cipher, now, reads, work
from placement.web.gate import record, requires


@activities.route("/activities/<public_id>/words", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_OWN)
def words(public_id: str) -> ResponseReturnValue:
    found = _own(public_id)
    back = url_for("activities.show", public_id=public_id)
    form = WordsForm(data={"text": found.words.text})
    if form.validate_on_submit():
        try:
            say_words(work(), actor(), SayWords(public_id, form.text.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template("activities/words.html", form=form, found=found, back=back)
    return page, 422 if form.errors else 200


@activities.route("/activities/<public_id>/words/remove", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_OWN)
def unsay(public_id: str) -> ResponseReturnValue:
    """Delete them, after asking."""
    found = _own(public_id)
    if request.method == "POST":
        remove_words(work(), actor(), public_id)
        flash(_("Your words are deleted."))
        to = url_for("activities.mine") if found.off_list else url_for("activities.show", public_id=public_id)
        return redirect(to, 303)
    back = url_for("activities.show", public_id=public_id)
    return render_template("activities/unsay.html", found=found, back=back)


def _own(public_id: str) -> ActivityPage:
    found = own_activity_page(reads(), actor(), cipher(), now(), public_id)
    record(found.participant_id)
    return found
