from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from placement.domain.events import EventKind, event_words
from placement.queries.programs.catalog import TaskRow
from placement.usecases.progress.events import LONGEST
from placement.web.forms import DayField, Form, trimmed
from placement.web.words import say, upper_first


class EventForm(Form):
    day = DayField(_l("From which day"), validators=[InputRequired()])
    kind = RadioField(_l("What changed"), validators=[InputRequired()])
    text = StringField(
        _l("In a few words"),
        description=_l(
            "Stands beside the line, for example “coach comes once a week”. The participant reads it. "
            "Leave out medication, mood and fears: they are the participant’s own to tell."
        ),
        filters=[trimmed],
        validators=[Optional(), Length(max=LONGEST)],
    )
    task = SelectField(_l("Only for one task"), validators=[Optional()])

    def offer(self, tasks: Iterable[TaskRow]) -> None:
        """Fill in the choices, in the reader's language."""
        self.kind.choices = [(kind.value, upper_first(say(event_words(kind)))) for kind in EventKind]
        self.task.choices = [("", gettext("All tasks")), *((task.public_id, say(task.name)) for task in tasks)]
