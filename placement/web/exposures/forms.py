from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from placement.domain.exposures import LONGEST_MINUTES, LONGEST_STEP, LONGEST_WORDS, TryWords
from placement.queries.exposures.ladder import ShiftName
from placement.usecases.exposures.tries import Plan
from placement.web.forms import DayField, VersionedForm, trimmed
from placement.web.words import clock, day


def _fear(label: str) -> IntegerField:
    return IntegerField(
        label,
        validators=[Optional(), NumberRange(0, 100, _l("Please enter a number from 0 to 100, or leave it empty."))],
    )


class StepForm(VersionedForm):
    """``key``: made for every new form, so that a double tap is one step."""

    key = HiddenField()
    text = StringField(
        _l("What is the step?"),
        filters=[trimmed],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=LONGEST_STEP)],
    )
    expected = _fear(_l("How much fear does it make? From 0 to 100"))


class PlanForm(VersionedForm):
    """When, and what is expected. ``shift``: the one that carries it; its day counts then."""

    key = HiddenField()
    day = DayField(_l("Day"), validators=[Optional()])
    shift = SelectField(_l("On a shift?"), validators=[Optional()], validate_choice=False)
    predicted = _fear(_l("How much fear do you expect? From 0 to 100"))

    def offer(self, shifts: Sequence[ShiftName]) -> None:
        self.shift.choices = [("", gettext("No, at another time"))]
        self.shift.choices += [(one.public_id, f"{day(one.day)}, {clock(one.start)}: {one.where}") for one in shifts]

    @property
    def plan(self) -> Plan:
        """What was filled in; ask only after it was found valid."""
        return Plan(self.day.data, self.predicted.data, self.shift.data or None)


class WriteForm(VersionedForm):
    """How it was; everything may be skipped."""

    peak = _fear(_l("How much fear was it at its highest? From 0 to 100"))
    at_end = _fear(_l("And at the end? From 0 to 100"))
    minutes = IntegerField(
        _l("How many minutes did it take?"),
        validators=[
            Optional(),
            NumberRange(0, LONGEST_MINUTES, _l("Please enter a number up to %(max)s, or leave it empty.")),
        ],
    )
    safety = TextAreaField(
        _l("What did you do to feel safe?"), filters=[trimmed], validators=[Length(max=LONGEST_WORDS)]
    )
    learned = TextAreaField(_l("What did you learn?"), filters=[trimmed], validators=[Length(max=LONGEST_WORDS)])

    @property
    def words(self) -> TryWords:
        return TryWords(self.safety.data or "", self.learned.data or "")
