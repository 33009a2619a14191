from __future__ import annotations

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from placement.domain.catalog import FIELDS, NAME, SENTENCE, EntryKind
from placement.web.forms import Form, VersionedForm, trimmed
from placement.web.locale import LOCALES

ZONES = [SelectChoice(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]
_LANGUAGES = [SelectChoice(*locale) for locale in LOCALES.items()]
_COUNTRY = [InputRequired(), Regexp(r"^[A-Za-z]{2}$", message=_l("Please enter two letters, e.g. DE."))]


class ProgramForm(VersionedForm):
    name = StringField(_l("Name of the program"), filters=[trimmed], validators=[InputRequired(), Length(max=120)])
    zone = SelectField(_l("Time zone"), choices=ZONES)
    locale = SelectField(_l("Language"), choices=_LANGUAGES)
    country = StringField(_l("Country"), filters=[trimmed], validators=_COUNTRY)


class NewProgramForm(Form):
    name = StringField(_l("Name of the program"), filters=[trimmed], validators=[InputRequired(), Length(max=120)])
    zone = SelectField(_l("Time zone"), choices=ZONES)
    locale = SelectField(_l("Language"), choices=_LANGUAGES)
    country = StringField(_l("Country"), filters=[trimmed], validators=_COUNTRY)
    admin_name = StringField(
        _l("Name of the first admin"), filters=[trimmed], validators=[InputRequired(), Length(max=120)]
    )
    email = EmailField(_l("E-mail address"), filters=[trimmed], validators=[InputRequired(), Length(max=254)])
    coordinates = BooleanField(_l("This person coordinates the program, too"))


class ContactsForm(VersionedForm):
    """The rows are read apart."""


class ScaleForm(VersionedForm):
    """The rows are read apart; the version is the number of the scale it starts from."""


class EntryForm(VersionedForm):
    """Wordings in both languages; which of them are asked depends on the kind."""

    area = SelectField(_l("Area"))
    name_en = StringField(_l("Name in English"), filters=[trimmed], validators=[Length(max=NAME)])
    name_de = StringField(_l("Name in German"), filters=[trimmed], validators=[Length(max=NAME)])
    sentence_en = TextAreaField(_l("A plain sentence in English"), filters=[trimmed], validators=[Length(max=SENTENCE)])
    sentence_de = TextAreaField(_l("A plain sentence in German"), filters=[trimmed], validators=[Length(max=SENTENCE)])
    low_en = StringField(_l("What 0 means, in English"), filters=[trimmed], validators=[Length(max=SENTENCE)])
    low_de = StringField(_l("What 0 means, in German"), filters=[trimmed], validators=[Length(max=SENTENCE)])
    high_en = StringField(_l("What 5 means, in English"), filters=[trimmed], validators=[Length(max=SENTENCE)])
    high_de = StringField(_l("What 5 means, in German"), filters=[trimmed], validators=[Length(max=SENTENCE)])

    traits = SelectMultipleField(
        _l("Abilities it calls on"),
        description=_l("What is seen at this task can then bring a profile up to date. One to four say most."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def keep(self, kind: EntryKind) -> None:
        """Ask only what this kind has."""
        asked = {f"{field}_{locale}" for field in FIELDS[kind] for locale in LOCALES}
        asked |= {"version", "csrf_token"} | ({"area", "traits"} if kind is EntryKind.TASK else set())
        for name in list(self._fields):
            if name not in asked:
                del self[name]

    def words(self, kind: EntryKind) -> dict[str, dict[str, str]]:
        """Field → locale → text."""
        return {
            field: {locale: self._fields[f"{field}_{locale}"].data or "" for locale in LOCALES}
            for field in FIELDS[kind]
        }
