from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from placement.domain.roles import Role, role_words
from placement.web.forms import Form, VersionedForm, trimmed
from placement.web.locale import LOCALES
from placement.web.words import say

_NAME = [InputRequired(), Length(max=120)]
_EMAIL = [InputRequired(), Length(max=254)]


class RolesField(SelectMultipleField):
    """Any number of roles, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(value) for value in self.data or ())


def role_options() -> list[tuple[str, str]]:
    """Every role and its name in the reader's language."""
    return [(role.value, say(role_words(role))) for role in Role]


def role_choices() -> list[SelectChoice]:
    """The same for a field."""
    return [SelectChoice(*option) for option in role_options()]


class NewAccountForm(Form):
    name = StringField(_l("Name"), filters=[trimmed], validators=_NAME)
    email = EmailField(_l("E-mail address"), filters=[trimmed], validators=_EMAIL)
    locale = SelectField(_l("Language"), choices=[SelectChoice(*locale) for locale in LOCALES.items()])
    roles = RolesField(_l("What the person does here"))


class AccountForm(VersionedForm):
    name = StringField(_l("Name"), filters=[trimmed], validators=_NAME)
    email = EmailField(_l("E-mail address"), filters=[trimmed], validators=_EMAIL)


class RolesForm(VersionedForm):
    roles = RolesField(_l("What the person does here"))
