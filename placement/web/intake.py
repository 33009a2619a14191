"""What every request passes first: an id, no NUL, same origin for unsafe methods."""

from __future__ import annotations

import secrets

from flask import Flask, abort, g, request

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def init_app(app: Flask) -> None:
    @app.before_request
    def _request_id() -> None:
        g.request_id = secrets.token_hex(8)

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

    @app.before_request
    def _same_origin() -> None:
        """A browser that says the form came from elsewhere is believed."""
        if request.method in UNSAFE and request.headers.get("Sec-Fetch-Site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            abort(403)
