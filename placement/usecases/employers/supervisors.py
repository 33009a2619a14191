"""Who may rate shifts at a site, from one day to another."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.roles import Role
from placement.domain.support import RaterKind
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.models.employers.employer import Site, SiteSupervisor
from placement.models.feedback.rater import Rater
from placement.policy.actor import Actor
from placement.usecases.effects.employers import load_to_edit
from placement.usecases.effects.log import audit
from placement.usecases.effects.raters import ensure_rater
from placement.usecases.transaction import Work


def add_site_supervisor(
    work: Work,
    actor: Actor,
    site: str,
    account_public_id: str | None,
    name: str,
    first_day: date,
    last_day: date | None = None,
) -> str:
    """Let somebody supervise a site; answers the rater's public id.

    With an account (a member with the supervisor role) they can sign in and rate; without one, ``name`` says who is
    meant, and staff writes down what they saw. Adding somebody again replaces the days.
    Raises NotFound, Forbidden, Refused.
    """
    with work.transaction() as session:
        row = load_to_edit(session, actor, Site, site)
        if last_day is not None and last_day < first_day:
            raise Refused(say("The last day is before the first."), "last_day")
        rater = (
            _with_account(session, work, row, account_public_id)
            if account_public_id
            else _by_name(session, work, row, name)
        )
        link = session.get(SiteSupervisor, (row.id, rater.id))
        if link is None:
            link = SiteSupervisor(program_id=row.program_id, site_id=row.id, rater_id=rater.id)
            session.add(link)
        link.first_day, link.last_day = first_day, last_day
        audit(session, work, actor, "sites.add_supervisor", "site", row.id, rater_id=rater.id)
        return rater.public_id


def end_site_supervisor(work: Work, actor: Actor, site: str, rater: str, last_day: date) -> None:
    """Set a supervisor's last day at a site; ``rater`` is a public id. Raises NotFound, Forbidden, Refused."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Site, site)
        link = session.scalar(
            select(SiteSupervisor)
            .join(Rater, Rater.id == SiteSupervisor.rater_id)
            .where(SiteSupervisor.site_id == row.id, Rater.public_id == rater)
        )
        if link is None:
            raise NotFound
        if last_day < link.first_day:
            raise Refused(say("That is before the first day, %(day)s.", day=link.first_day), "last_day")
        link.last_day = last_day
        audit(session, work, actor, "sites.end_supervisor", "site", row.id, rater_id=link.rater_id)


def _with_account(session: Session, work: Work, site: Site, public_id: str) -> Rater:
    found = session.execute(
        select(Account.id, Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.public_id == public_id,
            Account.archived_at.is_(None),
            Membership.program_id == site.program_id,
            Membership.role == Role.SUPERVISOR,
            Membership.archived_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise Refused(say("Choose one of this program's supervisors."), "account")
    rater = ensure_rater(session, work, site.program_id, found.id, Role.SUPERVISOR, found.name)
    if rater is None:
        raise LookupError("supervisors rate")
    return rater


def _by_name(session: Session, work: Work, site: Site, name: str) -> Rater:
    """The rater of that name who already supervises this site, or a new one."""
    name = " ".join(name.split())
    if not name:
        raise Refused(say("Choose somebody, or enter a name."), "name")
    rater = session.scalar(
        select(Rater)
        .join(SiteSupervisor, SiteSupervisor.rater_id == Rater.id)
        .where(
            SiteSupervisor.site_id == site.id,
            Rater.name == name,
            Rater.account_id.is_(None),
            Rater.archived_at.is_(None),
        )
        .limit(1)
    )
    if rater is None:
        rater = Rater(program_id=site.program_id, kind=RaterKind.SUPERVISOR, name=name, created_at=work.clock())
        session.add(rater)
        session.flush()
    return rater
