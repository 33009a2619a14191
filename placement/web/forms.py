"""The base of every form: translated messages, trimmed text, and where refusals land."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, FloatField, HiddenField
from wtforms.validators import Optional

from placement.domain.errors import Refused
from placement.web.words import say

#: Days people mean; what is outside is a slip of the keyboard.
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


class Form(FlaskForm):
    """A form with CSRF. ``refuse`` puts a business rule's "no" beside the field it belongs to."""

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Trim what was typed, too: a required field with nothing but spaces in it is empty."""
        super().process(*args, **kwargs)
        for field in self:
            if trimmed in field.filters and field.raw_data:
                field.raw_data = [trimmed(text) for text in field.raw_data]

    def refuse(self, error: Refused) -> None:
        """Show the reason at its field, or on top of the form when it belongs to none."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(say(error.reason))
        else:
            field.errors = [*field.errors, say(error.reason)]

    @property
    def values(self) -> dict[str, Any]:
        """Field name → value, without the CSRF token."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}


class VersionedForm(Form):
    """A form on something two people may edit."""

    version = HiddenField(validators=[Optional()])

    @property
    def seen_version(self) -> int:
        """The version the person was looking at; 0 if the field was left out or tampered with."""
        return whole_number(str((self.version.raw_data or [""])[0])) or 0


class DayField(DateField):
    """A day far enough from the calendar's ends that a year before or after it is a day, too."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and not EARLIEST <= self.data <= LATEST:
            self.data = None
            raise ValueError(self.gettext("Not a valid date value."))


class NumberField(FloatField):
    """A number as people write it: with a point or a comma."""

    data: float | None

    def _value(self) -> str:
        """Without ".0" behind whole numbers."""
        return self.raw_data[0] if self.raw_data else "" if self.data is None else f"{self.data:.10g}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([str(text).strip().replace(",", ".") for text in valuelist])
        if self.data is not None and not -1e9 < self.data < 1e9:
            self.data = None
            raise ValueError(self.gettext("Not a valid float value."))


def whole_number(text: str) -> int | None:
    """What the digits 0–9 say, at most eighteen so that it fits into a key; None for anything else.

    ``str.isdigit`` takes "²" for a digit, and ``int`` refuses more than 4300 of them.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def trimmed(text: str | None) -> str:
    """Filter for text fields: no blanks around it, and no None."""
    return (text or "").strip()
