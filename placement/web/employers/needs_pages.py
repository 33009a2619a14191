"""What an opening asks for and offers, started from a profile if wanted."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.employers.choices import needs_choices
from placement.queries.employers.opening import opening_alone
from placement.usecases.employers.opening import EditOpeningNeeds, edit_opening_needs
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.employers.blueprint import employers
from placement.web.employers.opening_forms import NeedsForm, needs_form
from placement.web.gate import requires
from placement.web.lists import asked


@employers.route("/openings/<public_id>/needs", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def opening_needs(public_id: str) -> ResponseReturnValue:
    """With ``?profile=`` the form starts from that profile; nothing is saved before the button."""
    opening = opening_alone(reads(), actor(), public_id)
    choices = needs_choices(reads(), actor(), public_id, asked("profile"))
    profile = next((one for one in choices.profiles if one.public_id == asked("profile")), None)
    form = needs_form(choices, opening.version, profile is not None)
    back = url_for("employers.opening", public_id=public_id)
    if form.validate_on_submit():
        command = EditOpeningNeeds(
            public_id, form.seen_version, form.requirements(choices.traits),
            frozenset(form.tasks.data or []), frozenset(form.accommodations.data or []),
        )  # fmt: skip
        try:
            edit_opening_needs(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            stored = needs_form(choices, error.version, False)
            return conflict_page(form, Stale(error.version, _differing(form, stored)), back)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template(
        "employers/opening_needs.html", form=form, choices=choices, line=opening.line, profile=profile, back=back
    )
    return page, 422 if form.errors else 200


def _differing(form: NeedsForm, stored: NeedsForm) -> dict[str, object]:
    """What is stored now where it differs from what was posted, keyed like the form's fields."""
    saved = {name: field.object_data for name, field in stored._fields.items() if name not in ("csrf_token", "version")}
    return {name: value for name, value in saved.items() if _plain(value) != _plain(form[name].data)}


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, list) else value
