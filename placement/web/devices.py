"""Flask-Login on server-side sessions: the cookie holds a token, the row decides."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask, request

from placement.domain.sign_in import IDLE
from placement.domain.tokens import token_hash
from placement.extensions import login_manager
from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.queries.accounts.actor import load_actor
from placement.usecases.accounts.touch_session import touch_session
from placement.web.current import SignedIn, actor_or_none, now, reads, work

#: A row is written at most this often while somebody is active.
TOUCH_EVERY = timedelta(minutes=5)


def load(token: str) -> SignedIn | None:
    """The user behind the cookie's token, or None."""
    at = now()
    loaded = load_actor(reads(), token_hash(token), at, at - IDLE)
    if loaded is None:
        return None
    actor, last_seen = loaded
    if at - last_seen > TOUCH_EVERY and request.endpoint != "static":
        touch_session(work(), actor)
    return SignedIn(token, actor)


def can(permission: str) -> bool:
    """For templates: may the signed-in person ever? ``can("participant.create")``."""
    return allowed(actor_or_none(), Permission(permission))


def device_words() -> str:
    """Browser family and system, e.g. "Firefox, Android"."""
    agent = request.user_agent.string
    browser = next((name for name in ("Edg", "OPR", "Firefox", "Chrome", "Safari") if name in agent), "")
    system = next((name for name in ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux") if name in agent), "")
    names = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}
    return ", ".join(names.get(part, part) for part in (browser, system) if re.match(r"\w", part))


def init_app(app: Flask) -> None:
    login_manager.session_protection = None
    login_manager.user_loader(load)
    app.add_template_global(actor_or_none, "current_actor")
    app.add_template_global(can)
    app.context_processor(lambda: {"actor": actor_or_none()})
