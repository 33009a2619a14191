from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms.validators import DataRequired

from placement.web.forms import Form


class CalendarForm(Form):
    file = FileField(
        _l("Calendar file"),
        description=_l("A file that ends in .ics, at most 1 MB. Your calendar program can export one."),
        validators=[DataRequired(_l("Please choose a file."))],
    )
