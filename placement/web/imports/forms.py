"""Uploading a table, and saying which field is in which column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from placement.domain.import_fields import FIELDS, ImportKind, kind_words
from placement.web.forms import Form, trimmed, whole_number
from placement.web.words import say

#: Numbers typed to leave rows out.
LONGEST = 2000


class UploadForm(Form):
    kind = RadioField(_l("What is in it?"), validators=[InputRequired(_l("Please choose one of the list."))])
    file = FileField(
        _l("The file"),
        description=_l("CSV or Excel workbook (XLSX), at most 10,000 rows. The first row holds the headings."),
    )

    def offer(self) -> None:
        self.kind.choices = [(kind.value, say(kind_words(kind))) for kind in ImportKind]


class LeaveOutForm(Form):
    rows = StringField(
        _l("Rows to leave out"), description=_l("By number, for example 5, 9-12."), filters=[trimmed],
        validators=[Length(max=LONGEST)],
    )  # fmt: skip

    @property
    def numbers(self) -> set[int]:
        """What was typed; what is no number says nothing."""
        found: set[int] = set()
        for part in (self.rows.data or "").replace(";", ",").split(","):
            first, _, last = (text.strip() for text in part.partition("-"))
            begin, end = whole_number(first), whole_number(last or first)
            if begin is not None and end is not None and 0 <= end - begin <= 20_000:
                found.update(range(begin, end + 1))
        return found


def columns_form(kind: ImportKind, header: Sequence[str], mapping: Mapping[str, int]) -> Any:
    """A form with one choice for each field: the headings of this file, or nothing."""
    choices = [SelectChoice("", gettext("not in the file"))]
    choices += [SelectChoice(str(at), text or f"#{at + 1}") for at, text in enumerate(header)]
    fields = {
        field.key: SelectField(say(field.title), choices=choices, validators=[Optional()]) for field in FIELDS[kind]
    }
    made = type("ColumnsForm", (Form,), fields)
    return made(data={key: str(at) for key, at in mapping.items()})


def chosen_columns(kind: ImportKind, form: Any) -> dict[str, int]:
    """Field → column, as chosen."""
    found = {field.key: whole_number(form[field.key].data or "") for field in FIELDS[kind]}
    return {key: at for key, at in found.items() if at is not None}
