"""Addresses of static files with a content hash in them, cached far into the future."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

YEAR = 365 * 24 * 3600


@cache
def _digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def static_url(filename: str) -> str:
    """``/static/css/theme.css?v=…``; another content has another address."""
    folder = current_app.static_folder or ""
    return url_for("static", filename=filename, v=_digest(str(Path(folder) / filename)))


def _cache_forever(response: Response) -> Response:
    hashed = request.endpoint == "bootstrap.static" or (request.endpoint == "static" and "v" in request.args)
    if hashed and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def init_app(app: Flask) -> None:
    app.add_template_global(static_url)
    app.after_request(_cache_forever)
