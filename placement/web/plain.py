"""Plain language and pictograms, for readers who chose them.

Plain language is a second catalog with simpler sentences, laid over the reader's own.
Only what can be said more plainly stands in ``plain.po``; every other sentence comes from the language itself.
"""

from __future__ import annotations

from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Domain, get_locale

from placement.web.current import actor_or_none

NAME = "plain"
#: The part of catalog wording that is said more plainly: "de-plain" beside "de".
VARIANT = "-plain"


class PlainDomain(Domain):
    """Looks in the plain catalog first."""

    def __init__(self, usual: Domain) -> None:
        super().__init__(usual.translation_directories, domain="messages")
        self._usual = usual
        self._plain: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """The plain sentences of the reader's language, then the usual ones."""
        locale = get_locale()
        if str(locale) not in self._plain:
            plain = Translations.load(self.translation_directories[0], [locale], NAME)
            usual = self._usual.get_translations()
            if isinstance(plain, Translations):
                plain.add_fallback(usual)
            self._plain[str(locale)] = plain if isinstance(plain, Translations) else usual
        return self._plain[str(locale)]


def reads_plain() -> bool:
    """Whether the signed-in person chose plain language."""
    who = actor_or_none()
    return who is not None and who.reading.plain


def shows_pictograms() -> bool:
    """Whether the signed-in person wants pictures beside the words."""
    who = actor_or_none()
    return who is not None and who.reading.pictograms


def init_app(app: Flask) -> None:
    app.add_template_global(shows_pictograms)
    with app.app_context():
        plain = PlainDomain(app.extensions["babel"].instance.domain_instance)

    @app.before_request
    def _plainly() -> None:
        if reads_plain():
            plain.as_default()
