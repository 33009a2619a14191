"""What an admin does around an account: a new link by mail, the participant's record, a supervisor's shops."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.roles import Role
from placement.domain.words import say
from placement.models.accounts.account import Account
from placement.models.employers.employer import SiteSupervisor
from placement.models.feedback.rater import Rater
from placement.policy.actor import Actor
from placement.usecases.effects.account_links import (
    add_sites,
    link_record,
    program_today,
    site_of,
    unlink_record,
)
from placement.usecases.effects.accounts import live_roles, welcome
from placement.usecases.effects.log import audit
from placement.usecases.effects.managed import managed_account
from placement.usecases.transaction import Work

ONE_DAY = timedelta(days=1)


def send_password_link(work: Work, actor: Actor, public_id: str) -> None:
    """Mail a new link to set a password to the account's own address; earlier links stop working."""
    with work.transaction() as session:
        account = managed_account(session, actor, public_id)
        _ensure_member(session, actor, account)
        welcome(session, work, actor.program, account, link=True)
        audit(session, work, actor, "accounts.send_link", Account.__tablename__, account.id)


def connect_record(work: Work, actor: Actor, public_id: str, participant: str | None) -> None:
    """Say whose record a participant signs in to; None lets go. Raises NotFound, Refused."""
    with work.transaction() as session:
        account = managed_account(session, actor, public_id)
        _ensure_member(session, actor, account, Role.PARTICIPANT)
        record = None
        if participant is None:
            unlink_record(session, actor.program, account.id)
        else:
            record = link_record(session, actor.program, account, participant)
        audit(session, work, actor, "accounts.connect_record", Account.__tablename__, account.id, participant=record)


def add_site(work: Work, actor: Actor, public_id: str, site: str) -> None:
    """Let a supervisor see and rate the shifts at a shop, from today. Raises NotFound, Refused."""
    with work.transaction() as session:
        account = managed_account(session, actor, public_id)
        _ensure_member(session, actor, account, Role.SUPERVISOR)
        add_sites(session, work, actor.program, account, (site,))
        site_id = site_of(session, actor.program, site)
        audit(session, work, actor, "accounts.add_site", Account.__tablename__, account.id, site=site_id)


def end_site(work: Work, actor: Actor, public_id: str, site: str) -> None:
    """Yesterday was the supervisor's last day at a shop. Raises NotFound."""
    with work.transaction() as session:
        account = managed_account(session, actor, public_id)
        site_id = site_of(session, actor.program, site)
        raters = select(Rater.id).where(Rater.program_id == actor.program, Rater.account_id == account.id)
        yesterday = program_today(session, work, actor.program) - ONE_DAY
        session.execute(
            update(SiteSupervisor)
            .where(
                SiteSupervisor.program_id == actor.program,
                SiteSupervisor.site_id == site_id,
                SiteSupervisor.rater_id.in_(raters),
                or_(SiteSupervisor.last_day.is_(None), SiteSupervisor.last_day > yesterday),
            )
            .values(last_day=yesterday)
            .execution_options(synchronize_session=False)
        )
        audit(session, work, actor, "accounts.end_site", Account.__tablename__, account.id, site=site_id)


def _ensure_member(session: Session, actor: Actor, account: Account, role: Role | None = None) -> None:
    roles = live_roles(session, actor.program, account.id)
    if account.archived_at is not None or not roles:
        raise Refused(say("This account is archived. Bring it back first."))
    if role is not None and role not in roles:
        raise Refused(say("This person does not have that role."))
