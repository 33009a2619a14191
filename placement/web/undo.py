"""A message that can be taken back: what was done, and a button that undoes it. Works without script."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _

#: Category of such messages; the base layout draws the button.
UNDO = "undo"


def flash_undo(text: str, action: str, label: str = "", **values: str) -> None:
    """Tell ``text`` on the next page, with a button that posts ``values`` to ``action``, an address of our own."""
    kept = {name: value for name, value in values.items() if value}
    flash({"text": text, "action": action, "label": label or _("Undo"), "values": kept}, UNDO)  # type: ignore[arg-type]
