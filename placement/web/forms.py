"""The base of every form: translated messages, trimmed text, and where refusals land."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Optional

from placement.domain.errors import Refused
from placement.web.words import say


class Form(FlaskForm):
    """A form with CSRF. ``refuse`` puts a business rule's "no" beside the field it belongs to."""

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
        text = str((self.version.raw_data or [""])[0])
        return int(text) if text.isdigit() and len(text) < 10 else 0


def trimmed(text: str | None) -> str:
    """Filter for text fields: no blanks around it, and no None."""
    return (text or "").strip()
