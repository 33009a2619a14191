from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from placement.domain.passwords import MAX_LENGTH, MIN_LENGTH
from placement.web.forms import Form, trimmed


class SignInForm(Form):
    email = EmailField(_l("E-mail address"), filters=[trimmed], validators=[InputRequired(), Length(max=254)])
    password = PasswordField(_l("Password"), validators=[InputRequired(), Length(max=MAX_LENGTH * 4)])


class ChangePasswordForm(Form):
    old = PasswordField(_l("Present password"), validators=[InputRequired(), Length(max=MAX_LENGTH * 4)])
    new = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(length)s characters. Three or four words in a row are easy to keep.", length=MIN_LENGTH
        ),  # fmt: skip
        validators=[InputRequired(), Length(max=MAX_LENGTH * 4)],
    )


class SetPasswordForm(Form):
    new = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(length)s characters. Three or four words in a row are easy to keep.", length=MIN_LENGTH
        ),  # fmt: skip
        validators=[InputRequired(), Length(max=MAX_LENGTH * 4)],
    )


class ReadingForm(Form):
    plain = BooleanField(
        _l("Plain language"), description=_l("Short sentences and easy words on your own pages."), default=False
    )
    large_type = BooleanField(_l("Larger type"), default=False)
    pictograms = BooleanField(_l("Pictures beside the words"), default=False)
    read_aloud = BooleanField(
        _l("Read pages aloud"),
        description=_l("A button on every page. Your device reads by itself: no word leaves it."),
        default=False,
    )
