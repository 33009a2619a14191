"""What a file is asked for with."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from placement.web.forms import Form


class ExportForm(Form):
    kind = RadioField(
        _l("Which kind of file?"),
        choices=[SelectChoice("xlsx", _l("Excel workbook (XLSX)")), SelectChoice("csv", _l("Plain table (CSV)"))],
        default="xlsx",
        validators=[InputRequired(_l("Choose a kind of file."))],
    )
    password = PasswordField(_l("Your password"), validators=[InputRequired(_l("Please enter your password."))])
