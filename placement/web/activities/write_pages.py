"""Writing an activity down, changing it, taking it off the list."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.occasions import occasion_words
from placement.policy.permissions import Permission
from placement.queries.activities.listing import person_of
from placement.queries.activities.occasions import sessions_around
from placement.queries.activities.one import ActivityPage, activity_to_edit
from placement.usecases.activities.write import (
    ChangeActivity,
    WriteActivity,
    archive_activity,
    change_activity,
    write_activity,
)
from placement.web.activities.blueprint import activities
from placement.web.activities.forms import ActivityForm
from placement.web.current import actor, cipher, now, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.undo import flash_undo
from placement.web.words import day, say


@activities.route("/participants/<public_id>/activities/new", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_WRITE)
def new(public_id: str) -> ResponseReturnValue:
    person = person_of(reads(), actor(), public_id, Permission.ACTIVITY_WRITE)
    record(person.id)
    sessions = sessions_around(reads(), actor(), now(), person.id)
    form = ActivityForm(data={"key": str(uuid4()), "day": today()})
    form.offer(sessions)
    if form.validate_on_submit():
        command = WriteActivity(public_id, form.told(sessions), form.key.data or "")
        try:
            made = write_activity(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved. %(name)s sees it, too.", name=person.name))
            return redirect(url_for("activities.show", public_id=made), 303)
    back = url_for("activities.with_person", public_id=public_id)
    page = render_template(
        "activities/edit.html", form=form, name=person.name, archived=person.archived, made=None, back=back
    )
    return page, 422 if form.errors else 200


@activities.route("/activities/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_WRITE)
def edit(public_id: str) -> ResponseReturnValue:
    found = activity_to_edit(reads(), actor(), cipher(), now(), public_id)
    record(found.participant_id)
    sessions = sessions_around(reads(), actor(), now(), found.participant_id)
    back = url_for("activities.show", public_id=public_id)
    form = ActivityForm(data=_fields(found))
    form.offer(sessions, _kept(found))
    if form.validate_on_submit():
        told = form.told(sessions)
        try:
            change_activity(work(), actor(), ChangeActivity(public_id, form.seen_version, told))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template(
        "activities/edit.html", form=form, name=found.person, archived=found.archived, made=found, back=back
    )
    return page, 422 if form.errors else 200


@activities.post("/activities/<public_id>/archive")
@requires(Permission.ACTIVITY_WRITE)
def archive(public_id: str) -> ResponseReturnValue:
    """Take it off the list; ``again``: put it back."""
    again = request.form.get("again") == "1"
    try:
        person = archive_activity(work(), actor(), public_id, again=again)
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("activities.show", public_id=public_id), 303)
    if again:
        flash(_("It is on the list again."))
        return redirect(url_for("activities.show", public_id=public_id), 303)
    flash_undo(_("It is off the list."), url_for("activities.archive", public_id=public_id), again="1")
    return redirect(url_for("activities.with_person", public_id=person), 303)


def _fields(found: ActivityPage) -> dict[str, object]:
    of = found.part_of.occasion if found.part_of is not None else ""
    return {
        "name": found.name, "meant_for": found.meant_for, "day": found.day, "minutes": found.minutes,
        "occasion": of, "version": found.version,
    }  # fmt: skip


def _kept(found: ActivityPage) -> tuple[str, str] | None:
    """The session it is part of, as a choice."""
    if found.part_of is None:
        return None
    words = occasion_words(found.part_of.kind, found.part_of.group)
    return found.part_of.occasion, f"{say(words) if words is not None else ''}, {day(found.day)}"
