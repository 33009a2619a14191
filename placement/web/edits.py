"""Two people changed the same thing: show both, lose nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Field

from placement.domain.errors import Stale
from placement.web.forms import VersionedForm


def conflict_page(form: VersionedForm, error: Stale, back: str, action: str = "") -> ResponseReturnValue:
    """409 with what was written beside what is saved now. ``error.current`` is keyed like the form's fields."""
    rows = [
        {"label": field.label.text, "yours": _shown(field, field.data), "theirs": _shown(field, error.current[name])}
        for name, field in form._fields.items()
        if name in error.current
    ]
    values: dict[str, Any] = {
        name: field.raw_data or [] for name, field in form._fields.items() if name not in ("csrf_token", "version")
    }
    values["version"] = error.version
    page = render_template("errors/conflict.html", rows=rows, values=values, back=back, action=action)
    return page, 409


def _shown(field: Field, value: Any) -> str:
    """A value in words: a choice by its label, yes or no, a list joined."""
    choices = {str(key): str(label) for key, label in _choices(field)}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(choices.get(str(part), str(part)) for part in value)
    return "" if value is None else choices.get(str(value), str(value))


def _choices(field: Field) -> Iterable[tuple[Any, Any]]:
    choices = getattr(field, "choices", None) or []
    return [(choice[0], choice[1]) for choice in choices if isinstance(choice, tuple)]
