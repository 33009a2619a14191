"""Mails in the recipient's language, with links that lead to our own address."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask
from flask_babel import force_locale, gettext

from placement.adapters.mail import Message
from placement.domain.tokens import link_token
from placement.queries.accounts.welcome import Welcome


def welcome_mail(app: Flask, link_key: bytes, message_id: str, facts: Welcome) -> Message:
    """The first mail to somebody; with a link to set a password as long as there is none."""
    token = link_token(link_key, *facts.link) if facts.link else None
    url = address(app, "accounts.set_password_by_link", token=token) if token else address(app, "accounts.sign_in")
    with force_locale(facts.locale):
        parts = {
            kind: app.jinja_env.get_template(f"email/welcome.{kind}").render(facts=facts, url=url)
            for kind in ("txt", "html")
        }
        subject = gettext("Your access to %(program)s", program=facts.program or "Placement")
    return Message(facts.email, subject, parts["txt"], parts["html"], message_id)


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
