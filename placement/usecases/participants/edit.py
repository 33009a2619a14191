"""Changing a profile: staff all of it, participants what is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.profiles import OWN_FIELDS, Profile, check_profile, profile_sort_key
from placement.domain.words import say
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.own_account import participant_account
from placement.usecases.effects.people import lock_participant
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work, constraint_of

PROFILE_FIELDS = tuple(field.name for field in fields(Profile))


@dataclass(frozen=True, slots=True, kw_only=True)
class EditParticipant(Profile):
    """The whole profile as it shall be. ``version`` is the one its editor saw; ``account`` is a public id or None."""

    public_id: str
    version: int
    account: str | None = None


@dataclass(frozen=True, slots=True)
class EditOwnProfile:
    """What a participant changes about themselves: ``values`` holds some of ``OWN_FIELDS``."""

    public_id: str
    version: int
    values: Mapping[str, Any]


def edit_participant(work: Work, actor: Actor, command: EditParticipant) -> None:
    """Write a profile as staff. Raises Stale, Refused, NotFound, Forbidden."""
    check_profile(command)
    try:
        with work.transaction() as session:
            row = lock_participant(session, actor, command.public_id, Permission.PARTICIPANT_EDIT)
            # Status and account are staff's to decide.
            ensure(actor, Permission.PARTICIPANT_CREATE, Facts(row.program_id))
            linked = _check_version(session, row, command.version)
            changes = {name: getattr(command, name) for name in PROFILE_FIELDS}
            if command.account != linked:
                found = participant_account(session, actor, command.account) if command.account else None
                changes["account_id"] = found
            _write(session, work, actor, row, changes)
    except IntegrityError as error:
        if "account" in constraint_of(error):
            raise Refused(say("This account already belongs to another participant."), "account") from None
        raise


def edit_own_profile(work: Work, actor: Actor, command: EditOwnProfile) -> None:
    """Write what is a participant's own. Raises Stale, Refused, NotFound, Forbidden; ValueError on other fields."""
    if not set(command.values) <= set(OWN_FIELDS):
        raise ValueError("not a participant's own field")
    with work.transaction() as session:
        row = lock_participant(session, actor, command.public_id, Permission.PARTICIPANT_EDIT)
        check_profile(replace(_profile(row), **command.values))
        _check_version(session, row, command.version)
        _write(session, work, actor, row, command.values)


def _check_version(session: Session, row: Participant, version: int) -> str | None:
    """Raise Stale or answer the public id of the account linked now."""
    account = session.scalar(select(Account.public_id).where(Account.id == row.account_id))
    current = {name: getattr(row, name) for name in PROFILE_FIELDS} | {"account": account}
    check_version(row, version, current)
    return account


def _profile(row: Participant) -> Profile:
    return Profile(**{name: getattr(row, name) for name in PROFILE_FIELDS})


def _write(session: Session, work: Work, actor: Actor, row: Participant, changes: Mapping[str, Any]) -> None:
    changed = sorted(name for name, value in changes.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, changes[name])
    row.sort_key = profile_sort_key(row.preferred_name, row.family_name)
    session.flush()
    audit(session, work, actor, "participants.edit", "participant", row.id, fields=changed)
