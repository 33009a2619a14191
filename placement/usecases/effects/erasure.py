"""Forgetting a participant: everything outside docs/retention.md goes, sealed rows included."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.placements import PlacementState, occupies
from placement.domain.record_tables import BY_NAME, OF_CATALOG, Forget
from placement.domain.retention import Kept
from placement.domain.words import say
from placement.models.accounts.account import Account, AccountLink, Membership
from placement.models.accounts.session import SignInSession
from placement.models.feedback.rater import Rater
from placement.models.matching.run import MatchRun, Proposal
from placement.models.notices.notice import Incident
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.practice.practice import FamilyLink
from placement.models.rights.rights import RightsRequest
from placement.models.sessions.one_to_one import NoteOpening, OneToOne, SessionNote
from placement.models.shifts.occasion import Occasion
from placement.models.system.job import IdempotencyKey
from placement.policy.actor import Actor, System
from placement.queries.rights.kept import accidents_since, kept_of
from placement.queries.rights.rows import about, of_catalog, table_of
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work

#: Stands where a name was.
GONE = "—"
_OCCUPYING = [state for state in PlacementState if occupies(state)]


def forget(session: Session, work: Work, actor: Actor, participant_id: int, request_id: int) -> Kept:
    """Remove and empty everything that need not be kept; what stays. Raises Refused while a place is occupied.

    The logs stay as they are: they hold keys. ``request_id``: the wish itself, which stays with its answer.
    """
    placed = (Placement.participant_id == participant_id, Placement.state.in_(_OCCUPYING))
    if session.scalar(select(Placement.id).where(*placed).limit(1)) is not None:
        raise Refused(say("There is a placement that has not ended. End or withdraw it first."))
    now, today = work.clock(), actor.today(work.clock())
    kept = kept_of(session, participant_id, today)
    person = session.get_one(Participant, participant_id)
    account_id = person.account_id
    _scrub_runs(session, person)
    _name_nobody(session, participant_id, account_id)
    session.execute(
        update(Incident)
        .where(Incident.participant_id == participant_id)
        .values(placement_id=None, occasion_id=None, rater_id=None)
    )
    _remove(session, participant_id)
    asked = (RightsRequest.participant_id == participant_id, RightsRequest.id != request_id)
    session.execute(delete(RightsRequest).where(*asked), execution_options={"synchronize_session": False})
    _remove_of_kept(session, participant_id, kept, accidents_since(today))
    _empty(person, now, keeps_name=kept.anything)
    if account_id is not None:
        _close_account(session, work, person.program_id, account_id)
    audit(session, work, actor, "participants.erase", "participant", participant_id, kept=kept.anything)
    return kept


def _remove(session: Session, participant_id: int) -> None:
    """Children first; what the law keeps is left to :func:`_remove_of_kept`."""
    ordered: list[Table] = list(reversed(Participant.metadata.sorted_tables))
    for table in ordered:
        if table.name in OF_CATALOG:
            session.execute(delete(table).where(of_catalog(table.name, participant_id)))
        elif table.name in BY_NAME and BY_NAME[table.name].forget is Forget.REMOVE:
            session.execute(delete(table).where(about(BY_NAME[table.name], participant_id)))


def forget_what_is_over(session: Session, work: Work, person: Participant, today: date) -> bool:
    """Of somebody forgotten, remove what need not be kept any longer; whether anything still is."""
    kept = kept_of(session, person.id, today)
    _remove_of_kept(session, person.id, kept, accidents_since(today))
    if not kept.anything:
        _take_name(person)
        audit(session, work, System(person.program_id), "participants.keep_no_longer", "participant", person.id)
    return kept.anything


def _remove_of_kept(session: Session, me: int, kept: Kept, since: datetime) -> None:
    """Of tables the law keeps rows of, the rows it does not."""
    notes = select(SessionNote.id).where(SessionNote.participant_id == me)
    steps: list[Any] = [delete(Incident).where(Incident.participant_id == me, Incident.happened_at < since)]
    if not kept.sessions:
        steps += [
            delete(NoteOpening).where(NoteOpening.note_id.in_(notes)),
            update(RightsRequest).where(RightsRequest.participant_id == me).values(note_id=None),
            delete(SessionNote).where(SessionNote.participant_id == me),
            delete(OneToOne).where(OneToOne.participant_id == me),
        ]
    steps.append(
        delete(Occasion).where(
            Occasion.participant_id == me,
            Occasion.id.not_in(select(OneToOne.id).where(OneToOne.participant_id == me)),
        )
    )
    steps.append(update(table_of("one_to_one")).where(OneToOne.participant_id == me).values(place=""))
    for step in steps:
        session.execute(step, execution_options={"synchronize_session": False})


def _scrub_runs(session: Session, person: Participant) -> None:
    """A run keeps its problem: of this person the key alone."""
    mine = select(Proposal.run_id).where(Proposal.participant_id == person.id)
    for run in session.scalars(select(MatchRun).where(MatchRun.id.in_(mine))):
        people = run.problem.get("people", [])
        keys = {person.public_id, str(person.id)}
        run.problem = run.problem | {
            "people": [{"key": one["key"]} if one.get("key") in keys else one for one in people]
        }


def _name_nobody(session: Session, participant_id: int, account_id: int | None) -> None:
    """Raters that were the person themself, or their family; those of a shop are somebody else."""
    family = select(FamilyLink.rater_id).where(FamilyLink.participant_id == participant_id)
    ways: list[ColumnElement[bool]] = [Rater.id.in_(family)]
    if account_id is not None:
        ways.append(Rater.account_id == account_id)
    session.execute(update(Rater).where(or_(*ways)).values(name=GONE, email=""))


def _empty(person: Participant, now: datetime, *, keeps_name: bool) -> None:
    """The row stays, as what the logs' keys point at; the name only where records are kept that need one."""
    if not keeps_name:
        _take_name(person)
    person.account_id = None
    person.email = person.phone = person.emergency_name = person.emergency_phone = person.home_address = ""
    person.lat = person.lon = person.travel_limit_km = person.travel_limit_minutes = None
    person.availability = person.weekly_hours_limit = None
    person.archived_at = person.archived_at or now
    person.erased_at = now
    person.version += 1


def _take_name(person: Participant) -> None:
    person.preferred_name, person.family_name, person.sort_key = GONE, "", GONE


def _close_account(session: Session, work: Work, program_id: int, account_id: int) -> None:
    """Nobody signs in with it any more, unless it belongs to another program, too."""
    now = work.clock()
    session.execute(
        update(Membership)
        .where(Membership.account_id == account_id, Membership.program_id == program_id)
        .where(Membership.archived_at.is_(None))
        .values(archived_at=now)
    )
    elsewhere = select(Membership.id).where(Membership.account_id == account_id, Membership.archived_at.is_(None))
    account = session.get_one(Account, account_id)
    if account.runs_site or session.scalar(elsewhere.limit(1)) is not None:
        return
    for table in (SignInSession, AccountLink, IdempotencyKey):
        session.execute(delete(table).where(table.account_id == account_id))
    address = f"forgotten-{account.public_id}@invalid"
    account.name, account.sort_key, account.email, account.email_key = GONE, GONE, address, address.casefold()
    account.password_hash, account.phone = None, ""
    account.archived_at = account.archived_at or now
    account.version += 1
