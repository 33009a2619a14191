"""What mails about milestones, placements and notices say: no reason, no level, nothing about health."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement.domain.notices import NoticeKind
from placement.domain.placements import Answer, PlacementState
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import Milestone
from placement.models.system.log import AccessLog

RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)
NEWS = timedelta(days=7)
#: A notice nobody was told of in this time is no matter for a mail any more.
FRESH = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    public_id: str
    participant_id: int
    account_id: int | None
    #: First name.
    name: str
    role: str
    shop: str
    zone: str
    state: PlacementState
    answer: Answer | None
    first_day: date
    last_day: date | None

    @property
    def waits_for_participant(self) -> bool:
        return self.state is PlacementState.PROPOSED and self.answer is None

    @property
    def waits_for_shop(self) -> bool:
        return self.state is PlacementState.OFFERED

    def is_running(self) -> bool:
        return self.state in RUNNING


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    public_id: str
    kind: NoticeKind
    program_id: int
    participant_id: int
    to_account_id: int | None


def unseen_milestones(db: Session, participant_id: int, account_id: int, now: datetime) -> list[int]:
    """Ids of what was reached lately, still stands, and was on no personal page of theirs since."""
    seen = (
        select(func.max(AccessLog.at))
        .where(
            AccessLog.participant_id == participant_id,
            AccessLog.account_id == account_id,
            AccessLog.at > now - NEWS,
        )
        .scalar_subquery()
    )
    last_read = db.scalar(select(seen))
    rows = db.execute(
        select(Milestone.id, Milestone.created_at)
        .where(
            Milestone.participant_id == participant_id,
            Milestone.created_at > now - NEWS,
            Milestone.withdrawn_at.is_(None),
            Milestone.seen_at.is_(None),
        )
        .order_by(Milestone.id)
    )
    return [key for key, stored_at in rows if last_read is None or last_read < stored_at]


def placement_facts(db: Session, placement_id: int) -> PlacementFacts | None:
    row = db.execute(
        select(
            Placement.public_id, Placement.participant_id, Participant.account_id, Participant.preferred_name,
            Opening.role, Employer.name, Site.zone, Placement.state, Placement.answer, Placement.first_day,
            Placement.last_day,
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Placement.id == placement_id, Participant.archived_at.is_(None))
    ).one_or_none()  # fmt: skip
    return None if row is None else PlacementFacts(*row)


def notice_facts(db: Session, notice_id: int, now: datetime) -> NoticeFacts | None:
    """None for one somebody has taken care of already, or that is old: "today" would be wrong. Pages still have it."""
    row = db.execute(
        select(Notice.public_id, Notice.kind, Notice.program_id, Notice.participant_id, Notice.to_account_id).where(
            Notice.id == notice_id,
            Notice.done_at.is_(None),
            or_(Notice.created_at > now - FRESH, Notice.due_at > now - FRESH),
        )
    ).one_or_none()
    return None if row is None else NoticeFacts(*row)
