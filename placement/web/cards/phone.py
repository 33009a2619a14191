"""The phone that is asking: its cookie, and what its link is good for now."""

from __future__ import annotations

from flask import Response, current_app, g, request

from placement.domain.feedback_links import DEVICE_LIFE
from placement.domain.tokens import token_hash
from placement.policy.device import Device
from placement.queries.cards.device import load_device
from placement.web.current import now, reads


def cookie_name() -> str:
    """Bound to our host and https, where there is https."""
    return "__Host-placement-card" if current_app.config["SESSION_COOKIE_SECURE"] else "placement-card"


def phone() -> Device | None:
    """The phone behind the cookie, None for one we don't know; asked for once a request."""
    if "phone" not in g:
        secret = request.cookies.get(cookie_name(), "")
        g.phone = load_device(reads(), token_hash(secret), now()) if secret else None
    found: Device | None = g.phone
    return found


def remember(response: Response, secret: str | None = None) -> Response:
    """Give the phone its cookie for thirty days; without ``secret`` the one it has, from now on."""
    response.set_cookie(
        cookie_name(),
        secret if secret is not None else request.cookies.get(cookie_name(), ""),
        max_age=DEVICE_LIFE,
        path="/",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: Response) -> Response:
    """Take the cookie away."""
    response.delete_cookie(
        cookie_name(),
        path="/",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
    return response
