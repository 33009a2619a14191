"""Forms of work limits and step plans."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from placement.domain.limits import MOST_STAGES
from placement.usecases.limits.plan import LONGEST_RESULT, LONGEST_WORDS, NewStage
from placement.usecases.limits.record import LONGEST_NAME, LONGEST_OTHER, LimitValues
from placement.web.forms import DayField, Form, NumberField, VersionedForm, trimmed

_SAY_DAY = _l("Enter a day.")


def _hours(label: str, most: int) -> NumberField:
    return NumberField(
        label,
        validators=[
            Optional(), NumberRange(0.25, most, _l("Please enter a number up to %(max)s, or leave it empty."))
        ],
    )  # fmt: skip


def _whole(label: str, most: int) -> IntegerField:
    return IntegerField(
        label,
        validators=[Optional(), NumberRange(1, most, _l("Please enter a number up to %(max)s, or leave it empty."))],
    )


class LimitForm(VersionedForm):
    """``key``: made for every new form, so that a double tap is one entry."""

    key = HiddenField()
    given_by = StringField(
        _l("By whose word"),
        description=_l("For example “Dr. Weber, GP”. The shop does not read it."),
        filters=[trimmed],
        validators=[InputRequired(_l("Please say by whose word.")), Length(max=LONGEST_NAME)],
    )
    valid_from = DayField(_l("From"), validators=[InputRequired(_SAY_DAY)])
    valid_until = DayField(
        _l("Until"), description=_l("Around this day it stands on the day page."), validators=[Optional()]
    )  # fmt: skip
    cleared = BooleanField(_l("May work"), description=_l("Without a tick: no work at all in this time."))
    hours_day = _hours(_l("Hours a day, at most"), 24)
    hours_week = _hours(_l("Hours a week, at most"), 60)
    lift_kg = _whole(_l("Lifting, at most so many kilograms"), 100)
    standing_minutes = _whole(_l("Standing at a time, at most so many minutes"), 1440)
    no_nights = BooleanField(_l("No work at night"))
    no_noise = BooleanField(_l("No noise"))
    not_alone_at_till = BooleanField(_l("Not alone at the till"))
    other = StringField(
        _l("Something else"),
        description=_l("What is possible, never why: the shop reads this line."),
        filters=[trimmed],
        validators=[Length(max=LONGEST_OTHER)],
    )

    @property
    def limit(self) -> LimitValues:
        """What was filled in; ask only after it was found valid."""
        return LimitValues(
            self.given_by.data or "",
            self.valid_from.data,
            self.valid_until.data,
            self.cleared.data,
            self.hours_day.data,
            self.hours_week.data,
            self.lift_kg.data,
            self.standing_minutes.data,
            self.no_nights.data,
            self.no_noise.data,
            self.not_alone_at_till.data,
            self.other.data or "",
        )


class PlanForm(Form):
    """Steps are numbered fields: ``first_1``, ``hours_1``, ``days_1``, ``words_1`` and so on; empty ones are none."""

    key = HiddenField()
    given_by = StringField(
        _l("Whose plan is it?"),
        description=_l("For example “Dr. Weber, GP”. The shop does not read it."),
        filters=[trimmed],
        validators=[InputRequired(_l("Please say whose plan it is.")), Length(max=LONGEST_NAME)],
    )
    last_day = DayField(_l("Last day of the plan"), validators=[InputRequired(_SAY_DAY)])

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields of each step, in order."""
        return [{name: self[f"{name}_{number}"] for name in _STEP} for number in range(1, MOST_STAGES + 1)]

    def validate(self, extra_validators: Any = None) -> bool:
        """A step that is begun needs its day, hours and days."""
        found = bool(super().validate(extra_validators))
        for row in self.rows:
            needed = [row[name] for name in ("first", "hours", "days")]
            if any(field.data is not None for field in needed) or row["words"].data:
                for field in needed:
                    if field.data is None and not field.errors:
                        field.errors = [gettext("Please fill this in, or leave the whole step empty.")]
                        found = False
        return found

    @property
    def stages(self) -> tuple[NewStage, ...]:
        """The steps that were filled in; ask only after they were found valid."""
        filled = [row for row in self.rows if row["first"].data is not None]
        return tuple(
            NewStage(row["first"].data, row["hours"].data, row["days"].data, row["words"].data or "") for row in filled
        )


_STEP = ("first", "hours", "days", "words")

for _number in range(1, MOST_STAGES + 1):
    setattr(PlanForm, f"first_{_number}", DayField(_l("From"), validators=[Optional()]))
    setattr(PlanForm, f"hours_{_number}", _hours(_l("Hours a day"), 24))
    setattr(PlanForm, f"days_{_number}", _whole(_l("Days a week"), 7))
    setattr(
        PlanForm,
        f"words_{_number}",
        StringField(_l("What the work may be"), filters=[trimmed], validators=[Length(max=LONGEST_WORDS)]),
    )


class EmployerForm(VersionedForm):
    by = StringField(
        _l("Who agreed for the employer?"),
        filters=[trimmed],
        validators=[InputRequired(_l("Please say who agreed for the employer.")), Length(max=LONGEST_NAME)],
    )


class ResultForm(VersionedForm):
    result = TextAreaField(
        _l("Result"),
        description=_l("What was possible, for how long, and what helped. The participant reads it, too."),
        filters=[trimmed],
        validators=[InputRequired(_l("Please write the result.")), Length(max=LONGEST_RESULT)],
    )


class ReduceForm(Form):
    hours = NumberField(
        _l("At most so many hours a day, from today on"),
        validators=[InputRequired(_l("Please enter the hours.")), NumberRange(0.25, 24)],
    )
