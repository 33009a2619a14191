"""The check: asks the table, and nothing else decides."""

from __future__ import annotations

from placement.domain.errors import Forbidden
from placement.policy.actor import Actor
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.policy.table import TABLE


def allowed(actor: Actor | None, permission: Permission, facts: Facts | None = None) -> bool:
    """True if the actor may; with ``facts`` None, if their role ever may. Signed out means PUBLIC only."""
    if actor is None:
        return permission is Permission.PUBLIC
    return any(predicate(actor, facts) for predicate in TABLE[permission])


def ensure(actor: Actor, permission: Permission, facts: Facts | None = None) -> None:
    """Raises Forbidden unless allowed. Rows out of sight are refused earlier, by the scope of the query."""
    if not allowed(actor, permission, facts):
        raise Forbidden(permission)
