"""Forms of employers and sites."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from placement.adapters.holidays import regions
from placement.domain.employer_contacts import LONGEST_NOTE, EmployerContactKind, employer_contact_words
from placement.domain.employers import zones
from placement.web.forms import DayField, Form, NumberField, VersionedForm, trimmed
from placement.web.words import say, upper_first


class EmployerForm(VersionedForm):
    name = StringField(
        _l("Name"), filters=[trimmed], validators=[InputRequired(_l("Enter a name.")), Length(max=160)]
    )  # fmt: skip
    contact_name = StringField(_l("Contact person"), filters=[trimmed], validators=[Length(max=120)])
    email = EmailField(_l("E-mail address"), filters=[trimmed], validators=[Length(max=254)])
    phone = TelField(_l("Phone"), filters=[trimmed], validators=[Length(max=40)])
    note = TextAreaField(
        _l("Note"),
        description=_l("What colleagues should know before they call. The employer does not see it."),
        filters=[trimmed],
        validators=[Length(max=4000)],
    )


class EmployerContactForm(Form):
    """``key``: made for every new form, so that a double tap is one entry."""

    key = HiddenField()
    kind = SelectField(_l("What was it"), validators=[InputRequired()])
    day = DayField(_l("Which day"), validators=[InputRequired(_l("Enter a day."))])
    note = TextAreaField(_l("Note"), filters=[trimmed], validators=[Length(max=LONGEST_NOTE)])
    follow_up_on = DayField(
        _l("Come back to it on"), description=_l("On this day it stands on the day page."), validators=[Optional()]
    )
    not_now = BooleanField(
        _l("They take nobody until then"),
        description=_l("Their open openings are put on hold. Placements that run go on."),
    )

    def offer(self) -> None:
        self.kind.choices = [
            (kind.value, upper_first(say(employer_contact_words(kind)))) for kind in EmployerContactKind
        ]


class SiteForm(VersionedForm):
    name = StringField(
        _l("Name"),
        description=_l("As people call it, for example “Market Street”."),
        filters=[trimmed],
        validators=[InputRequired(_l("Enter a name.")), Length(max=160)],
    )
    street = StringField(_l("Street and number"), filters=[trimmed], validators=[Length(max=160)])
    postcode = StringField(_l("Postcode"), filters=[trimmed], validators=[Length(max=16)])
    city = StringField(_l("City"), filters=[trimmed], validators=[Length(max=120)])
    lat = NumberField(
        _l("Latitude"), validators=[Optional(), NumberRange(-90, 90, _l("A latitude is between -90 and 90."))]
    )  # fmt: skip
    lon = NumberField(
        _l("Longitude"), validators=[Optional(), NumberRange(-180, 180, _l("A longitude is between -180 and 180."))]
    )  # fmt: skip
    zone = SelectField(_l("Time zone"), choices=[SelectChoice(zone, zone.replace("_", " ")) for zone in zones()])
    phone = TelField(_l("Phone"), filters=[trimmed], validators=[Length(max=40)])
    opening_hours = TextAreaField(
        _l("Opening hours"),
        description=_l("For example: Mo-Fr 08:00-20:00; Sa 08:00-18:00. Other words are kept as you write them."),
        filters=[trimmed],
        validators=[Length(max=1000)],
    )

    holiday_region = SelectField(
        _l("Public holidays of"),
        description=_l("On these days there are no shifts, unless a placement’s pattern says so."),
    )

    def offer_regions(self, country: str, stored: str) -> None:
        """The regions of the program's country, and what is stored."""
        known = {"": _("the program’s country")} | regions(country)
        if stored:
            known.setdefault(stored, stored)
        self.holiday_region.choices = [SelectChoice(*choice) for choice in known.items()]

    def keep_zone(self, zone: str) -> None:
        """Offer a stored zone even where the list does not know it."""
        if zone not in zones():
            self.zone.choices = [SelectChoice(zone, zone), *self.zone.choices]


class SupervisorForm(Form):
    account = SelectField(_l("Supervisor with an account"))
    name = StringField(
        _l("Or the name of somebody without an account"),
        description=_l("They cannot sign in; staff writes down what they saw."),
        filters=[trimmed],
        validators=[Length(max=120)],
    )
    first_day = DayField(_l("From"), validators=[InputRequired(_l("Enter a day."))])
    last_day = DayField(_l("Until"), validators=[Optional()])


class EndForm(Form):
    last_day = DayField(_l("Last day"), validators=[InputRequired(_l("Enter a day."))])
