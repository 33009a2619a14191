"""How long somebody needs to shops: minutes that go before the estimate by distance."""

from __future__ import annotations

import json
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional

from placement.domain.errors import Stale
from placement.policy.permissions import Permission
from placement.queries.participants.editing import head
from placement.queries.participants.ways import WayLine
from placement.queries.participants.ways import ways as way_lines
from placement.usecases.participants.ways import MOST_MINUTES, set_ways
from placement.web import gate
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.forms import VersionedForm, whole_number
from placement.web.gate import requires
from placement.web.lists import asked, given
from placement.web.participants.blueprint import participants

_RANGE = NumberRange(0, MOST_MINUTES, _l("Enter whole minutes, at most a day."))


class WaysForm(VersionedForm):
    """One number for each shop, ``to-<public id>``; ``seen`` holds the numbers the page was drawn with."""

    seen = HiddenField()

    def shops(self) -> dict[str, int | None]:
        return {name[3:]: field.data for name, field in self._fields.items() if name.startswith("to-")}

    def was(self) -> dict[str, int | None]:
        """What is missing or foreign counts as not known."""
        try:
            found = json.loads(self.seen.data or "{}")
        except (ValueError, RecursionError):
            return {}
        return {key: whole_number(str(value)) for key, value in found.items()} if isinstance(found, dict) else {}


@participants.route("/participants/<public_id>/ways", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def ways(public_id: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.MATCHING_RUN)
    gate.record(person.id)
    q = asked("q")
    lines = way_lines(reads(), actor(), person.id, q)
    form, back = _form(lines), url_for("participants.show", public_id=public_id, _anchor="contact")
    if form.validate_on_submit():
        was, now = form.was(), form.shops()
        changed = {site: minutes for site, minutes in now.items() if minutes != was.get(site)}
        try:
            set_ways(work(), actor(), public_id, changed, seen=was)
        except Stale as error:
            named = Stale(0, {f"to-{site}": minutes for site, minutes in error.current.items()})
            return conflict_page(form, named, back, seen=json.dumps({**was, **error.current}))
        flash(_("Saved."))
        return redirect(url_for("participants.ways", public_id=public_id, **given(q=q)), 303)
    page = render_template("participants/ways.html", form=form, person=person, lines=lines, q=q, back=back)
    return page, 422 if form.errors else 200


def _form(lines: list[WayLine]) -> WaysForm:
    fields: dict[str, Any] = {
        f"to-{line.public_id}": IntegerField(_label(line), validators=[Optional(), _RANGE]) for line in lines
    }
    data: dict[str, Any] = {f"to-{line.public_id}": line.minutes for line in lines}
    data["seen"] = json.dumps({line.public_id: line.minutes for line in lines})
    form: WaysForm = type("ShopsForm", (WaysForm,), fields)(data=data)
    return form


def _label(line: WayLine) -> str:
    # Shops of a chain often carry its name already.
    return line.name if line.name.startswith(line.employer) else f"{line.employer}, {line.name}"
