"""What somebody can do: 0 to 5, or unknown."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Stale
from placement.domain.participants import TRAIT_LEVELS
from placement.policy.permissions import Permission
from placement.queries.participants.editing import head
from placement.queries.participants.parts import AbilityLine
from placement.queries.participants.parts import abilities as ability_lines
from placement.usecases.participants.abilities import set_abilities
from placement.web import gate
from placement.web.current import actor, reads, work
from placement.web.forms import whole_number
from placement.web.gate import requires
from placement.web.participants.blueprint import participants
from placement.web.participants.choices import choices_form
from placement.web.words import say


@participants.route("/participants/<public_id>/abilities", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_ABILITIES)
def abilities(public_id: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.PARTICIPANT_ABILITIES)
    gate.record(person.id)
    lines = ability_lines(reads(), actor(), person.id)
    form = choices_form((line.public_id, say(line.name), _levels(line), _text(line.level)) for line in lines)
    back = url_for("participants.show", public_id=public_id, _anchor="abilities")
    if form.validate_on_submit():
        try:
            set_abilities(work(), actor(), public_id, _read(form.changed), seen=_read(form.was))
        except Stale as error:
            return form.conflict(error, back)
        flash(_("Saved."))
        return redirect(back, 303)
    status = 422 if form.errors else 200
    return render_template("participants/abilities.html", form=form, person=person, lines=lines), status


def _levels(line: AbilityLine) -> list[tuple[str, str]]:
    """Unknown, then the levels, the ends in the trait's words."""
    ends = {0: say(line.low), TRAIT_LEVELS[-1]: say(line.high)}
    levels = [(str(level), f"{level} · {ends[level]}" if level in ends else str(level)) for level in TRAIT_LEVELS]
    return [("", _("unknown")), *levels]


def _text(level: int | None) -> str:
    return "" if level is None else str(level)


def _read(values: dict[str, str]) -> dict[str, int | None]:
    return {key: whole_number(text) for key, text in values.items()}
