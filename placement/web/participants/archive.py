"""Putting a record away and taking it back out, each after a question."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.participants.editing import head
from placement.usecases.participants.archive import archive_participant, restore_participant
from placement.web import gate
from placement.web.current import actor, reads, work
from placement.web.forms import Form
from placement.web.gate import requires
from placement.web.participants.blueprint import participants
from placement.web.words import say


@participants.route("/participants/<public_id>/archive", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_CREATE)
def archive(public_id: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.PARTICIPANT_CREATE)
    gate.record(person.id)
    back = url_for("participants.show", public_id=public_id)
    if Form().validate_on_submit():
        try:
            archive_participant(work(), actor(), public_id)
        except Refused as error:
            flash(say(error.reason), "error")
            return redirect(back, 303)
        flash(_("%(name)s is archived.", name=person.name))
        return redirect(url_for("participants.index"), 303)
    return render_template("participants/archive.html", person=person, back=back)


@participants.route("/participants/<public_id>/restore", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_CREATE)
def restore(public_id: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.PARTICIPANT_CREATE)
    gate.record(person.id)
    back = url_for("participants.show", public_id=public_id)
    if Form().validate_on_submit():
        restore_participant(work(), actor(), public_id)
        flash(_("%(name)s is back.", name=person.name))
        return redirect(back, 303)
    return render_template("participants/restore.html", person=person, back=back)
