"""Forms about a participant."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from placement.domain.addresses import is_address
from placement.domain.participants import ParticipantStatus, TravelMode, status_words, travel_words
from placement.domain.profiles import MOST_KM, MOST_MINUTES, MOST_WEEKLY_HOURS
from placement.web.forms import DayField, Form, NumberField, VersionedForm, trimmed
from placement.web.words import say


def address(_form: object, field: Field) -> None:
    """Whether mail can be sent there, by its looks; linear in its length."""
    if not is_address(field.data or ""):
        raise ValidationError(_l("Write an address like name@example.org."))


class ContactForm(VersionedForm):
    """What participants write about themselves."""

    preferred_name = StringField(_l("Preferred name"), filters=[trimmed], validators=[InputRequired(), Length(max=80)])
    email = EmailField(_l("E-mail address"), filters=[trimmed], validators=[Optional(), address])
    phone = TelField(_l("Phone"), filters=[trimmed], validators=[Length(max=40)])
    emergency_name = StringField(_l("Emergency contact: name"), filters=[trimmed], validators=[Length(max=120)])
    emergency_phone = TelField(_l("Emergency contact: phone"), filters=[trimmed], validators=[Length(max=40)])
    home_address = TextAreaField(_l("Home address"), filters=[trimmed], validators=[Length(max=500)])
    travel_mode = SelectField(_l("Travels"), validators=[InputRequired()])
    travel_limit_km = NumberField(
        _l("Farthest way, in kilometers"), validators=[Optional(), NumberRange(min=0, max=MOST_KM)]
    )
    travel_limit_minutes = IntegerField(
        _l("Longest way, in minutes"), validators=[Optional(), NumberRange(min=0, max=MOST_MINUTES)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.travel_mode.choices = [SelectChoice(mode.value, say(travel_words(mode))) for mode in TravelMode]


class ProfileForm(ContactForm):
    """The whole profile, for staff."""

    family_name = StringField(_l("Family name"), filters=[trimmed], validators=[Length(max=80)])
    lat = NumberField(_l("Latitude"), validators=[Optional(), NumberRange(min=-90, max=90)])
    lon = NumberField(_l("Longitude"), validators=[Optional(), NumberRange(min=-180, max=180)])
    weekly_hours_limit = NumberField(
        _l("Hours a week this person can work"), validators=[Optional(), NumberRange(min=0, max=MOST_WEEKLY_HOURS)]
    )
    status = SelectField(_l("Status"), validators=[InputRequired()])
    account = SelectField(_l("Signs in as"))

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], none: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status.choices = [SelectChoice(status.value, say(status_words(status))) for status in ParticipantStatus]
        self.account.choices = [SelectChoice("", none), *(SelectChoice(*account) for account in accounts)]


class NewParticipantForm(ProfileForm):
    """Besides the profile: whose caseload this person comes onto."""

    mine = BooleanField(_l("I look after this person"), default=True)


class NeedsForm(VersionedForm):
    needs = SelectMultipleField(
        _l("Cannot do without"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    seen = HiddenField()


class ExclusionForm(Form):
    employer = RadioField(_l("Employer"), validators=[InputRequired()])
    reason = TextAreaField(_l("Why"), filters=[trimmed], validators=[InputRequired(), Length(max=1000)])


class AssignmentForm(Form):
    account = SelectField(_l("Who"), validators=[InputRequired()])
    first_day = DayField(_l("First day"), validators=[InputRequired()])
    last_day = DayField(_l("Last day"), validators=[Optional()])
    stands_in_for = SelectField(_l("Stands in for"))


class LastDayForm(Form):
    last_day = DayField(_l("Last day"), validators=[InputRequired()])
