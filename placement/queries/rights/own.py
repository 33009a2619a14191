"""My say: who reads what, what was asked, agreed to, and who decides by law. At most six statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, literal, or_, select, union_all
from sqlalchemy.orm import Session

from placement.domain.data_groups import Reader
from placement.domain.errors import NotFound
from placement.domain.placements import PlacementState
from placement.domain.rights import ConsentPurpose, RequestKind, RequestState
from placement.models.accounts.account import Account
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.employers.opening import Opening
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.models.rights.rights import Consent, Representative, RightsRequest
from placement.models.sessions.one_to_one import OneToOne, SessionNote
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.rights.readers import readers_of_kinds, readers_of_single

#: Before that, a shop reads nothing but what was ticked for it.
SHOWN = (PlacementState.ACCEPTED, PlacementState.ACTIVE, PlacementState.PAUSED)
#: States in which somebody may decide what the shop reads of them first.
ASKED = (PlacementState.PROPOSED, PlacementState.OFFERED)


@dataclass(frozen=True, slots=True)
class ShopPlace:
    """A placement whose shop reads something, and who reads it there."""

    public_id: str
    state: PlacementState
    shop: str
    people: tuple[str, ...]

    @property
    def shown(self) -> bool:
        return self.state in SHOWN


@dataclass(frozen=True, slots=True)
class RequestRow:
    """``by``: who answered it. ``day``, ``note``: of the session whose note it asks for; the note's public id where
    it can be read now."""

    public_id: str
    kind: RequestKind
    about: str
    text: str
    asked_at: datetime
    due_on: date
    state: RequestState
    answer: str
    answered_at: datetime | None
    by: str | None
    day: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RepresentativeRow:
    public_id: str
    name: str
    phone: str
    scopes: tuple[str, ...]
    words: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class MySay:
    """``readers``: names behind each kind of reader, as far as they have names; ``single``: those who read single
    things, by kind of reader and group of data."""

    participant_id: int
    readers: Mapping[Reader, tuple[str, ...]]
    single: Mapping[tuple[Reader, str], tuple[str, ...]]
    shops: tuple[ShopPlace, ...]
    requests: tuple[RequestRow, ...]
    consents: Mapping[ConsentPurpose, datetime]
    representatives: tuple[RepresentativeRow, ...]

    @property
    def forget(self) -> RequestRow | None:
        """The open wish to be forgotten."""
        wanted = (RequestKind.ERASURE, RequestState.OPEN)
        return next((row for row in self.requests if (row.kind, row.state) == wanted), None)


def my_say(db: Session, actor: Actor, today: date) -> MySay:
    """Raises NotFound for whoever has no record, and Forbidden."""
    me = actor.participant_id
    if me is None or actor.program_id is None:
        raise NotFound
    ensure(actor, Permission.RIGHTS_OWN, Facts(actor.program_id, me))
    shops = _shops(db, actor, me, today)
    return MySay(
        me,
        readers_of_kinds(db, actor, me, today, (name for shop in shops if shop.shown for name in shop.people)),
        readers_of_single(db, me, today),
        shops,
        own_requests(db, actor),
        dict(_consents(db, me)),
        representatives_of(db, me),
    )


def own_requests(db: Session, actor: Actor) -> tuple[RequestRow, ...]:
    """What they asked, the latest first. One statement."""
    row = RightsRequest
    read = case((and_(SessionNote.opened_to_participant_at.is_not(None), SessionNote.withheld_at.is_(None)),
                 SessionNote.public_id))  # fmt: skip
    rows = db.execute(
        select(
            row.public_id, row.kind, row.about, row.text, row.created_at, row.due_on, row.state, row.answer,
            row.answered_at, Account.name, OneToOne.day, read,
        )
        .outerjoin(Account, Account.id == row.answered_by_id)
        .outerjoin(SessionNote, SessionNote.id == row.note_id)
        .outerjoin(OneToOne, OneToOne.id == SessionNote.session_id)
        .where(scope.own_requests(actor))
        .order_by(row.id.desc())
        .limit(50)
    )  # fmt: skip
    return tuple(RequestRow(*tuple(one)) for one in rows)


def representatives_of(db: Session, participant_id: int) -> tuple[RepresentativeRow, ...]:
    """Those recorded now; the person was in sight. One statement."""
    row = Representative
    rows = db.execute(
        select(row.public_id, row.name, row.phone, row.scopes, row.words, row.valid_until)
        .where(row.participant_id == participant_id, row.archived_at.is_(None))
        .order_by(row.id)
    )
    return tuple(
        RepresentativeRow(one.public_id, one.name, one.phone, tuple(one.scopes), one.words, one.valid_until)
        for one in rows
    )


def _consents(db: Session, participant_id: int) -> list[tuple[ConsentPurpose, datetime]]:
    rows = db.execute(
        select(Consent.purpose, Consent.created_at).where(
            Consent.participant_id == participant_id, Consent.withdrawn_at.is_(None)
        )
    )
    return [(purpose, at) for purpose, at in rows]


def _shops(db: Session, actor: Actor, me: int, today: date) -> tuple[ShopPlace, ...]:
    """Running and asked placements with who reads there: supervisors with an account, and links. One statement."""
    base = (
        select(Placement.id, Placement.public_id, Placement.state, Employer.name, Site.name.label("site"))
        .add_columns(Rater.name.label("rater"))
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(scope.placements(actor), Placement.participant_id == me, Placement.state.in_((*SHOWN, *ASKED)))
    )
    here = and_(
        SiteSupervisor.site_id == Site.id,
        SiteSupervisor.first_day <= today,
        or_(SiteSupervisor.last_day.is_(None), SiteSupervisor.last_day >= today),
    )
    accounts = (
        base.outerjoin(SiteSupervisor, here)
        .outerjoin(Rater, and_(Rater.id == SiteSupervisor.rater_id, Rater.archived_at.is_(None)))
        .add_columns(literal(0).label("link"))
    )
    links = (
        base.join(RaterLink, and_(RaterLink.placement_id == Placement.id, RaterLink.revoked_at.is_(None)))
        .join(Rater, and_(Rater.id == RaterLink.rater_id, Rater.archived_at.is_(None)))
        .add_columns(literal(1).label("link"))
    )
    rows = db.execute(union_all(accounts, links)).all()
    found: dict[int, ShopPlace] = {}
    for key in sorted({row.id for row in rows}, reverse=True):
        mine = [row for row in rows if row.id == key]
        shop = f"{mine[0].name}, {mine[0].site}"
        people = tuple(dict.fromkeys(row.rater for row in mine if row.rater))
        found[key] = ShopPlace(mine[0].public_id, PlacementState(mine[0].state), shop, people)
    return tuple(found.values())
