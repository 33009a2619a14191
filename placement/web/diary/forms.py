from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from placement.domain.diary import (
    ENERGIES,
    LONGEST_FEELING,
    LONGEST_PART,
    LONGEST_TEXT,
    MOODS,
    Body,
    DayBody,
    EntryKind,
    ExpectedBody,
    ThoughtBody,
)
from placement.domain.shares import OF_THE_LOG, share_words
from placement.queries.diary.entries import OwnShift
from placement.queries.diary.readers import Reader
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import day as written_day
from placement.web.words import say, upper_first


def _part(label: Any, hint: Any = "", rows: int = 3) -> TextAreaField:
    return TextAreaField(
        label, description=hint, filters=[trimmed], validators=[Length(max=LONGEST_PART)], render_kw={"rows": rows}
    )


def _percent(label: Any) -> IntegerField:
    return IntegerField(
        label,
        description=_l("A number from 0 (not at all) to 100 (as strong as it can be)."),
        validators=[Optional(), NumberRange(0, 100)],
    )


class EntryForm(VersionedForm):
    """``key``: made for every new form, so that a double tap is one entry."""

    key = HiddenField()

    @property
    def body(self) -> Body:
        raise NotImplementedError


class DayForm(EntryForm):
    day = DayField(_l("Day"), validators=[InputRequired(_l("Please choose a day."))])
    mood = RadioField(_l("How are you?"), validators=[Optional()])
    energy = RadioField(_l("How much energy do you have?"), validators=[Optional()])
    text = TextAreaField(
        _l("What I want to keep of this day"),
        filters=[trimmed],
        validators=[Length(max=LONGEST_TEXT)],
        render_kw={"rows": 7},
    )

    def offer(self) -> None:
        """Five words and a way to skip, in the reader's language."""
        for field, words in ((self.mood, MOODS), (self.energy, ENERGIES)):
            field.choices = [*((str(value), upper_first(say(word))) for value, word in words.items()), ("", _skip())]

    @property
    def body(self) -> DayBody:
        mood, energy = (int(one.data) if one.data else None for one in (self.mood, self.energy))
        return DayBody(mood, energy, self.text.data or "")


class ThoughtForm(EntryForm):
    """A thought record. Every step may be left empty."""

    day = DayField(_l("Day"), validators=[InputRequired(_l("Please choose a day."))])
    situation = _part(_l("What happened?"), _l("Where were you, with whom, what was going on?"))
    feeling = StringField(
        _l("What did you feel?"),
        description=_l("One word, for example: afraid, sad, angry, ashamed."),
        filters=[trimmed],
        validators=[Length(max=LONGEST_FEELING)],
    )
    strength = _percent(_l("How strong was it?"))
    thought = _part(_l("What went through your mind?"), _l("The first thought, just as it came."))
    speaks_for = _part(_l("What speaks for this thought?"), _l("Only what really happened."))
    speaks_against = _part(_l("What speaks against it?"), _l("What would you say to a friend who thinks so?"))
    balanced = _part(_l("How could one see it, too?"), _l("A thought that takes both sides into account."))
    feeling_after = StringField(
        _l("What do you feel now?"), filters=[trimmed], validators=[Length(max=LONGEST_FEELING)]
    )
    strength_after = _percent(_l("How strong is it now?"))

    @property
    def body(self) -> ThoughtBody:
        names = ("situation", "feeling", "thought", "speaks_for", "speaks_against", "balanced", "feeling_after")
        texts = {name: self[name].data or "" for name in names}
        return ThoughtBody(**texts, strength=self.strength.data, strength_after=self.strength_after.data)


class ExpectedForm(EntryForm):
    shift = RadioField(_l("Which shift?"), validators=[Optional()])
    expected = _part(_l("Before the shift I expected"), _l("What do you think it will be like?"), 4)
    was = _part(_l("Afterwards it was"), _l("Fill this in after the shift."), 4)

    def offer(self, shifts: Sequence[OwnShift]) -> None:
        self.shift.choices = [(one.public_id, f"{written_day(one.day)}, {one.employer}") for one in shifts]
        if len(shifts) == 1 and not self.shift.data:
            self.shift.data = shifts[0].public_id

    @property
    def body(self) -> ExpectedBody:
        return ExpectedBody(self.expected.data or "", self.was.data or "")


FORMS: dict[EntryKind, type[EntryForm]] = {
    EntryKind.DAY: DayForm,
    EntryKind.THOUGHT: ThoughtForm,
    EntryKind.EXPECTED: ExpectedForm,
}


class ShareForm(Form):
    """Who reads it, and by when."""

    reader = RadioField(_l("Who may read it?"), validators=[InputRequired(_l("Choose who may read it."))])
    read_by = DayField(
        _l("By when do they read it?"),
        description=_l("As you agreed with them. Sharing is no call for help: nobody watches for it."),
        validators=[InputRequired(_l("Please choose a day."))],
    )

    def offer(self, readers: Sequence[Reader]) -> None:
        self.reader.choices = [(one.public_id, one.name) for one in readers]
        if len(readers) == 1 and not self.reader.data:
            self.reader.data = readers[0].public_id


class ShareKindForm(ShareForm):
    """Everything of a kind; each later entry, too, until it is withdrawn."""

    kind = RadioField(_l("What do you want to share?"), validators=[InputRequired(_l("Choose one of the answers."))])
    since = RadioField(
        _l("From when on?"), default="today", validators=[InputRequired(_l("Choose one of the answers."))]
    )

    def offer(self, readers: Sequence[Reader]) -> None:
        super().offer(readers)
        self.kind.choices = [(kind.value, say(share_words(kind))) for kind in OF_THE_LOG]
        self.since.choices = [
            ("today", gettext("from today on")),
            ("all", gettext("what I have written until now, too")),
        ]


def fields_of(body: Body | None) -> dict[str, Any]:
    """An entry as the fields of its form; choices are texts."""
    found = {} if body is None else asdict(body)
    return {name: str(value or "") if name in ("mood", "energy") else value for name, value in found.items()}


def _skip() -> str:
    return gettext("skip")
