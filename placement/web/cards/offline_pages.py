"""The card without signal: the page a phone keeps, the script that serves it, and what makes it installable.

Nothing here knows a person, a session or a link: the same bytes go to everybody who reads the same language.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, render_template, request, url_for
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from placement.catalog.read import help_countries, help_lines
from placement.policy.permissions import Permission
from placement.web.cards.blueprint import KNOW_NOBODY, cards
from placement.web.cards.forms import AccidentForm, ColleagueForm, WorryForm
from placement.web.feedback_form import AnswersForm
from placement.web.gate import requires
from placement.web.locale import LOCALES, THEMES, theme
from placement.web.static_urls import static_url

#: What the shell runs; pages load the same files under the same addresses.
MODULES = (
    "answers.js", "asking.js", "drawing.js", "keeping.js", "send.js", "shell.js", "store.js", "telling.js",
    "waiting.js", "words.js",
)  # fmt: skip
#: The parts of the worker, in order: one plain script, because not every browser takes modules there.
WORKER = ("store.js", "send.js", "worker.js")
SHEETS = ("css/card.css", "css/theme.css", "css/parts.css")
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const )", re.MULTILINE)


@cards.get("/card/shell")
@requires(Permission.PUBLIC)
def shell() -> Response:
    with force_locale(_locale()):
        return current_app.make_response(_shell())


@cards.get("/card/sw.js")
@requires(Permission.PUBLIC)
def worker() -> Response:
    """The service worker. Its text names the shell and every file, so a change of any of them makes a new one."""
    address = url_for("cards.shell", locale=_locale(), theme=_theme())
    files = [address, *_sheets(), static_url("icon.svg"), static_url("js/card/shell.js"), *_modules()]
    source = "".join(_EXPORT.sub("", _IMPORT.sub("", _read(f"js/card/{name}"))) for name in WORKER)
    with force_locale(_locale()):
        seen = [_shell(), source, *(_read(f"js/card/{name}") for name in MODULES), *files]
    constants = {"VERSION": hashlib.sha256("\n".join(seen).encode()).hexdigest()[:16], "SHELL": address, "FILES": files}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in constants.items())
    answer = Response(head + source, mimetype="text/javascript")
    # "/card" itself is not below "/card/".
    answer.headers["Service-Worker-Allowed"] = "/card"
    return answer


@cards.get("/card/manifest.webmanifest")
@requires(Permission.PUBLIC)
def manifest() -> Response:
    """What a phone needs to put the card on its home screen."""
    with force_locale(_locale()):
        answer = jsonify(
            id="/card",
            name=_("Placement: the card of the day"),
            short_name=_("Card"),
            lang=_locale(),
            start_url=url_for("cards.show"),
            scope="/card",
            display="standalone",
            background_color="#faf8f4",
            theme_color="#0b6b63",
            icons=_icons(),
        )
    answer.mimetype = "application/manifest+json"
    return answer


@cards.context_processor
def _worker_address() -> dict[str, object]:
    """``card_address("worker")``: in the language and look of the page that asks. ``foundation``: see ``_SMALL``."""
    small = static_url("css/card.css") if request.endpoint in _SMALL else None
    return {
        "card_address": lambda name: url_for(f"cards.{name}", locale=_locale(), theme=_theme()),
        "foundation": small,
    }


def _shell() -> str:
    return render_template(
        "cards/shell.html",
        form=AnswersForm(**_BLANK),
        worry=WorryForm(**_BLANK),
        accident=AccidentForm(**_BLANK),
        colleague=ColleagueForm(**_BLANK),
        countries=[(country, help_lines(country)) for country in help_countries()],
        locale=_locale(),
        theme=_theme(),
        sheets=_sheets(),
    )


def _icons() -> list[dict[str, str]]:
    sizes = [("icons/card-192.png", "192x192", "any"), ("icons/card-512.png", "512x512", "any")]
    round_ones = [("icons/maskable-512.png", "512x512", "maskable")]
    return [
        {"src": static_url(name), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in sizes + round_ones
    ] + [{"src": static_url("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]


def _sheets() -> list[str]:
    return [static_url(name) for name in SHEETS]


def _modules() -> list[str]:
    return [url_for("static", filename=f"js/card/{name}") for name in MODULES if name != "shell.js"]


def _read(name: str) -> str:
    return (Path(current_app.static_folder or "") / name).read_text(encoding="utf-8")


def _locale() -> str:
    asked = request.args.get("locale") if request.endpoint in KNOW_NOBODY else None
    return asked if asked in LOCALES else str(get_locale())


def _theme() -> str:
    asked = request.args.get("theme") if request.endpoint in KNOW_NOBODY else None
    return asked if asked in THEMES else theme()


#: A form nobody has filled in and no session belongs to.
_BLANK: dict[str, Any] = {"formdata": None, "meta": {"csrf": False}}
#: Pages a phone loads in a shop: they stand on ``card.css``, a twentieth of what all other pages stand on.
_SMALL = tuple(
    f"cards.{name}"
    for name in (
        "landing", "closed", "show", "send", "sent", "absent", "worried", "accident", "colleague", "help_now",
    )
)  # fmt: skip
