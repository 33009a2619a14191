"""Forms with one choice for each entry of a catalog, and what their editor was looking at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from placement.domain.errors import Stale
from placement.web.edits import conflict_page
from placement.web.forms import VersionedForm

#: (public id, label, choices, value now); "" is no answer.
Entry = tuple[str, str, Sequence[tuple[str, str]], str]


class ChoicesForm(VersionedForm):
    """One select for each entry, named ``of-<public id>``. ``seen`` holds the values the page was drawn with."""

    seen = HiddenField()

    @property
    def entries(self) -> dict[str, Any]:
        """Public id → field."""
        return {name[3:]: field for name, field in self._fields.items() if name.startswith("of-")}

    @property
    def was(self) -> dict[str, str]:
        """Public id → value when the page was drawn; what is missing or foreign counts as no answer."""
        try:
            found = json.loads(self.seen.data or "{}")
        except (ValueError, RecursionError):
            return {}
        return {key: str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    @property
    def changed(self) -> dict[str, str]:
        """Public id → value of every entry answered differently from what the page showed."""
        was = self.was
        return {key: field.data or "" for key, field in self.entries.items() if (field.data or "") != was.get(key, "")}

    def conflict(self, error: Stale, back: str, action: str = "") -> ResponseReturnValue:
        """409: name the conflict by fields, and count what is shown beside it as seen."""
        now = {key: "" if value is None else str(value) for key, value in error.current.items()}
        named = Stale(error.version, {f"of-{key}": value for key, value in now.items()})
        return conflict_page(self, named, back, action, seen=json.dumps(self.was | now))


def choices_form(entries: Iterable[Entry]) -> ChoicesForm:
    """The form for these entries, filled in from the request if there is one."""
    entries = list(entries)
    fields = {f"of-{key}": SelectField(label, validators=[Optional()]) for key, label, _choices, _value in entries}
    values = {f"of-{key}": value for key, _label, _choices, value in entries}
    seen = json.dumps({key: value for key, _label, _choices, value in entries})
    made: ChoicesForm = type("EntriesForm", (ChoicesForm,), fields)(data=values | {"seen": seen})
    for key, _label, choices, _value in entries:
        made.entries[key].choices = [SelectChoice(value, label) for value, label in choices]
    return made
