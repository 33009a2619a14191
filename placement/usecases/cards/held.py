"""What a phone delivered and could not be taken: a coordinator takes it or lets it go; nothing vanishes by itself."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.words import say
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.feedback.link import HeldEntry, RaterLink
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Notice
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.feedback import Given, ensure_answerable, store_feedback
from placement.usecases.effects.log import audit
from placement.usecases.effects.shifts import find_shift
from placement.usecases.effects.told import Teller, Told, write_down
from placement.usecases.transaction import Work


def take_held(work: Work, actor: Actor, entry: str, given: Given, colleague: str = "", named: str = "") -> None:
    """Store a held entry (public id) in its rater's name, as what it says (``given``).

    ``colleague`` (public id) or ``named`` (name): it was a colleague on the same card who answered.

    Raises NotFound, Forbidden, and Refused where a rule still says no, or the entry was seen to already.
    """
    with work.transaction() as session:
        row = _held(session, actor, entry)
        if row.occasion_id is None:
            raise Refused(say("Its shift is no longer there: it can be read, not taken."))
        shift = session.scalars(select(Occasion.public_id).where(Occasion.id == row.occasion_id)).one()
        found = find_shift(session, actor, work.clock(), shift)
        ensure_answerable(found, work.clock(), given)
        link = session.get_one(RaterLink, row.link_id)
        store_feedback(session, work, actor, found, _rater(session, link, colleague, named), given)
        _resolve(session, work, actor, row, taken=True)


def take_told(work: Work, actor: Actor, entry: str, told: Told) -> None:
    """Write down a held worry or accident (``told``) in its rater's name. Raises as :func:`take_held`, and TooMany."""
    with work.transaction() as session:
        row = _held(session, actor, entry)
        write_down(session, work, actor, _teller(session, row), told, row.occasion_id)
        _resolve(session, work, actor, row, taken=True)


def discard_held(work: Work, actor: Actor, entry: str) -> None:
    """Seen, and not taken; the entry stays readable in the database. Raises as :func:`take_held`."""
    with work.transaction() as session:
        _resolve(session, work, actor, _held(session, actor, entry), taken=False)


def _held(session: Session, actor: Actor, public_id: str) -> HeldEntry:
    found = session.execute(
        select(HeldEntry, Placement.participant_id)
        .join(RaterLink, RaterLink.id == HeldEntry.link_id)
        .join(Placement, Placement.id == RaterLink.placement_id)
        .where(HeldEntry.public_id == public_id, scope.placements(actor))
        .with_for_update(of=HeldEntry)
    ).one_or_none()
    if found is None:
        raise NotFound
    row, participant_id = found
    ensure(actor, Permission.CARD_MANAGE, Facts(row.program_id, participant_id))
    if row.resolved_at is not None:
        raise Refused(say("Somebody has seen to this already."))
    return row


def _teller(session: Session, row: HeldEntry) -> Teller:
    found = session.execute(
        select(Placement.participant_id, Placement.id, RaterLink.rater_id, Site.zone)
        .select_from(RaterLink)
        .join(Placement, Placement.id == RaterLink.placement_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .where(RaterLink.id == row.link_id)
    ).one()
    return Teller(row.program_id, *found)


def _rater(session: Session, link: RaterLink, colleague: str, named: str) -> Rater:
    """The link's rater, or the colleague on the same card who answered. Raises Refused for a name not known there."""
    if not colleague and not named:
        return session.get_one(Rater, link.rater_id)
    one = Rater.name == named if named else Rater.public_id == colleague
    found = session.scalar(
        select(Rater)
        .join(RaterLink, RaterLink.rater_id == Rater.id)
        .where(one, RaterLink.placement_id == link.placement_id)
        .order_by(Rater.id)
        .limit(1)
    )
    if found is not None:
        return found
    if named:
        raise Refused(say("%(name)s is not among those who rate here: please add them first.", name=named))
    return session.get_one(Rater, link.rater_id)


def _resolve(session: Session, work: Work, actor: Actor, row: HeldEntry, taken: bool) -> None:
    now = work.clock()
    row.resolved_at, row.resolved_by_id, row.taken = now, actor.account_id, taken
    notice = session.scalar(
        select(Notice).where(
            Notice.program_id == row.program_id,
            Notice.subject == subject_of(NoticeKind.HELD_FEEDBACK, row.id),
            Notice.done_at.is_(None),
        )
    )
    if notice is not None:
        notice.done_at, notice.done_by_id = now, actor.account_id
        notice.version += 1
    audit(session, work, actor, "feedback.take_held" if taken else "feedback.discard_held", "held_entry", row.id)
