"""Which language a page is in: the account's, else the visitor's choice, else the browser's."""

from __future__ import annotations

from flask import Flask, has_request_context, request, session
from flask_babel import get_locale

from placement.web.current import actor_or_none

LOCALES = {"en": "English", "de": "Deutsch"}
THEMES = ("auto", "light", "dark")


def select() -> str:
    """The locale of this request."""
    if not has_request_context():
        return "en"
    who = actor_or_none()
    if who is not None:
        return who.locale
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    return request.accept_languages.best_match(list(LOCALES)) or "en"


def theme() -> str:
    """auto, light or dark."""
    who = actor_or_none()
    chosen = who.theme if who else session.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def init_app(app: Flask) -> None:
    @app.context_processor
    def _language() -> dict[str, object]:
        return {"current_locale": str(get_locale()), "current_theme": theme(), "LOCALES": LOCALES}
