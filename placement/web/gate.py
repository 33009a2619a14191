"""Net 1: every endpoint declares a permission. Also the access log of personal pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.usecases.system.reads import record_read
from placement.web.current import actor, actor_or_none, work

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare what an endpoint needs. Signed out leads to sign-in, a role that never may to 403."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            who = actor_or_none()
            if permission is not Permission.PUBLIC:
                if who is None:
                    return redirect(url_for("accounts.sign_in", next=_own_path()))
                if not allowed(who, permission):
                    abort(403)
            result: ResponseReturnValue = view(*args, **kwargs)
            return result

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def record(participant_id: int | None = None) -> None:
    """Log that this page was read, before the response. Call it on every page that shows a person's record."""
    record_read(work(), actor(), request.endpoint or "", participant_id)


def _own_path() -> str | None:
    """Where to go back to: only a page that was asked for by GET."""
    if request.method != "GET" or request.path == "/":
        return None
    return request.full_path.rstrip("?")
