"""Two people changed the same thing: show both, lose nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Field
from wtforms.fields.choices import SelectChoice

from placement.domain.errors import Stale
from placement.web.forms import VersionedForm


def conflict_page(
    form: VersionedForm,
    error: Stale,
    back: str,
    action: str = "",
    extra: Iterable[Mapping[str, str]] = (),
    seen: str | None = None,
) -> ResponseReturnValue:
    """409 with what was written beside what is saved now. ``error.current`` is keyed like the form's fields.

    ``extra``: rows (label, yours, theirs) for parts of the page that are no fields of the form, such as a week.
    Whatever was posted is posted again by "save what I wrote"; ``seen`` replaces a field of that name.
    """
    rows = [
        {"label": field.label.text, "yours": _shown(field, field.data), "theirs": _shown(field, error.current[name])}
        for name, field in form._fields.items()
        if name in error.current
    ]
    rows += [dict(row) for row in extra]
    values: dict[str, Any] = {
        name: texts for name, texts in request.form.lists() if name not in ("csrf_token", "version")
    }
    values["version"] = error.version
    if seen is not None:
        values["seen"] = seen
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
    return [(choice.value, choice.label) for choice in choices if isinstance(choice, SelectChoice)]
