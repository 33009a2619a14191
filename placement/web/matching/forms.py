"""Forms of matching."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from placement.web.forms import Form, VersionedForm, trimmed

#: More than a page can show; databases take only so many values in one statement.
MOST_TICKS = 10_000


class Ticks(SelectMultipleField):
    """Check boxes; whatever was offered before stays valid, the use case looks at every id."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    validate_choice = False

    def process_formdata(self, valuelist: list[str]) -> None:
        """One more than allowed tells it all: what was ticked is also looked up before anything is validated."""
        super().process_formdata(valuelist[: MOST_TICKS + 1])

    def pre_validate(self, form: Form) -> None:
        """Only their number: ids are looked up with scope when the run is made."""
        if len(self.data or ()) > MOST_TICKS:
            raise ValidationError(_l("Tick fewer, or take all."))


class BanForm(Form):
    reason = TextAreaField(
        _l("Why"),
        description=_l("For colleagues who match. The participant does not see it."),
        filters=[trimmed],
        validators=[Length(max=1000)],
    )


class ForceForm(Form):
    reason = TextAreaField(
        _l("Why"),
        description=_l("It stays with this draft, and with the placement for those who manage it."),
        filters=[trimmed],
        validators=[InputRequired(_l("Enter a reason.")), Length(max=1000)],
    )


class ConfirmForm(VersionedForm):
    pairs = Ticks(_l("Pairs to propose"), validators=[Optional()])
