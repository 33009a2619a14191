"""Forms of openings: the opening itself, and what it asks for and offers."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from placement.queries.employers.choices import NeedsChoices, TraitChoice
from placement.web.forms import DayField, NumberField, VersionedForm, trimmed
from placement.web.words import wording

MOST_PLACES = 999


class OpeningForm(VersionedForm):
    role = StringField(
        _l("Role"),
        description=_l("For example “Stock helper”."),
        filters=[trimmed],
        validators=[InputRequired(_l("Enter a role.")), Length(max=120)],
    )
    description = TextAreaField(
        _l("Description"),
        description=_l("What a day there is like, in plain words. Participants read it."),
        filters=[trimmed],
        validators=[Length(max=4000)],
    )
    capacity = IntegerField(
        _l("Places"),
        validators=[
            InputRequired(_l("Enter how many places there are.")),
            NumberRange(1, MOST_PLACES, _l("There must be at least one place.")),
        ],
    )
    first_day = DayField(_l("First day"), validators=[InputRequired(_l("Enter a day."))])
    last_day = DayField(_l("Last day"), validators=[Optional()])
    minimum_weekly_hours = NumberField(
        _l("Minimum hours a week"),
        description=_l("Leave it empty if somebody should come for the whole pattern."),
        validators=[Optional(), NumberRange(min=0)],
    )


class CheckboxesField(SelectMultipleField):
    option_widget = CheckboxInput()
    widget = ListWidget(prefix_label=False)


class NeedsForm(VersionedForm):
    """One pair of selects a trait is added by :func:`needs_form`."""

    tasks = CheckboxesField(_l("Tasks"))
    accommodations = CheckboxesField(_l("What the shop can offer"))

    def pair(self, trait: TraitChoice) -> tuple[SelectField, SelectField]:
        """The level and weight fields of a trait."""
        return self[f"level_{trait.public_id}"], self[f"weight_{trait.public_id}"]

    def requirements(self, traits: list[TraitChoice]) -> dict[str, tuple[int, int]]:
        """Trait's public id → (level, weight) of those that are asked for."""
        pairs = {trait.public_id: self.pair(trait) for trait in traits}
        return {key: (int(level.data), int(weight.data)) for key, (level, weight) in pairs.items() if level.data != ""}


def weight_words() -> list[tuple[str, str]]:
    """How much a requirement counts, 1 to 5."""
    return [
        ("1", _("hardly matters")),
        ("2", _("matters a little")),
        ("3", _("matters")),
        ("4", _("matters a lot")),
        ("5", _("essential")),
    ]


def needs_form(choices: NeedsChoices, version: int, use_profile: bool) -> NeedsForm:
    """The form for this catalog, filled with what is stored; where a profile is chosen, with the profile's traits."""
    fields: dict[str, Any] = {}
    weights = [SelectChoice(*choice) for choice in weight_words()]
    for trait in choices.traits:
        fields[f"level_{trait.public_id}"] = SelectField(wording(trait.name), choices=_levels(trait))
        label = _("%(trait)s: how much it matters", trait=wording(trait.name))
        fields[f"weight_{trait.public_id}"] = SelectField(label, choices=weights)
    form: NeedsForm = type("NeedsForm", (NeedsForm,), fields)(data=_stored(choices, version, use_profile))
    form.tasks.choices = [SelectChoice(task.public_id, wording(task.name)) for task in choices.tasks]
    form.accommodations.choices = [SelectChoice(one.public_id, wording(one.name)) for one in choices.accommodations]
    return form


def _stored(choices: NeedsChoices, version: int, use_profile: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "version": version,
        "tasks": [task.public_id for task in choices.tasks if task.chosen],
        "accommodations": [one.public_id for one in choices.accommodations if one.chosen],
    }
    for trait in choices.traits:
        level, weight = trait.level, trait.weight
        if use_profile and trait.profile_level is not None:
            level, weight = trait.profile_level, trait.profile_weight
        data[f"level_{trait.public_id}"] = "" if level is None else str(level)
        data[f"weight_{trait.public_id}"] = str(weight or 3)
    return data


def _levels(trait: TraitChoice) -> list[SelectChoice]:
    ends = {0: wording(trait.low), 5: wording(trait.high)}
    return [
        SelectChoice("", _("not asked for")),
        *(SelectChoice(str(level), f"{level}: {ends[level]}" if level in ends else str(level)) for level in range(6)),
    ]
