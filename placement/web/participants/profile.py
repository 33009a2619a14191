"""Taking somebody in, and changing the profile: staff all of it, participants what is theirs."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.participants import ParticipantStatus, TravelMode
from placement.domain.profiles import OWN_FIELDS
from placement.policy.permissions import Permission
from placement.queries.participants import editing
from placement.usecases.participants.create import CreateParticipant, create_participant
from placement.usecases.participants.edit import EditOwnProfile, EditParticipant, edit_own_profile, edit_participant
from placement.web import gate
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import requires
from placement.web.participants.blueprint import participants
from placement.web.participants.forms import ContactForm, NewParticipantForm, ProfileForm


@participants.route("/participants/new", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_CREATE)
def new() -> ResponseReturnValue:
    form = NewParticipantForm(
        accounts=_accounts(None),
        none=_no_account(),
        status=ParticipantStatus.WAITING.value,
        travel_mode=TravelMode.TRANSIT.value,
    )
    if form.validate_on_submit():
        try:
            public_id = create_participant(work(), actor(), CreateParticipant(**_profile(form)))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("%(name)s is in. Next: when, what and where would work?", name=form.preferred_name.data))
            return redirect(url_for("participants.show", public_id=public_id), 303)
    return render_template("participants/new.html", form=form), 422 if form.errors else 200


@participants.route("/participants/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_CREATE)
def edit(public_id: str) -> ResponseReturnValue:
    found = editing.profile_form(reads(), actor(), public_id)
    gate.record(found.head.id)
    form = ProfileForm(
        obj=found.profile,
        account=found.account or "",
        version=found.head.version,
        accounts=_accounts(public_id),
        none=_no_account(),
    )
    back = url_for("participants.show", public_id=public_id)
    if form.validate_on_submit():
        command = EditParticipant(public_id=public_id, version=form.seen_version, **_profile(form))
        try:
            edit_participant(work(), actor(), command)
        except Stale as error:
            return conflict_page(form, error, back)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return render_template("participants/edit.html", form=form, person=found.head), 422 if form.errors else 200


@participants.route("/me/contact", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_EDIT)
def my_contact() -> ResponseReturnValue:
    own = editing.head(reads(), actor(), None, Permission.PARTICIPANT_EDIT)
    found = editing.profile_form(reads(), actor(), own.public_id)
    gate.record(own.id)
    form = ContactForm(obj=found.profile, version=own.version)
    back = url_for("participants.me")
    if form.validate_on_submit():
        values = {name: form.values[name] for name in OWN_FIELDS} | {"travel_mode": TravelMode(form.travel_mode.data)}
        try:
            edit_own_profile(work(), actor(), EditOwnProfile(own.public_id, form.seen_version, values))
        except Stale as error:
            return conflict_page(form, error, back)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved. Thank you."))
            return redirect(back, 303)
    return render_template("participants/my_contact.html", form=form), 422 if form.errors else 200


def _profile(form: ProfileForm) -> dict[str, Any]:
    """The form's values as the use cases take them."""
    values = {name: value for name, value in form.values.items() if name != "version"}
    values["travel_mode"] = TravelMode(values["travel_mode"])
    values["status"] = ParticipantStatus(values["status"])
    values["account"] = values["account"] or None
    return values


def _accounts(public_id: str | None) -> list[tuple[str, str]]:
    return [(choice.public_id, choice.name) for choice in editing.linkable_accounts(reads(), actor(), public_id)]


def _no_account() -> str:
    return _("does not sign in (yet)")
