"""What somebody cannot do without."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from placement.domain.errors import Stale
from placement.policy.permissions import Permission
from placement.queries.participants.editing import head, need_choices
from placement.usecases.participants.needs import set_needs
from placement.web import gate
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import requires
from placement.web.participants.blueprint import participants
from placement.web.participants.forms import NeedsForm
from placement.web.words import say


@participants.route("/participants/<public_id>/needs", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_ABILITIES)
def needs(public_id: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.PARTICIPANT_ABILITIES)
    gate.record(person.id)
    lines = need_choices(reads(), actor(), person.id)
    now = [line.public_id for line in lines if line.needed]
    form = NeedsForm(data={"needs": now, "seen": " ".join(now)})
    form.needs.choices = [SelectChoice(line.public_id, say(line.name)) for line in lines]
    back = url_for("participants.show", public_id=public_id, _anchor="needs")
    if form.validate_on_submit():
        wanted, seen = frozenset(form.needs.data or []), frozenset((form.seen.data or "").split())
        try:
            set_needs(work(), actor(), public_id, wanted, seen=seen)
        except Stale as error:
            return conflict_page(form, error, back, seen=" ".join(error.current["needs"]))
        flash(_("Saved."))
        return redirect(back, 303)
    return render_template("participants/needs.html", form=form, person=person), 422 if form.errors else 200
