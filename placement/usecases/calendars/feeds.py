"""Addresses for calendar programs: made, renewed and ended by those whose shifts they hand out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound
from placement.domain.feeds import FeedKind
from placement.domain.support import RaterKind
from placement.domain.tokens import feed_token, token_hash
from placement.models.employers.employer import Site
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.shifts.absence import CalendarFeed
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def create_own_feed(work: Work, actor: Actor, kind: FeedKind) -> str:
    """An address for one's own shifts, as a participant or a supervisor; its public id. Asked again: the same one.

    Raises Forbidden.
    """
    with work.transaction() as session:
        if kind is FeedKind.PARTICIPANT and actor.participant_id is not None:
            found: Any = session.get(Participant, actor.participant_id, with_for_update={"key_share": True})
            facts = Facts(actor.program, participant_id=actor.participant_id)
        elif kind is FeedKind.SUPERVISOR:
            found = _own_rater(session, actor)
            facts = Facts(actor.program, rater_id=found.id)
        else:
            raise Forbidden(Permission.FEED_OWN)
        ensure(actor, Permission.FEED_OWN, facts)
        return _create(session, work, actor, kind, actor.locale, found.id)


def create_site_feed(work: Work, actor: Actor, site: str) -> str:
    """An address for a shop (public id), in the program's language. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = session.scalar(
            select(Site)
            .where(Site.public_id == site, scope.in_program(actor, Site.program_id), Site.archived_at.is_(None))
            .with_for_update(key_share=True)
        )
        if row is None:
            raise NotFound
        ensure(actor, Permission.FEED_SITE, Facts(row.program_id, site_id=row.id))
        return _create(session, work, actor, FeedKind.SITE, actor.program_locale, row.id)


def name_shops(work: Work, actor: Actor, public_id: str, names_site: bool) -> None:
    """Whether the shop's name stands in the calendar. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = _find(session, actor, public_id)
        if row.names_site != names_site:
            row.names_site = names_site
            audit(session, work, actor, "feed.names", "calendar_feed", row.id, names_site=names_site)


def renew_feed(work: Work, actor: Actor, public_id: str) -> None:
    """Another address; the one before opens nothing any more. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = _find(session, actor, public_id)
        row.generation += 1
        row.token_hash = token_hash(feed_token(work.link_key, row.id, row.generation))
        audit(session, work, actor, "feed.renew", "calendar_feed", row.id, generation=row.generation)


def end_feed(work: Work, actor: Actor, public_id: str) -> None:
    """The address opens nothing any more. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = _find(session, actor, public_id)
        row.revoked_at, row.token_hash = work.clock(), None
        audit(session, work, actor, "feed.end", "calendar_feed", row.id)


def _create(session: Session, work: Work, actor: Actor, kind: FeedKind, locale: str, owner: int) -> str:
    """``owner``: key of the participant, rater or site, whose row is locked: two taps make one address."""
    column = {FeedKind.PARTICIPANT: "participant_id", FeedKind.SUPERVISOR: "rater_id", FeedKind.SITE: "site_id"}[kind]
    mine = (getattr(CalendarFeed, column) == owner, CalendarFeed.kind == kind, CalendarFeed.revoked_at.is_(None))
    known = session.scalar(select(CalendarFeed.public_id).where(*mine).order_by(CalendarFeed.id).limit(1))
    if known is not None:
        return known
    row = CalendarFeed(
        program_id=actor.program, kind=kind, by_account_id=actor.account_id, locale=locale, generation=1,
        created_at=work.clock(), **{column: owner},
    )  # fmt: skip
    session.add(row)
    session.flush()
    row.token_hash = token_hash(feed_token(work.link_key, row.id, row.generation))
    audit(session, work, actor, "feed.create", "calendar_feed", row.id, kind=kind.value, **{column: owner})
    return row.public_id


def _own_rater(session: Session, actor: Actor) -> Rater:
    found = session.scalar(
        select(Rater)
        .where(
            Rater.id.in_(sorted(actor.rater_ids)),
            Rater.program_id == actor.program,
            Rater.kind == RaterKind.SUPERVISOR,
            Rater.archived_at.is_(None),
        )
        .order_by(Rater.id)
        .limit(1)
        .with_for_update(key_share=True)
    )
    if found is None:
        raise Forbidden(Permission.FEED_OWN)
    return found


def _find(session: Session, actor: Actor, public_id: str) -> CalendarFeed:
    row = session.scalar(
        select(CalendarFeed)
        .where(CalendarFeed.public_id == public_id, CalendarFeed.revoked_at.is_(None), scope.feeds(actor))
        .with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.FEED_CHANGE, Facts(row.program_id, row.participant_id, row.site_id, row.rater_id))
    return row
