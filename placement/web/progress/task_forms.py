from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from placement.domain.events import event_words
from placement.queries.progress.records import EventRow
from placement.queries.progress.task import Point
from placement.usecases.progress.notes import LONGEST
from placement.web.forms import DayField, Form, trimmed
from placement.web.words import day_short, say

#: What the address keeps of the phases compared.
PHASES = ("line", "a_from", "a_to", "b_from", "b_to")


class PhaseForm(Form):
    """Sent by GET: it changes nothing, and its address can be kept."""

    class Meta:
        csrf = False

    line = SelectField(_l("Compare before and after"), validators=[Optional()])
    a_from = DayField(_l("Baseline from"), validators=[Optional()])
    a_to = DayField(_l("Baseline until"), validators=[Optional()])
    b_from = DayField(_l("Later phase from"), validators=[Optional()])
    b_to = DayField(_l("Later phase until"), validators=[Optional()])

    @property
    def asked(self) -> set[str]:
        return set(self._fields)

    def offer(self, events: Iterable[EventRow]) -> None:
        self.line.choices = [
            ("", gettext("the last ratings with those before")),
            *((row.public_id, f"{day_short(row.day)}: {row.text or say(event_words(row.kind))}") for row in events),
        ]


class NoteForm(Form):
    point = SelectField(_l("At which day"), validators=[InputRequired()])
    text = StringField(
        _l("In a few words"),
        description=_l("For example “new till, longer queue”. The participant may read it."),
        filters=[trimmed],
        validators=[InputRequired(), Length(max=LONGEST)],
    )
    every = BooleanField(_l("About all tasks of this day"))

    def offer(self, points: Iterable[Point]) -> None:
        """Newest first."""
        self.point.choices = [(point.occasion, day_short(point.day)) for point in reversed(list(points))]
