"""The WSGI entry point: ``flask --app wsgi …`` and any WSGI server."""

from __future__ import annotations

from placement.app import create_app

app = create_app()
