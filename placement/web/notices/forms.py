from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from placement.domain.catalog import NAME, SENTENCE
from placement.domain.contacts import MOST_MINUTES
from placement.domain.incidents import LONGEST_REPORT
from placement.domain.notices import FEELINGS, LONGEST_TEXT, TRY_AGAIN, Found, found_words
from placement.domain.roles import Role
from placement.queries.notices.sent import Listener, Place, Telling
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import say, upper_first


class CloseForm(VersionedForm):
    outcome = TextAreaField(
        _l("What was done"), filters=[trimmed], validators=[Length(max=LONGEST_TEXT)], render_kw={"rows": 3}
    )


class CallForm(VersionedForm):
    """What a call found. Hours and minutes count only where they fit."""

    found = RadioField(_l("How are they?"), validators=[InputRequired()])
    again_in = RadioField(_l("If nobody answered: try again"), validators=[Optional()], default=str(TRY_AGAIN[0]))
    outcome = TextAreaField(
        _l("Note"),
        description=_l("For those who look after them. They may ask to read this. The shop never learns it."),
        filters=[trimmed],
        validators=[Length(max=LONGEST_TEXT)],
        render_kw={"rows": 3},
    )
    minutes = IntegerField(
        _l("Minutes of the call"),
        description=_l("If you enter them, the call stands among the contacts."),
        validators=[Optional(), NumberRange(1, MOST_MINUTES)],
    )

    def offer(self) -> None:
        """Fill in the choices, in the reader's language."""
        self.found.choices = [(found.value, upper_first(say(found_words(found)))) for found in Found]
        self.again_in.choices = [
            (str(n), gettext("tomorrow") if n == 24 else ngettext("in an hour", "in %(num)s hours", n))
            for n in TRY_AGAIN
        ]


class TellForm(Form):
    """``key``: made for every form that is shown, so that a double tap tells it once."""

    key = HiddenField()
    feeling = RadioField(_l("How was it?"), validators=[Optional()])
    text = TextAreaField(
        _l("What would you like to say?"),
        filters=[trimmed],
        validators=[Length(max=LONGEST_TEXT)],
        render_kw={"rows": 4},
    )
    placement = RadioField(_l("Which place is it about?"), validators=[Optional()])
    to = RadioField(_l("Who should read this?"), validators=[InputRequired()])

    def offer(self, found: Telling) -> None:
        """Fill in the choices: whom they can tell, and about which place."""
        self.feeling.choices = [(str(value), upper_first(say(words))) for value, words in FEELINGS.items()]
        self.to.choices = [(one.public_id, _with_role(one)) for one in found.listeners]
        self.placement.choices = [
            *((place.public_id, _place(place)) for place in found.places),
            ("", gettext("no particular place")),
        ]
        if not self.is_submitted():
            self.to.data = self.to.data or _first(found)
            self.placement.data = found.places[0].public_id if found.places else ""

    @property
    def feeling_value(self) -> int | None:
        """1 to 5, None for no answer."""
        return int(self.feeling.data) if self.feeling.data else None


class IllForm(Form):
    """``longer``: sent with a day; the big button for today sends neither."""

    longer = HiddenField(default="1")
    until = DayField(
        _l("Until which day?"), description=_l("The last day on which you do not come."), validators=[Optional()]
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Until a day needs the day."""
        fine = super().validate(*args, **kwargs)
        if self.longer.raw_data and self.until.data is None and not self.until.errors:
            self.until.errors = [gettext("Please choose a day.")]
            return False
        return fine


def _words(label: Any, hint: Any = "") -> TextAreaField:
    return TextAreaField(
        label, description=hint, filters=[trimmed], validators=[Length(max=LONGEST_REPORT)], render_kw={"rows": 2}
    )


class IncidentForm(VersionedForm):
    """An accident; ``key``: made for every new form, so that a double tap writes it once."""

    key = HiddenField()
    day = DayField(_l("Day"), validators=[InputRequired()])
    time = TimeField(_l("Time"), validators=[InputRequired()])
    what = _words(_l("What happened"))
    injury = _words(_l("Injury"), _l("Only what was seen. No diagnosis."))
    first_aid = _words(_l("First aid"))
    witness = _words(_l("Who saw it"))
    told = _words(_l("Who was told"))
    reported_on = DayField(_l("Reported to the insurer on"), validators=[Optional()])
    note = _words(_l("Note"), _l("For example why it need not be reported."))


class TaskForm(VersionedForm):
    name = StringField(_l("Name"), filters=[trimmed], validators=[InputRequired(), Length(max=NAME)])
    sentence = StringField(
        _l("What somebody does"),
        description=_l("A short sentence, as one would say it to them."),
        filters=[trimmed],
        validators=[InputRequired(), Length(max=SENTENCE)],
    )
    area = SelectField(_l("Area"), validators=[InputRequired()])


class ConcernForm(Form):
    """``key``: made for every form that is shown, so that a double tap is one concern."""

    key = HiddenField()
    text = TextAreaField(
        _l("What worries you?"),
        description=_l("What you saw or heard, in a few words. No diagnosis."),
        filters=[trimmed],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=LONGEST_TEXT)],
        render_kw={"rows": 4},
    )
    owner = RadioField(_l("Who takes care of it?"), validators=[InputRequired(_l("Choose who takes care of it."))])
    due_on = DayField(_l("Until when?"), validators=[InputRequired(_l("Please choose a day."))])

    def offer(self, owners: Sequence[Listener]) -> None:
        self.owner.choices = [(one.public_id, _with_role(one)) for one in owners]


def _first(found: Telling) -> str | None:
    """Whom they told last; nobody is chosen for them, unless there is only one."""
    if found.chosen:
        return found.chosen
    return found.listeners[0].public_id if len(found.listeners) == 1 else None


def _with_role(one: Listener) -> str:
    names: dict[Role, Any] = {
        Role.THERAPIST: gettext("therapist"),
        Role.COACH: gettext("job coach"),
        Role.COORDINATOR: gettext("coordinator"),
    }
    return gettext(
        "%(name)s, %(role)s", name=one.name, role=_join([names[role] for role in names if role in one.roles])
    )


def _join(names: Sequence[str]) -> str:
    return ", ".join(names)


def _place(place: Place) -> str:
    return f"{place.employer}, {place.site}"
