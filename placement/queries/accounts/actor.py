"""Loading who is asking: one statement a request."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ScalarSelect, String, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from placement.domain.reading import Reading
from placement.domain.roles import Role
from placement.domain.support import RaterKind
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.accounts.session import SignInSession
from placement.models.employers.employer import SiteSupervisor
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from placement.policy.actor import Actor

S = SignInSession


def load_actor(db: Session, token_hash: str, now: datetime, idle_since: datetime) -> tuple[Actor, datetime] | None:
    """The actor behind a session token and when they were last seen, or None if it ended, expired or idled."""
    row = _row(db, token_hash, now, idle_since)
    return None if row is None else (_actor(row, now), row.last_seen_at)


def _row(db: Session, token_hash: str, now: datetime, idle_since: datetime) -> Any:
    return db.execute(
        select(
            S.id,
            S.account_id,
            S.last_seen_at,
            Account.name,
            Account.locale,
            Account.theme,
            Account.plain,
            Account.large_type,
            Account.pictograms,
            Account.read_aloud,
            Account.runs_site,
            Program.id.label("program_id"),
            Program.name.label("program_name"),
            Program.locale.label("program_locale"),
            Program.country,
            Program.zone,
            _roles().label("roles"),
            _participant().label("participant_id"),
            _assignments().label("assignments"),
            _sites().label("sites"),
            _raters().label("raters"),
        )
        .join(Account, Account.id == S.account_id)
        .outerjoin(Program, (Program.id == S.program_id) & Program.archived_at.is_(None))
        .where(
            S.token_hash == token_hash,
            S.ended_at.is_(None),
            S.expires_at > now,
            S.last_seen_at > idle_since,
            Account.archived_at.is_(None),
        )
    ).one_or_none()


def _actor(row: Any, now: datetime) -> Actor:
    today = now.astimezone(ZoneInfo(row.zone or "UTC")).date()
    assigned = _running(row.assignments, today)
    return Actor(
        account_id=row.account_id,
        name=row.name,
        locale=row.locale,
        theme=row.theme,
        reading=Reading(row.plain, row.large_type, row.pictograms, row.read_aloud),
        session_id=row.id,
        runs_site=row.runs_site,
        program_id=row.program_id,
        program_name=row.program_name or "",
        program_locale=row.program_locale or "en",
        program_country=row.country or "DE",
        zone=row.zone or "UTC",
        roles=frozenset(Role(name) for name in (row.roles or "").split(",") if name),
        participant_id=row.participant_id,
        assigned=frozenset(key for key, flag in assigned if flag == "0"),
        covering=frozenset(key for key, flag in assigned if flag == "1"),
        sites=frozenset(key for key, _ in _running(row.sites, today)),
        rater_ids=frozenset(int(key) for key in (row.raters or "").split(",") if key),
    )


def _running(joined: str | None, today: date) -> list[tuple[int, str]]:
    """Entries "id:flag:first:last" that hold today."""
    running = []
    for entry in (joined or "").split(","):
        if not entry:
            continue
        key, flag, first, last = entry.split(":")
        if first <= today.isoformat() and (not last or last >= today.isoformat()):
            running.append((int(key), flag))
    return running


def _entry(
    key: InstrumentedAttribute[int],
    flag: ColumnElement[str] | str,
    first: InstrumentedAttribute[date],
    last: InstrumentedAttribute[date | None],
) -> ColumnElement[str]:
    return cast(key, String) + ":" + flag + ":" + cast(first, String) + ":" + func.coalesce(cast(last, String), "")


def _roles() -> ScalarSelect[str]:
    return (
        select(func.aggregate_strings(Membership.role.cast(String), ","))
        .where(
            Membership.account_id == S.account_id,
            Membership.program_id == S.program_id,
            Membership.archived_at.is_(None),
        )
        .scalar_subquery()
    )


def _participant() -> ScalarSelect[int]:
    return (
        select(Participant.id)
        .where(
            Participant.account_id == S.account_id,
            Participant.program_id == S.program_id,
            Participant.archived_at.is_(None),
        )
        .scalar_subquery()
    )


def _assignments() -> ScalarSelect[str]:
    flag = func.coalesce(cast(Assignment.stands_in_for_id * 0 + 1, String), "0")
    entry = _entry(Assignment.participant_id, flag, Assignment.first_day, Assignment.last_day)
    return (
        select(func.aggregate_strings(entry, ","))
        .where(Assignment.account_id == S.account_id, Assignment.program_id == S.program_id)
        .scalar_subquery()
    )


def _sites() -> ScalarSelect[str]:
    entry = _entry(SiteSupervisor.site_id, "0", SiteSupervisor.first_day, SiteSupervisor.last_day)
    return (
        select(func.aggregate_strings(entry, ","))
        .join(Rater, Rater.id == SiteSupervisor.rater_id)
        .where(
            Rater.account_id == S.account_id,
            Rater.program_id == S.program_id,
            Rater.archived_at.is_(None),
        )
        .scalar_subquery()
    )


def _raters() -> ScalarSelect[str]:
    return (
        select(func.aggregate_strings(cast(Rater.id, String), ","))
        .where(
            Rater.account_id == S.account_id,
            Rater.program_id == S.program_id,
            Rater.archived_at.is_(None),
            # Participants who say how a shift was for them have written no feedback.
            Rater.kind != RaterKind.SELF,
        )
        .scalar_subquery()
    )
