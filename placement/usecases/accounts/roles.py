"""An admin turns roles on and off."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.errors import Refused
from placement.domain.roles import Role
from placement.domain.words import say
from placement.models.accounts.account import Account
from placement.policy.actor import Actor
from placement.usecases.effects.account_links import unlink_record
from placement.usecases.effects.accounts import ensure_admin_left, grant, live_roles, revoke
from placement.usecases.effects.log import audit
from placement.usecases.effects.managed import managed_account
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class SetRoles:
    """``roles``: all that the person shall have in the program."""

    account: str
    version: int
    roles: frozenset[Role]


def set_roles(work: Work, actor: Actor, command: SetRoles) -> None:
    """Raises NotFound, Stale, Refused (field roles): nobody gives themselves roles, the last admin stays one."""
    with work.transaction() as session:
        account = managed_account(session, actor, command.account)
        now_has = live_roles(session, actor.program, account.id)
        if account.archived_at is not None or not now_has:
            raise Refused(say("This account is archived. Bring it back first."))
        if not command.roles:
            raise Refused(say("Please choose at least one role, or archive the account."), "roles")
        check_version(account, command.version, {"roles": sorted(now_has)})
        more, less = command.roles - now_has, now_has - command.roles
        if more and account.id == actor.account_id:
            raise Refused(say("Nobody gives themselves a role. Ask another admin."), "roles")
        if Role.ADMIN in less:
            ensure_admin_left(session, actor.program, account.id)
        grant(session, work, actor.program, account, more)
        revoke(session, work, actor.program, account.id, less)
        if Role.PARTICIPANT in less:
            unlink_record(session, actor.program, account.id)
        audit(
            session, work, actor, "accounts.set_roles", Account.__tablename__, account.id,
            given=sorted(more), taken=sorted(less),
        )  # fmt: skip
