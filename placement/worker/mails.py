"""Mails in the recipient's language, with links that lead to our own address."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import force_locale, gettext
from markupsafe import Markup

from placement.adapters.mail import Message
from placement.domain.letters import Letter
from placement.domain.tokens import link_token
from placement.queries.accounts.welcome import Welcome
from placement.queries.mails.reader import Reader

#: What an HTML mail looks like; in the mail itself, since many programs fetch nothing.
STYLE = Path(__file__).resolve().parents[1] / "static" / "css" / "mail.css"


def draw(app: Flask, letter: Letter, reader: Reader, message_id: str, stop: str, choices: str) -> Message:
    """Both versions of a letter in its reader's language.

    ``stop``: the address that ends mails of this kind, ``choices``: the page where mails are chosen; "" for none.
    """
    with force_locale(reader.locale):
        subject = _one_line(app.jinja_env.filters["say"](letter.subject))
        facts = {"letter": letter, "reader": reader, "subject": subject, "stop": stop, "choices": choices}
        text, html = _both(app, "letter", **facts)
    return Message(reader.email, subject, text, html, message_id, stop)


def _both(app: Flask, name: str, **facts: object) -> tuple[str, str]:
    """A mail's templates, filled in: plain text and HTML."""
    text, html = (app.jinja_env.get_template(f"email/{name}.{kind}") for kind in ("txt", "html"))
    plain = re.sub(r"\n{3,}", "\n\n", text.render(**facts)).strip() + "\n"
    return plain, html.render(**facts, style=_style())


@cache
def _style() -> Markup:
    return Markup(STYLE.read_text(encoding="utf-8"))


def _one_line(text: str) -> str:
    """A subject without what would end its line; names are typed by people."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def welcome_mail(app: Flask, link_key: bytes, message_id: str, facts: Welcome) -> Message:
    """The first mail to somebody; with a link to set a password as long as there is none."""
    token = link_token(link_key, *facts.link) if facts.link else None
    url = address(app, "accounts.set_password_by_link", token=token) if token else address(app, "accounts.sign_in")
    with force_locale(facts.locale):
        subject = _one_line(gettext("Your access to %(program)s", program=facts.program or "Placement"))
        text, html = _both(app, "welcome", facts=facts, url=url, subject=subject)
    return Message(facts.email, subject, text, html, message_id)


def address(app: Flask, endpoint: str, **values: str) -> str:
    """The full address of a page, outside of any request."""
    base = urlsplit(app.config["BASE_URL"])
    adapter = app.url_map.bind(base.netloc, script_name=base.path or "/", url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)


def stable_id(app: Flask, public_id: str) -> str:
    """The Message-ID of a job's mail, the same at every attempt."""
    host = urlsplit(app.config["BASE_URL"]).hostname or ""
    return f"<job-{public_id}@{host if _is_name(host) else 'localhost'}>"


def _is_name(host: str) -> bool:
    return bool(host) and all(letter.isascii() and (letter.isalnum() or letter in ".-") for letter in host)
