from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from placement.domain.sessions import (
    LONGEST_AGREED,
    LONGEST_CHANGE,
    LONGEST_HELPED,
    LONGEST_ITEM,
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_SUMMARY,
    POINTS,
    SAID,
    AgreedState,
    CheckIn,
    agreed_words,
    answer_words,
)
from placement.domain.shifts import Attendance, attendance_words
from placement.queries.sessions.agenda import Partner
from placement.queries.sessions.deputies import Clinician
from placement.usecases.sessions.plan import LONGEST_PLACE, SessionTime
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import say

_FOLDS = [SelectChoice("0", _l("the first time")), SelectChoice("1", _l("the second time, an hour later"))]
_ANSWER = _l("Choose one of the answers.")
_WORDS = _l("Please write a few words.")


class TimeForm(VersionedForm):
    """A session in the program's local time. ``key``: made for every new form, so that a double tap is one session."""

    key = HiddenField()
    day = DayField(_l("Day"), validators=[InputRequired(_l("Enter a day."))])
    start = TimeField(_l("Begins at"), validators=[InputRequired(_l("Enter a time."))])
    end = TimeField(_l("Ends at"), validators=[InputRequired(_l("Enter a time."))])
    start_fold = RadioField(_l("Which start?"), choices=_FOLDS, validators=[Optional()])
    end_fold = RadioField(_l("Which end?"), choices=_FOLDS, validators=[Optional()])
    place = StringField(_l("Where"), filters=[trimmed], validators=[Length(max=LONGEST_PLACE)])

    @property
    def time(self) -> SessionTime:
        """What was filled in; ask only after it was found valid."""
        folds = (int(one.data) if one.data in ("0", "1") else None for one in (self.start_fold, self.end_fold))
        return SessionTime(self.day.data, self.start.data, self.end.data, self.place.data or "", *folds)


class ItemForm(Form):
    """Something to talk about. ``account``: with whom, where there are several."""

    key = HiddenField()
    account = RadioField(_l("With whom?"), validators=[Optional()])
    text = StringField(
        _l("What do you want to talk about?"),
        filters=[trimmed],
        validators=[InputRequired(_WORDS), Length(max=LONGEST_ITEM)],
    )

    def offer(self, partners: Sequence[Partner]) -> None:
        self.account.choices = [(one.public_id, one.name) for one in partners]
        if len(partners) == 1 and not self.account.data:
            self.account.data = partners[0].public_id


class HoldForm(VersionedForm):
    attendance = RadioField(_l("Did the session take place?"), validators=[InputRequired(_ANSWER)])
    summary = TextAreaField(
        _l("Shared summary"), filters=[trimmed], validators=[Length(max=LONGEST_SUMMARY)]
    )  # fmt: skip

    def offer(self) -> None:
        known = [one for one in Attendance if one is not Attendance.UNKNOWN]
        self.attendance.choices = [(one.value, say(attendance_words(one))) for one in known]


class NoteForm(VersionedForm):
    text = TextAreaField(_l("Your note"), filters=[trimmed], validators=[Length(max=LONGEST_NOTE)])


class ReasonForm(Form):
    reason = StringField(
        _l("Why do you need to read it?"),
        filters=[trimmed],
        validators=[InputRequired(_WORDS), Length(max=LONGEST_REASON)],
    )


class AgreedForm(Form):
    key = HiddenField()
    text = StringField(
        _l("What did you agree on?"), filters=[trimmed], validators=[InputRequired(_WORDS), Length(max=LONGEST_AGREED)]
    )
    due_on = DayField(_l("Until when?"), validators=[Optional()])


class SayForm(Form):
    """How an agreed task went."""

    state = RadioField(_l("How did it go?"), validators=[InputRequired(_ANSWER)])
    helped = TextAreaField(
        _l("What helped, or would have helped?"), filters=[trimmed], validators=[Length(max=LONGEST_HELPED)]
    )

    def offer(self) -> None:
        self.state.choices = state_choices()


class CheckInForm(Form):
    """Every question may be skipped."""

    heard = RadioField(validators=[Optional()])
    goals = RadioField(validators=[Optional()])
    way = RadioField(validators=[Optional()])
    useful = RadioField(validators=[Optional()])
    change = TextAreaField(
        _l("One thing I would change"), filters=[trimmed], validators=[Length(max=LONGEST_CHANGE)]
    )  # fmt: skip

    def offer(self) -> None:
        """The five answers and a way to skip, in the reader's language."""
        answers = [(str(value), say(answer_words(value))) for value in range(5, 0, -1)]
        for name, words in POINTS.items():
            self[name].label.text = say(words)
            self[name].choices = [*answers, ("", gettext("skip"))]

    @property
    def answers(self) -> CheckIn:
        values = {name: int(self[name].data) if self[name].data else None for name in POINTS}
        return CheckIn(**values, change=self.change.data or "")


class DeputyForm(Form):
    """``account``: whose notes; left out where somebody names a deputy for themself."""

    account = SelectField(_l("For whom"), validators=[Optional()])
    deputy = SelectField(_l("Deputy"), validators=[InputRequired()])
    first_day = DayField(_l("From"), validators=[InputRequired(_l("Enter a day."))])
    last_day = DayField(_l("Until"), validators=[InputRequired(_l("Enter a day."))])

    def offer(self, clinicians: Iterable[Clinician], *, for_all: bool) -> None:
        everybody = [(one.public_id, one.name) for one in clinicians]
        me = {one.public_id for one in clinicians if one.me}
        self.account.choices = everybody if for_all else []
        self.deputy.choices = everybody if for_all else [one for one in everybody if one[0] not in me]
        if not for_all:
            del self.account

    @property
    def whose(self) -> str | None:
        """Public id of the account; None: the one who asks."""
        return self.account.data if "account" in self else None

    @property
    def days(self) -> tuple[date, date]:
        return self.first_day.data, self.last_day.data


def state_choices() -> list[tuple[str, str]]:
    """Done, partly, not."""
    return [(one.value, say(agreed_words(one))) for one in SAID]


def state_of(text: str) -> AgreedState | None:
    """What a button or a choice said; None for nothing or nonsense."""
    return AgreedState(text) if text in tuple(AgreedState) else None
