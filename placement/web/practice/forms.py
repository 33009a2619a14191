"""Forms about what somebody practices."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from placement.domain.practice import LONGEST_NAME, LONGEST_PLAN, LONGEST_WHO
from placement.queries.practice.choices import Choices
from placement.queries.programs.scale import LevelRow
from placement.usecases.practice.plan import PracticeValues
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import wording


class PlanForm(VersionedForm):
    """Where somebody began, where they want to get, where and when."""

    baseline = SelectField(
        _l("At the beginning"), description=_l("How much help it needs now, before you practice."),
        validators=[Optional()],
    )  # fmt: skip
    baseline_on = DayField(_l("Seen on"), validators=[Optional()])
    target = SelectField(
        _l("The aim"), description=_l("How much help it may still need then."), validators=[Optional()]
    )
    target_on = DayField(_l("By when"), validators=[Optional()])
    plan = TextAreaField(
        _l("Where and when"),
        description=_l("For example “Monday to Friday at 7, at home”."),
        filters=[trimmed],
        validators=[Length(max=LONGEST_PLAN)],
    )

    def offer(self, levels: tuple[LevelRow, ...]) -> None:
        """The program's levels, from alone to most help."""
        words = [("", _l("not said")), *((level.public_id, wording(level.name)) for level in levels)]
        self.baseline.choices = self.target.choices = words

    @property
    def plan_values(self) -> PracticeValues:
        """What was filled in; ask only after it was found valid."""
        return PracticeValues(
            self.baseline.data or "",
            self.baseline_on.data,
            self.target.data or "",
            self.target_on.data,
            self.plan.data or "",
        )


class AddForm(PlanForm):
    """``task``: "task:<public id>" or "template:<key>"; or something of one's own with its area."""

    task: Any = SelectField(_l("What do you want to practice?"), validators=[Optional()], validate_choice=False)
    name = StringField(_l("Or something of your own"), filters=[trimmed], validators=[Length(max=LONGEST_NAME)])
    area = SelectField(_l("It belongs to"), validators=[Optional()])

    def offer_tasks(self, found: Choices) -> None:
        self.offer(found.levels)
        groups = [(wording(area), [(key, wording(name)) for key, name in rows]) for area, rows in found.groups]
        self.task.choices = {"–": [("", _l("nothing chosen"))], **dict(groups)}
        self.area.choices = [(key, wording(name)) for key, name in found.areas]


class InviteForm(Form):
    name = StringField(
        _l("Who is it?"),
        description=_l("For example “Mom”. The people who look after you see this name."),
        filters=[trimmed],
        validators=[InputRequired(_l("Please say who it is.")), Length(max=LONGEST_WHO)],
    )


class DayForm(Form):
    day = DayField(_l("Day"), validators=[InputRequired(_l("Please enter the day."))])
