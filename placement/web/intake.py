"""What every request passes first: an id, no NUL (in forms and in JSON), same origin for unsafe methods."""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Flask, abort, g, request

from placement.adapters import papers, tables
from placement.adapters.pictures import LARGEST
from placement.web.current import actor_or_none

#: U+0000, and halves of a surrogate pair: no database takes them.
_UNFIT = re.compile("[\x00\ud800-\udfff]")
#: Pages that take files larger than the application's limit from whoever is signed in, and how many bytes.
LARGER = {
    "groups.new_photo": LARGEST + 64 * 1024,
    "checklists.edit": papers.LARGEST + 64 * 1024,
    "imports.new": tables.LARGEST + 64 * 1024,
}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def _unfit_json() -> bool:
    """Whether a JSON body holds a text that can't be written down, or is nested beyond all sense."""
    try:
        return request.is_json and not _storable(request.get_json(silent=True))
    except RecursionError:
        return True


def _storable(value: Any) -> bool:
    if isinstance(value, str):
        return _UNFIT.search(value) is None
    if isinstance(value, list):
        return all(_storable(part) for part in value)
    if isinstance(value, dict):
        return all(_storable(key) and _storable(part) for key, part in value.items())
    return True


def init_app(app: Flask) -> None:
    @app.before_request
    def _request_id() -> None:
        g.request_id = secrets.token_hex(8)

    @app.url_value_preprocessor
    def _room_for_files(endpoint: str | None, values: dict[str, Any] | None) -> None:
        """Before anything reads the body, as the check of the form's token does."""
        larger = LARGER.get(endpoint or "")
        if larger is not None and actor_or_none() is not None:
            request.max_content_length = larger

    @app.before_request
    def _no_nul() -> None:
        """PostgreSQL refuses U+0000 in text: answer 400 here, in one place."""
        if "%00" in request.query_string.decode("latin-1") or "\x00" in request.path:
            abort(400)
        if request.method in UNSAFE:
            for values in (request.form, request.args):
                for key, texts in values.lists():
                    if "\x00" in key or any("\x00" in text for text in texts):
                        abort(400)
            if _unfit_json():
                abort(400)

    @app.before_request
    def _same_origin() -> None:
        """A browser that says the form came from elsewhere is believed."""
        if request.method in UNSAFE and request.headers.get("Sec-Fetch-Site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            abort(403)
