"""Forms of matching."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from placement.web.forms import Form, VersionedForm, trimmed

ALL, CHOSEN = "all", "chosen"


#: More than a page can show; databases take only so many values in one statement.
MOST_TICKS = 10_000


class Ticks(SelectMultipleField):
    """Check boxes; whatever was offered before stays valid, the use case looks at every id."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    validate_choice = False

    def pre_validate(self, form: Form) -> None:
        """Only their number: ids are looked up with scope when the run is made."""
        if len(self.data or ()) > MOST_TICKS:
            raise ValidationError(_l("Tick fewer, or take all."))


class RunForm(Form):
    """Who and what to match. The searches are read beside it."""

    name = StringField(
        _l("Name of the run"),
        description=_l("For example “Winter cohort”."),
        filters=[trimmed],
        validators=[InputRequired(_l("Enter a name.")), Length(max=120)],
    )
    who = RadioField(_l("Who"), choices=[SelectChoice(ALL, ""), SelectChoice(CHOSEN, "")], default=ALL)
    people = Ticks(_l("People"))
    where = RadioField(_l("Where"), choices=[SelectChoice(ALL, ""), SelectChoice(CHOSEN, "")], default=ALL)
    openings = Ticks(_l("Openings"))
    minimum_fit = IntegerField(
        _l("Minimum fit in percent"),
        description=_l("Nobody is placed below it. 0 places as many people as possible."),
        default=0,
        validators=[
            InputRequired(_l("Enter a number from 0 to 100.")),
            NumberRange(0, 100, _l("Enter a number from 0 to 100.")),
        ],
    )


class BanForm(Form):
    reason = TextAreaField(
        _l("Why"),
        description=_l("For colleagues who match. The participant does not see it."),
        filters=[trimmed],
        validators=[Length(max=1000)],
    )


class ConfirmForm(VersionedForm):
    pairs = Ticks(_l("Pairs to confirm"), validators=[Optional()])
