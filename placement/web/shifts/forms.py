"""Forms about shifts. A time that comes twice is asked about only when it does."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from placement.domain.attendance import ensure_clear
from placement.domain.patterns import MOST_WEEKS, Holidays, holiday_words, rhythm_words
from placement.domain.shifts import Attendance, PlannedTime, attendance_words
from placement.web.forms import DayField, VersionedForm
from placement.web.words import say

_FOLDS = [SelectChoice("0", _l("the first time")), SelectChoice("1", _l("the second time, an hour later"))]


class PatternForm(VersionedForm):
    """The week itself is read by ``web.weeks``. ``seen``: the fingerprint of the outlook that was shown."""

    first = DayField(_l("From"), validators=[InputRequired(_l("Enter a day."))])
    last = DayField(_l("Until"), validators=[Optional()])
    every_weeks = SelectField(_l("How often"))
    holidays = RadioField(_l("Public holidays"))
    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rhythms = range(1, MOST_WEEKS + 1)
        self.every_weeks.choices = [SelectChoice(str(weeks), say(rhythm_words(weeks))) for weeks in rhythms]
        self.holidays.choices = [SelectChoice(rule.value, say(holiday_words(rule))) for rule in Holidays]


class TimesForm(VersionedForm):
    """A single shift in the shop's local time; an end before the start is on the next day.

    ``seen``: what was shown to speak against it.
    """

    day = DayField(_l("Day"), validators=[InputRequired(_l("Enter a day."))])
    start = TimeField(_l("Begins at"), validators=[InputRequired(_l("Enter a time."))])
    end = TimeField(_l("Ends at"), validators=[InputRequired(_l("Enter a time."))])
    start_fold = RadioField(_l("Which start?"), choices=_FOLDS, validators=[Optional()])
    end_fold = RadioField(_l("Which end?"), choices=_FOLDS, validators=[Optional()])
    seen = HiddenField()

    def planned(self, zone: str) -> PlannedTime:
        """The time as it was entered. Raises Refused on one that can't be, or that has to be told apart first."""
        folds = fold_of(self.start_fold), fold_of(self.end_fold)
        found = PlannedTime(self.day.data, self.start.data, self.end.data, zone, *(fold or 0 for fold in folds))
        ensure_clear(found, *folds)
        return found


class AttendanceForm(VersionedForm):
    attendance = RadioField(_l("Attendance"), validators=[InputRequired(_l("Choose one of the answers."))])
    actual_start = TimeField(_l("Really started"), validators=[Optional()])
    actual_end = TimeField(_l("Really ended"), validators=[Optional()])
    actual_start_fold = RadioField(_l("Which start?"), choices=_FOLDS, validators=[Optional()])
    actual_end_fold = RadioField(_l("Which end?"), choices=_FOLDS, validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attendance.choices = [SelectChoice(value.value, say(attendance_words(value))) for value in Attendance]


def fold_of(field: RadioField) -> int | None:
    """0, 1, or None while nobody had to choose."""
    return int(field.data) if field.data in ("0", "1") else None
