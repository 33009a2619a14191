"""What a route works with: the actor, the Work of this request, the reading session, now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flask import current_app, g, has_app_context
from flask_login import UserMixin, current_user

from placement.domain.sealed import Cipher
from placement.extensions import db
from placement.policy.actor import Actor
from placement.queries.session import Reads
from placement.usecases.transaction import Work

#: Where Flask-Login keeps the request's user.
_FOUND = "_login_user"


class SignedIn(UserMixin):
    """Flask-Login's user: its id is the session token, so ending the row ends the session."""

    def __init__(self, token: str, actor: Actor) -> None:
        self.id = token
        self.actor = actor


def actor_or_none() -> Actor | None:
    """The actor, or None when signed out."""
    # Asked for hundreds of times a page, so whom Flask-Login has found already is taken without a detour.
    known = g.get(_FOUND) if has_app_context() else None
    # Who is signed out has none.
    return getattr(current_user if known is None else known, "actor", None)


def actor() -> Actor:
    """The actor. Raises LookupError when signed out; the gate stands before every route that asks."""
    found = actor_or_none()
    if found is None:
        raise LookupError("signed out")
    return found


def work() -> Work:
    """This request's Work."""
    base: Work = current_app.extensions["placement_work"]
    return replace(base, request_id=request_id())


def request_id() -> str:
    return str(g.get("request_id", ""))


def reads() -> Reads:
    """The reading session, in autocommit."""
    return db.session()


def cipher() -> Cipher:
    """Opens what is sealed, for reads whose reader the scope has let in."""
    base: Work = current_app.extensions["placement_work"]
    return base.cipher


def now() -> datetime:
    """The current instant by the application's clock."""
    base: Work = current_app.extensions["placement_work"]
    return base.clock()


def today() -> date:
    """Today in the program's zone."""
    return actor().today(now())
