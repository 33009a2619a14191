"""Forms of the start gate."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from placement.domain.checklists import LONGEST_BY, LONGEST_NAME, LONGEST_NOTE
from placement.domain.placement_words import kind_words
from placement.domain.placements import PlacementKind
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import say, upper_first


class EntryForm(VersionedForm):
    done_on = DayField(_l("Since"), validators=[InputRequired(_l("Enter a day."))])
    done_by = StringField(
        _l("By whom"), description=_l("Who signed, checked or instructed."), filters=[trimmed],
        validators=[Length(max=LONGEST_BY)],
    )  # fmt: skip
    expires_on = DayField(
        _l("Holds until"), description=_l("Empty if it does not expire. Before this day it stands on the day page."),
        validators=[Optional()],
    )  # fmt: skip
    note = TextAreaField(_l("Note"), filters=[trimmed], validators=[Length(max=LONGEST_NOTE)])
    paper = FileField(_l("The paper itself"), description=_l("PDF, JPEG or PNG, at most 5 MB."))
    no_paper = BooleanField(_l("Take the paper out that is kept now"))


class ItemForm(Form):
    name_en = StringField(_l("Name in English"), filters=[trimmed], validators=[Length(max=LONGEST_NAME)])
    name_de = StringField(_l("Name in German"), filters=[trimmed], validators=[Length(max=LONGEST_NAME)])
    kinds = SelectMultipleField(
        _l("Asked of"), description=_l("Nothing ticked: of every kind of placement."), validators=[Optional()],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip

    def offer(self) -> None:
        self.kinds.choices = [(kind.value, upper_first(say(kind_words(kind)))) for kind in PlacementKind]

    @property
    def name(self) -> dict[str, str]:
        return {"en": self.name_en.data or "", "de": self.name_de.data or ""}
