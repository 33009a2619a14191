"""Forms about groups. A time that comes twice is asked about only when it does."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from placement.domain.groups import ABOUT, MOST_WEEKS, NAME, NOTE, PHOTO_WORDS, TOPIC, GroupKind, kind_words
from placement.usecases.groups.sessions import SessionValues
from placement.usecases.groups.write import GroupValues
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import say, upper_first, wording

_FOLDS = [SelectChoice("0", _l("the first time")), SelectChoice("1", _l("the second time, an hour later"))]
_DAY, _TIME = InputRequired(_l("Enter a day.")), InputRequired(_l("Enter a time."))


class GroupForm(VersionedForm):
    """``key``: made for every new form, so that a double tap is one group."""

    key = HiddenField()
    name = StringField(
        _l("Name"),
        filters=[trimmed],
        validators=[InputRequired(_l("Please give the group a name.")), Length(max=NAME)],
    )
    kind = RadioField(_l("What is it?"), validators=[InputRequired(_l("Choose one of the answers."))])
    about = TextAreaField(
        _l("What is it about?"),
        description=_l("Members read this."),
        filters=[trimmed],
        validators=[Length(max=ABOUT)],
    )
    place = StringField(_l("Where"), filters=[trimmed], validators=[Length(max=NAME)])
    first_day = DayField(_l("From"), validators=[_DAY])
    last_day = DayField(_l("Until"), validators=[Optional()])
    leader = SelectField(_l("Who leads it"), validators=[Optional()])

    def offer(self, leaders: Iterable[tuple[str, str]]) -> None:
        """Fill in the choices, in the reader's language."""
        self.kind.choices = [(kind.value, upper_first(say(kind_words(kind)))) for kind in GroupKind]
        self.leader.choices = list(leaders)
        if not self.leader.choices:
            del self.leader

    @property
    def group(self) -> GroupValues:
        """What was filled in; ask only after it was found valid."""
        return GroupValues(
            GroupKind(self.kind.data), self.name.data or "", self.first_day.data, self.last_day.data,
            self.about.data or "", self.place.data or "", (self.leader.data or None) if "leader" in self else None,
        )  # fmt: skip


class SessionForm(VersionedForm):
    """Local times of the program; an end before the start is on the next day."""

    key = HiddenField()
    day = DayField(_l("Day"), validators=[_DAY])
    start = TimeField(_l("Begins at"), validators=[_TIME])
    end = TimeField(_l("Ends at"), validators=[_TIME])
    start_fold = RadioField(_l("Which start?"), choices=_FOLDS, validators=[Optional()])
    end_fold = RadioField(_l("Which end?"), choices=_FOLDS, validators=[Optional()])
    place = StringField(_l("Where"), filters=[trimmed], validators=[Length(max=NAME)])
    agenda = TextAreaField(
        _l("What is planned"),
        description=_l("Members read this."),
        filters=[trimmed],
        validators=[Length(max=NOTE)],
    )
    weeks = SelectField(_l("How often"), validators=[Optional()])

    def offer(self) -> None:
        """How often it repeats, in words."""
        self.weeks.choices = [("1", gettext("only on this day"))] + [
            (str(weeks), ngettext("weekly, %(num)s time", "weekly, %(num)s times", weeks))
            for weeks in range(2, MOST_WEEKS + 1)
        ]

    @property
    def session(self) -> SessionValues:
        """What was filled in; ask only after it was found valid."""
        return SessionValues(
            self.day.data, self.start.data, self.end.data, _fold(self.start_fold), _fold(self.end_fold),
            self.place.data or "", self.agenda.data or "",
        )  # fmt: skip


class RecordForm(VersionedForm):
    done = TextAreaField(_l("What was done"), filters=[trimmed], validators=[Length(max=NOTE)])
    topics = TextAreaField(
        _l("What you talked about"),
        description=_l("One topic a line."),
        filters=[trimmed],
        validators=[Length(max=20 * TOPIC)],
    )
    shared_note = TextAreaField(
        _l("A note for everybody"),
        description=_l("Every member reads this. Please write about the work, not about health."),
        filters=[trimmed],
        validators=[Length(max=NOTE)],
    )


class TaskForm(Form):
    task = SelectField(_l("A task from the list"), validators=[Optional()])
    name = StringField(_l("Or a new task"), filters=[trimmed], validators=[Length(max=NAME)])
    planned_for = DayField(_l("Planned for"), validators=[Optional()])

    def offer(self, tasks: Iterable[tuple[str, str, dict[str, str]]]) -> None:
        """The program's tasks by name."""
        named = sorted((wording(name), public) for public, _, name in tasks)
        self.task.choices = [("", gettext("none"))] + [(public, name) for name, public in named]


class PhotoForm(Form):
    """``key``: made for every form, so that a double tap is one photo. ``session``: where it was taken, if known."""

    key = HiddenField()
    session = HiddenField()
    photo = FileField(
        _l("Photo"),
        description=_l("JPEG, PNG or WebP, at most 12 MB. Of the work, not of people."),
        validators=[DataRequired(_l("Please choose a photo."))],
    )
    caption = StringField(_l("What it shows"), filters=[trimmed], validators=[Length(max=PHOTO_WORDS)])


def _fold(field: Field) -> int | None:
    """0, 1, or None while nobody had to choose."""
    return int(field.data) if field.data in ("0", "1") else None
