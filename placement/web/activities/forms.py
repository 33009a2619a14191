from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from placement.domain.activities import LONGEST_MEANT, LONGEST_NAME, LONGEST_WORDS, MOST_MINUTES
from placement.queries.activities.occasions import SessionChoice
from placement.queries.diary.readers import Reader
from placement.usecases.activities.write import Told
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import day

_WORDS = _l("Please write a few words.")


class ActivityForm(VersionedForm):
    """``key``: made for every new form, so that a double tap is one activity."""

    key = HiddenField()
    name = StringField(
        _l("What is made or played?"), filters=[trimmed], validators=[InputRequired(_WORDS), Length(max=LONGEST_NAME)]
    )
    meant_for = TextAreaField(_l("What is it meant for?"), filters=[trimmed], validators=[Length(max=LONGEST_MEANT)])
    occasion = SelectField(_l("Part of a session"), validators=[Optional()])
    day = DayField(_l("Day"), validators=[Optional()])
    minutes = IntegerField(_l("Minutes"), validators=[Optional(), NumberRange(0, MOST_MINUTES)])

    def offer(self, sessions: Sequence[SessionChoice], kept: tuple[str, str] | None = None) -> None:
        """``kept``: value and words of the session it is part of already, which may be long ago."""
        choices = [("", gettext("no session")), *((one.public_id, session_words(one)) for one in sessions)]
        if kept is not None and kept[0] not in dict(choices):
            choices.append(kept)
        self.occasion.choices = choices

    def validate(self, extra_validators: object = None) -> bool:
        """A day is needed where no session gives one."""
        valid = super().validate(extra_validators)
        if not self.day.data and not self.occasion.data and not self.day.errors:
            self.day.errors = [gettext("Enter a day.")]
            return False
        return valid

    def told(self, sessions: Sequence[SessionChoice]) -> Told:
        """What was filled in; ask only after it was found valid."""
        of = next((one for one in sessions if one.public_id == self.occasion.data), None)
        on = of.day if of is not None else self.day.data
        return Told(
            on, self.name.data or "", self.meant_for.data or "", self.minutes.data, self.occasion.data or None
        )  # fmt: skip


class WordsForm(Form):
    text = TextAreaField(
        _l("My words"), filters=[trimmed], validators=[InputRequired(_WORDS), Length(max=LONGEST_WORDS)]
    )  # fmt: skip


class ReflectForm(Form):
    """``keep`` is left out once they said yes."""

    key = HiddenField()
    text = TextAreaField(
        _l("What is it for me?"), filters=[trimmed], validators=[InputRequired(_WORDS), Length(max=LONGEST_WORDS)]
    )
    keep = BooleanField(_l("Yes, keep my words about pictures. I can take that back at any time."))


class ReaderForm(Form):
    reader = RadioField(_l("Who may read it?"), validators=[InputRequired(_l("Choose who may read it."))])

    def offer(self, people: Sequence[Reader]) -> None:
        self.reader.choices = [(one.public_id, one.name) for one in people]


def session_words(one: SessionChoice) -> str:
    """A session in a list of them."""
    what = gettext("Group: %(name)s", name=one.group) if one.group else gettext("One-to-one session")
    return f"{what}, {day(one.day)}"
