from __future__ import annotations

from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from placement.domain.contacts import AUTO, LONGEST_NOTE, QUICK_MINUTES, ContactKind, contact_words
from placement.usecases.effects.contacts import ContactValues
from placement.web.forms import DayField, VersionedForm, trimmed
from placement.web.words import say, upper_first

OTHER = "other"


class ContactForm(VersionedForm):
    """``key``: made for every new form, so that a double tap is one contact. ``came_from``: where to go back to."""

    key = HiddenField()
    came_from = HiddenField()
    kind = RadioField(_l("What was it"), validators=[InputRequired()])
    quick = RadioField(_l("How long"), validators=[InputRequired()])
    minutes = IntegerField(
        _l("Minutes"), description=_l("Only if you chose “another time” above."), validators=[Optional()]
    )
    day = DayField(_l("Which day"), validators=[InputRequired()])
    shift = RadioField(_l("On which shift"), validators=[Optional()])
    note = TextAreaField(
        _l("Note"),
        description=_l("For the staff. They may ask to read this."),
        filters=[trimmed],
        validators=[Length(max=LONGEST_NOTE)],
    )
    follow_up_on = DayField(
        _l("Come back to it on"),
        description=_l("On this day it stands on your day page again."),
        validators=[Optional()],
    )

    def offer(self, shift: str = "") -> None:
        """Fill in the choices, in the reader's language; ``shift``: public id of the one it belongs to."""
        self.kind.choices = [(kind.value, upper_first(say(contact_words(kind)))) for kind in ContactKind]
        quick = [(str(n), ngettext("%(num)s minute", "%(num)s minutes", n)) for n in QUICK_MINUTES]
        self.quick.choices = [*quick, (OTHER, gettext("another time"))]
        this = [(shift, gettext("on this shift"))] if shift else []
        auto = (AUTO, gettext("coaching or a visit: on the shift of that day"))
        self.shift.choices = [*this, auto, ("", gettext("on none"))]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Another time needs its minutes."""
        fine = super().validate(*args, **kwargs)
        if self.quick.data == OTHER and self.minutes.data is None and not self.minutes.errors:
            self.minutes.errors = [gettext("How many minutes was it?")]
            fine = False
        return fine

    @property
    def contact(self) -> ContactValues:
        """What was filled in; ask only after it was found valid."""
        minutes = self.minutes.data if self.quick.data == OTHER else int(self.quick.data)
        return ContactValues(
            ContactKind(self.kind.data),
            self.day.data,
            minutes or 0,
            self.shift.data or "",
            self.note.data or "",
            self.follow_up_on.data,
        )


def quick_of(minutes: int) -> dict[str, Any]:
    """The two fields that say how long."""
    if minutes in QUICK_MINUTES:
        return {"quick": str(minutes), "minutes": None}
    return {"quick": OTHER, "minutes": minutes}
