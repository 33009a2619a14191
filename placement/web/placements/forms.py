"""Forms of placements."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from placement.domain.placement_words import kind_words, step_words
from placement.domain.placements import PlacementKind, StepKind
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import say


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(kind.value, say(kind_words(kind))) for kind in PlacementKind]


class EditForm(VersionedForm):
    """Period and kind; the weekly pattern is read beside it."""

    kind = SelectField(_l("Kind"))
    first_day = DayField(_l("First day"), validators=[InputRequired(_l("Enter a day."))])
    last_day = DayField(_l("Last day"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _kinds()


class ProposeForm(Form):
    """Person and opening by public id, chosen from what was found; the searches are read beside it."""

    participant = RadioField(_l("Who"), validators=[InputRequired(_l("Choose a person."))], validate_choice=False)
    opening = RadioField(_l("Where"), validators=[InputRequired(_l("Choose an opening."))], validate_choice=False)
    kind = SelectField(_l("Kind"))
    first_day = DayField(
        _l("First day"),
        description=_l("Left empty: the opening’s first day, or today if that is over."),
        validators=[Optional()],
    )
    last_day = DayField(
        _l("Last day"), description=_l("Left empty: the opening’s last day."), validators=[Optional()]
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _kinds()


class AnswerForm(Form):
    answer = HiddenField(validators=[Optional()])
    ask_again_on = DayField(
        _l("Ask me again on"), description=_l("You can leave this empty."), validators=[Optional()]
    )  # fmt: skip


class OwnWordsForm(Form):
    """For coordinator, therapist and coach; the fields say so."""

    likes = TextAreaField(
        _l("What I like about it"),
        description=_l("The people who accompany you in your program read this. The shop never does."),
        filters=[trimmed],
        validators=[Length(max=2000)],
    )
    worries = TextAreaField(
        _l("What worries me"),
        description=_l("The people who accompany you in your program read this. The shop never does."),
        filters=[trimmed],
        validators=[Length(max=2000)],
    )


class ShareForm(Form):
    """Which button was pressed; the boxes are read beside it."""

    do = HiddenField(validators=[Optional()])


class ShopAnswerForm(Form):
    note = TextAreaField(
        _l("A word to the program"),
        description=_l("Only the program’s coordinators read it. You need not give a reason."),
        filters=[trimmed],
        validators=[Length(max=2000)],
    )


class MoveForm(VersionedForm):
    on = DayField(_l("Day"), validators=[Optional()])
    cancel_shifts = BooleanField(
        _l("Cancel the shifts that are planned"), description=_l("They are planned again when the placement goes on.")
    )
    note = TextAreaField(
        _l("Note"),
        description=_l("For colleagues who manage placements. The participant does not see it."),
        filters=[trimmed],
        validators=[Length(max=2000)],
    )


class StepForm(Form):
    kind = SelectField(_l("Step"))
    due_on = DayField(_l("Day"), validators=[InputRequired(_l("Enter a day."))])
    note = TextAreaField(
        _l("Note"),
        description=_l("For staff. The participant does not see it."),
        filters=[trimmed],
        validators=[Length(max=2000)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind.value, say(step_words(kind))) for kind in StepKind]
