"""Which language a page is in: the account's, else the visitor's choice, else the browser's."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from typing import Any

from babel import Locale
from flask import Flask, g, has_request_context, request, session
from flask_babel import get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from placement.domain.reading import Reading
from placement.web.current import actor_or_none

LOCALES = {"en": "English", "de": "Deutsch"}
THEMES = ("auto", "light", "dark")


#: Flask-Babel's notes about a request: the locale, and here the sentences in it.
_NOTES = "_flask_babel"


def select() -> Locale:
    """The locale of this request; the same object for everybody who reads in it."""
    return _parsed(_code())


def _code() -> str:
    if not has_request_context():
        return "en"
    who = actor_or_none()
    if who is not None:
        return who.locale
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    return request.accept_languages.best_match(list(LOCALES)) or "en"


@cache
def _parsed(code: str) -> Locale:
    return Locale.parse(code)


def reader_locale() -> Locale:
    """As Flask-Babel has it; a page asks hundreds of times, so what is known is taken without a detour."""
    notes = g.get(_NOTES) if g else None
    return getattr(notes, "babel_locale", None) or get_locale()


def translations() -> NullTranslations:
    """The sentences of the reader's language, looked for once as long as the language stays."""
    notes = g.get(_NOTES) if g else None
    locale, kept = getattr(notes, "babel_locale", None), getattr(notes, "sentences", None)
    if kept is not None and kept[0] is locale:
        return kept[1]
    found: NullTranslations = get_translations()
    if notes is not None and locale is not None:
        notes.sentences = (locale, found)
    return found


@pass_eval_context
def _gettext(context: EvalContext, msgid: str, /, **values: Any) -> str:
    """``_()`` of templates: values are escaped where the template escapes."""
    return _filled(context, translations().gettext(msgid), values)


@pass_eval_context
def _ngettext(context: EvalContext, one: str, several: str, num: int, /, **values: Any) -> str:
    values.setdefault("num", num)
    return _filled(context, translations().ngettext(one, several, num), values)


def _filled(context: EvalContext, text: str, values: dict[str, Any]) -> str:
    if context.autoescape:
        text = Markup(text)
    # Two percent signs stand for one, with values or without.
    return text % values if "%" in text else text


def theme() -> str:
    """auto, light or dark."""
    who = actor_or_none()
    chosen = who.theme if who else session.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)

    @app.context_processor
    def _language() -> dict[str, object]:
        who = actor_or_none()
        return {
            "current_locale": str(reader_locale()),
            "current_theme": theme(),
            "LOCALES": LOCALES,
            "reading": who.reading if who is not None else Reading(),
        }
