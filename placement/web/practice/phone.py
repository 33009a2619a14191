"""A family member's phone: its cookie, and what its invitation is good for now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from placement.domain.errors import LinkEnded
from placement.domain.practice import PHONE_LIFE
from placement.domain.tokens import token_hash
from placement.policy.family import FamilyPhone
from placement.policy.permissions import Permission
from placement.queries.practice.family import load_family_phone
from placement.web.current import now, reads
from placement.web.gate import requires

View = Callable[..., ResponseReturnValue]


def cookie_name() -> str:
    """Bound to our host and https, where there is https."""
    return "__Host-placement-family" if current_app.config["SESSION_COOKIE_SECURE"] else "placement-family"


def phone() -> FamilyPhone | None:
    """The phone behind the cookie, None for one we don't know or whose invitation has ended."""
    secret = request.cookies.get(cookie_name(), "")
    return load_family_phone(reads(), token_hash(secret), now()) if secret else None


def for_family(view: Callable[[FamilyPhone], ResponseReturnValue]) -> View:
    """Hand the phone to the page; any other visitor, and an invitation that has ended meanwhile, leads to what to do.

    Public to the table of permissions: nobody signs in here, and the phone's own scope decides what is asked.
    """

    @requires(Permission.PUBLIC)
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        found = phone()
        if found is None:
            return redirect(url_for("practice.family_closed"), 303)
        try:
            return view(found, *args, **kwargs)
        except LinkEnded:
            return redirect(url_for("practice.family_closed"), 303)

    return guarded


def remember(response: Response, secret: str | None = None) -> Response:
    """Give the phone its cookie for thirty days; without ``secret`` the one it has, from now on."""
    response.set_cookie(
        cookie_name(),
        secret if secret is not None else request.cookies.get(cookie_name(), ""),
        max_age=PHONE_LIFE,
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
