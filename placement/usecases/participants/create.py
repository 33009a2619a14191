"""Taking a participant in."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy.exc import IntegrityError

from placement.domain.errors import Refused
from placement.domain.profiles import Profile, check_profile, profile_sort_key
from placement.domain.words import say
from placement.models.accounts.account import Assignment
from placement.models.base import new_public_id
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.own_account import participant_account
from placement.usecases.transaction import Work, constraint_of


@dataclass(frozen=True, slots=True)
class CreateParticipant(Profile):
    """``account``: public id of the account this person signs in with, if any.

    ``mine``: whoever writes the record looks after this person from today on.
    """

    account: str | None = None
    mine: bool = False


def create_participant(work: Work, actor: Actor, command: CreateParticipant) -> str:
    """Write a new participant into the active program and return the public id.

    Raises Refused, NotFound for an account that is no participant's here, Forbidden.
    """
    check_profile(command)
    ensure(actor, Permission.PARTICIPANT_CREATE, Facts(actor.program))
    values = asdict(command)
    account, mine = values.pop("account"), values.pop("mine")
    row = Participant(
        **values,
        public_id=new_public_id(),
        program_id=actor.program,
        sort_key=profile_sort_key(command.preferred_name, command.family_name),
        created_at=work.clock(),
    )
    try:
        with work.transaction() as session:
            row.account_id = participant_account(session, actor, account) if account else None
            session.add(row)
            session.flush()
            audit(session, work, actor, "participants.create", "participant", row.id)
            if mine:
                assignment = _assignment(work, actor, row.id)
                session.add(assignment)
                session.flush()
                audit(session, work, actor, "participants.assign", "assignment", assignment.id)
            return row.public_id
    except IntegrityError as error:
        if "account" in constraint_of(error):
            raise Refused(say("This account already belongs to another participant."), "account") from None
        raise


def _assignment(work: Work, actor: Actor, participant_id: int) -> Assignment:
    now = work.clock()
    return Assignment(
        program_id=actor.program,
        account_id=actor.account_id,
        participant_id=participant_id,
        first_day=actor.today(now),
        created_at=now,
    )
