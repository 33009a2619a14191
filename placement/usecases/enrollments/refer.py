"""Somebody is referred: a person who is new here, or one who is known and comes again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from placement.domain.errors import Refused
from placement.domain.participants import ParticipantStatus
from placement.domain.profiles import Profile, check_profile, profile_sort_key
from placement.domain.words import say
from placement.models.enrollments.enrollment import Enrollment
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.enrollments import entry_keys, locked_enrollment, written
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import lock_participant
from placement.usecases.effects.placement_ends import set_status
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

LONGEST_NAME, LONGEST_TEXT = 120, 2000


@dataclass(frozen=True, slots=True)
class Referral:
    """``source``: public id of a list's entry, empty for unknown. ``urgent``: before all who are not."""

    referred_on: date
    source: str = ""
    referred_by: str = ""
    reason: str = ""
    own_goals: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is not in the record yet."""

    preferred_name: str
    family_name: str = ""
    phone: str = ""
    email: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""


@dataclass(frozen=True, slots=True)
class Refer:
    """``person``: a public id, or who is new. ``key``: made for every form, so that a double tap is one referral."""

    person: str | NewPerson
    referral: Referral
    key: str


def refer(work: Work, actor: Actor, command: Refer) -> str:
    """Put somebody on the waiting list; the person's public id.

    Raises NotFound, Forbidden, KeyReused and Refused: with the field's name, or because they are in the program.
    """
    return again_if_taken(_refer, work, actor, command)


def edit_referral(work: Work, actor: Actor, public_id: str, version: int, values: Referral) -> None:
    """Raises NotFound, Forbidden, Stale and Refused with the field's name."""
    _check(work, actor, values)
    with work.transaction() as session:
        row = locked_enrollment(session, actor, public_id)
        if row.entered_on is not None and values.referred_on > row.entered_on:
            raise Refused(say("They entered before that day."), "referred_on")
        check_version(row, version, {name: getattr(row, name) for name in _PLAIN} | {"urgent": row.later == 0})
        changed = written(row, _columns(values) | entry_keys(session, actor, {"source": values.source}))
        audit(
            session, work, actor, "enrollments.edit", "enrollment", row.id, participant_id=row.participant_id,
            fields=changed,
        )  # fmt: skip


_PLAIN = ("referred_on", "referred_by", "reason", "own_goals")


def _refer(work: Work, actor: Actor, command: Refer) -> str:
    ensure(actor, Permission.ENROLLMENT_EDIT, Facts(actor.program))
    _check(work, actor, command.referral)
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["participant"])
        if isinstance(command.person, NewPerson):
            person = _new_person(work, actor, command.person)
            session.add(person)
            session.flush()
            audit(session, work, actor, "participants.create", "participant", person.id)
        else:
            person = lock_participant(session, actor, command.person, Permission.ENROLLMENT_EDIT)
            open_one = (Enrollment.participant_id == person.id, Enrollment.exited_on.is_(None))
            if session.scalar(select(Enrollment.id).where(*open_one)) is not None:
                raise Refused(say("This person is on the waiting list or in the program already."))
            if person.status is ParticipantStatus.FINISHED:
                set_status(person, ParticipantStatus.WAITING)
        row = Enrollment(
            program_id=person.program_id, participant_id=person.id, created_at=work.clock(),
            **_columns(command.referral), **entry_keys(session, actor, {"source": command.referral.source}),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit(session, work, actor, "enrollments.refer", "enrollment", row.id, participant_id=person.id)
        keep_answer(session, work, actor, command.key, body, {"participant": person.public_id})
        return person.public_id


def _new_person(work: Work, actor: Actor, new: NewPerson) -> Participant:
    profile = Profile(**asdict(new))
    check_profile(profile)
    ensure(actor, Permission.PARTICIPANT_CREATE, Facts(actor.program))
    return Participant(
        **asdict(profile), program_id=actor.program, created_at=work.clock(),
        sort_key=profile_sort_key(new.preferred_name, new.family_name),
    )  # fmt: skip


def _columns(values: Referral) -> dict[str, Any]:
    return {name: getattr(values, name) for name in _PLAIN} | {"later": 0 if values.urgent else 1}


def _check(work: Work, actor: Actor, values: Referral) -> None:
    if values.referred_on > actor.today(work.clock()):
        raise Refused(say("This day has not come yet."), "referred_on")
    if len(values.referred_by) > LONGEST_NAME:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_NAME), "referred_by")
    for name in ("reason", "own_goals"):
        if len(getattr(values, name)) > LONGEST_TEXT:
            raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_TEXT), name)
