"""Forms about feedback beside the shared one (see ``web/feedback_form.py``)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from placement.usecases.feedback.withdraw import LONGEST as LONGEST_REASON
from placement.web.forms import Form, VersionedForm, trimmed


class OwnAnswersForm(Form):
    """``key``: made for every form that is shown."""

    key = HiddenField()


class CorrectForm(VersionedForm):
    reason = StringField(
        _l("Why?"),
        filters=[trimmed],
        validators=[InputRequired(_l("Please say in a few words why.")), Length(max=LONGEST_REASON)],
    )


class WithdrawForm(Form):
    reason = StringField(
        _l("Why?"), filters=[trimmed], validators=[InputRequired(_l("Please say in a few words why.")),
        Length(max=LONGEST_REASON)],
    )  # fmt: skip
