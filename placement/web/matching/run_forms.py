"""Forms of a new run: what counts, what is aimed for, whom and what to match."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import RangeInput

from placement.domain.matching.presets import PRESETS, TOP, sliders_from_weights, weights_from_sliders
from placement.domain.matching.problem import Mode, Settings, Weights
from placement.domain.participants import ParticipantStatus
from placement.queries.matching.cohort import OpeningFilter, PeopleFilter
from placement.web.forms import DayField, Form, trimmed
from placement.web.lists import LONGEST
from placement.web.matching.aims import AIMS
from placement.web.matching.forms import Ticks

ALL, CHOSEN = "all", "chosen"
#: The radio that makes the sliders count.
OWN = "own"
FACTORS = tuple(Weights.__slots__)
#: Everybody who may be placed, or one status.
EVERYBODY = "everybody"
STATUSES = [one.value for one in ParticipantStatus if one is not ParticipantStatus.FINISHED] + [EVERYBODY]


class Slider(IntegerField):
    """0 (does not count) to 10, drawn as a slider; stands where the first preset has it."""

    widget = RangeInput()

    def __init__(self, label: str, place: int, **kwargs: Any) -> None:
        checks = [NumberRange(0, TOP, _l("Choose a number from 0 to 10."))]
        super().__init__(label, validators=checks, default=PRESETS[0].sliders[place], **kwargs)


class GoalForm(Form):
    """What counts and what is aimed for. Without script the sliders count only with their own radio."""

    name = StringField(
        _l("Name of the run"),
        description=_l("For example “Winter cohort”."),
        filters=[trimmed],
        validators=[InputRequired(_l("Enter a name.")), Length(max=120)],
    )
    preset = RadioField(
        _l("What counts most"),
        choices=[SelectChoice(key, "") for key in (*(one.key for one in PRESETS), OWN)],
        default=PRESETS[0].key,
    )
    profile = Slider(_l("Abilities"), 0)
    wishes = Slider(_l("Wishes"), 1)
    travel = Slider(_l("Travel"), 2)
    schedule = Slider(_l("Schedule"), 3)
    mode = RadioField(
        _l("What is fair"), choices=[SelectChoice(aim.mode.value, "") for aim in AIMS], default=Mode.TOTAL.value
    )
    minimum_fit = IntegerField(
        _l("Minimum fit in percent"),
        description=_l("Nobody below it is placed, even if more people could be. 0 places as many as possible."),
        default=0,
        validators=[
            InputRequired(_l("Enter a number from 0 to 100.")),
            NumberRange(0, 100, _l("Enter a number from 0 to 100.")),
        ],
    )

    def validate_profile(self, field: IntegerField) -> None:
        if self.preset.data == OWN and not any(self.sliders):
            raise ValidationError(_l("At least one of the four must count."))

    @property
    def sliders(self) -> tuple[int, int, int, int]:
        return (self.profile.data or 0, self.wishes.data or 0, self.travel.data or 0, self.schedule.data or 0)

    @property
    def settings(self) -> Settings:
        """What was chosen; only after the form was found valid."""
        known = {preset.key: preset.weights for preset in PRESETS}
        weights = known.get(self.preset.data) or weights_from_sliders(*self.sliders)
        return Settings(weights, (self.minimum_fit.data or 0) * 100, Mode(self.mode.data))

    def fill(self, name: str, settings: Settings) -> None:
        """Show an earlier run's choice."""
        self.name.data = name
        self.minimum_fit.data = settings.minimum_fit // 100
        self.mode.data = settings.mode.value
        self.preset.data = next((one.key for one in PRESETS if one.weights == settings.weights), OWN)
        self.show_sliders(sliders_from_weights(settings.weights))

    def show_sliders(self, sliders: tuple[int, int, int, int]) -> None:
        for name, value in zip(FACTORS, sliders, strict=True):
            self[name].data, self[name].raw_data = value, None

    def show_preset(self) -> None:
        """Put the sliders where the chosen preset has them."""
        for preset in PRESETS:
            if preset.key == self.preset.data:
                self.show_sliders(preset.sliders)


class RunForm(GoalForm):
    """Who and what to match as well. The searches are read beside it."""

    status = SelectField(
        _l("Status"), choices=[SelectChoice(one, "") for one in STATUSES], default=ParticipantStatus.WAITING.value
    )
    staff = SelectField(_l("Accompanied by"), validate_choice=False, default="")
    who = RadioField(_l("Who"), choices=[SelectChoice(ALL, ""), SelectChoice(CHOSEN, "")], default=ALL)
    people = Ticks(_l("People"))
    before = DayField(_l("Beginning before"), validators=[Optional()])
    where = RadioField(_l("Where"), choices=[SelectChoice(ALL, ""), SelectChoice(CHOSEN, "")], default=ALL)
    openings = Ticks(_l("Openings"))

    @property
    def people_filter(self) -> PeopleFilter:
        """What was asked for; what cannot be read counts as not asked."""
        asked = self.status.data if self.status.data in STATUSES else ParticipantStatus.WAITING.value
        status = None if asked == EVERYBODY else ParticipantStatus(asked)
        return PeopleFilter(status, (self.staff.data or "")[:LONGEST], _typed("find-people"))

    @property
    def opening_filter(self) -> OpeningFilter:
        return OpeningFilter(_typed("find-openings"), self.before.data)

    @property
    def narrows_people(self) -> bool:
        return self.people_filter != PeopleFilter() or bool(self.status.errors)

    @property
    def narrows_openings(self) -> bool:
        return self.opening_filter != OpeningFilter() or bool(self.before.errors)


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST]
