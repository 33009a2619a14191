from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from placement.usecases.progress.fading import LONGEST
from placement.web.forms import DayField, Form, trimmed


class StepForm(Form):
    share_before = IntegerField(
        _l("With a coach now, about (%)"),
        description=_l("As it was counted; correct it if coaching was not written down."),
        validators=[InputRequired(), NumberRange(0, 100)],
    )
    share_after = IntegerField(
        _l("Aim at (%)"),
        description=_l("Of the hours. A third less is a usual step."),
        validators=[InputRequired(), NumberRange(0, 100)],
    )
    watch_until = DayField(
        _l("Watch until"),
        description=_l("Two weeks or four shifts, whichever takes longer. Then your day page asks whether it holds."),
        validators=[InputRequired()],
    )
    note = TextAreaField(
        _l("What will be different"),
        description=_l("For example: the coach comes on Tuesdays only. They may ask to read this."),
        filters=[trimmed],
        validators=[Length(max=LONGEST)],
    )
