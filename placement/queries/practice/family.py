"""Who is asking with an invitation, and the one question a family member is asked. Nothing of before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.practice.practice import FamilyDevice, FamilyLink, Practice
from placement.models.programs.catalog import Task
from placement.models.programs.program import Program
from placement.policy.actor import Actor
from placement.policy.family import FamilyPhone
from placement.queries import scope
from placement.queries.feedback.form import FormTask
from placement.queries.programs.scale import LevelRow, current_levels


@dataclass(frozen=True, slots=True)
class OpenFamilyLink:
    """A link that lets phones in now."""

    id: int
    program_id: int
    generation: int


@dataclass(frozen=True, slots=True)
class FamilyQuestion:
    """One task in the words of the scale; never an answer that was given."""

    tasks: tuple[FormTask, ...]
    levels: tuple[LevelRow, ...]


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    """For the participant's own screen. ``id`` and ``generation`` make its address."""

    id: int
    generation: int
    public_id: str
    name: str
    expires_at: datetime
    practice: str
    participant_id: int
    task: Mapping[str, str]


def open_family_link(db: Session, token_hash: str, now: datetime) -> OpenFamilyLink | None:
    """The link behind a token, None if there is none, or it was ended or has expired. One statement."""
    row = db.execute(
        select(FamilyLink.id, FamilyLink.program_id, FamilyLink.generation)
        .join(Practice, Practice.id == FamilyLink.practice_id)
        .join(Participant, Participant.id == FamilyLink.participant_id)
        .where(FamilyLink.token_hash == token_hash, *_lives(now))
    ).one_or_none()
    return None if row is None else OpenFamilyLink(*row)


def load_family_phone(db: Session, token_hash: str, now: datetime) -> FamilyPhone | None:
    """The phone behind its cookie; None for one that isn't known or whose link doesn't live. One statement."""
    return _phone(db, now, FamilyDevice.token_hash == token_hash)


def same_phone(db: Session, phone: FamilyPhone, now: datetime) -> FamilyPhone | None:
    """The same phone as it stands now: its link may have been ended a moment ago."""
    return _phone(db, now, FamilyDevice.id == phone.id)


def family_question(db: Session, phone: FamilyPhone) -> FamilyQuestion:
    """Two statements. Raises NotFound when the task is gone."""
    row = db.execute(
        select(Task.public_id, Task.name, Task.sentence).where(scope.family_tasks(phone))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    task = FormTask(row.public_id, row.name, row.sentence, None)
    return FamilyQuestion((task,), tuple(current_levels(db, phone.program_id)))


def today_of(phone: FamilyPhone, now: datetime) -> date:
    """The day it is in the program's zone."""
    return now.astimezone(ZoneInfo(phone.zone)).date()


def shown_invitation(db: Session, actor: Actor, public_id: str, now: datetime) -> ShownInvitation:
    """Raises NotFound for others' invitations, and for one that has ended. One statement."""
    row = db.execute(
        select(
            FamilyLink.id, FamilyLink.generation, FamilyLink.public_id, Rater.name, FamilyLink.expires_at,
            Practice.public_id.label("practice"), FamilyLink.participant_id, Task.name.label("task"),
        )
        .join(Practice, Practice.id == FamilyLink.practice_id)
        .join(Participant, Participant.id == FamilyLink.participant_id)
        .join(Task, Task.id == Practice.task_id)
        .join(Rater, Rater.id == FamilyLink.rater_id)
        .where(FamilyLink.public_id == public_id, scope.family_links(actor), *_lives(now))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return ShownInvitation(*row)


def invitation_of(db: Session, actor: Actor, public_id: str) -> str:
    """The practice (public id) an invitation of the actor's is for, ended or not. Raises NotFound."""
    found = db.scalar(
        select(Practice.public_id)
        .join(FamilyLink, FamilyLink.practice_id == Practice.id)
        .where(FamilyLink.public_id == public_id, scope.family_links(actor))
    )
    if found is None:
        raise NotFound
    return found


def _lives(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not ended, not expired, still practiced, by somebody whose record is in use."""
    return (
        FamilyLink.revoked_at.is_(None),
        FamilyLink.expires_at > now,
        Practice.archived_at.is_(None),
        Participant.archived_at.is_(None),
    )


def _phone(db: Session, now: datetime, which: ColumnElement[bool]) -> FamilyPhone | None:
    row: Any = db.execute(
        select(
            FamilyDevice.id, FamilyDevice.link_id, FamilyLink.program_id, FamilyLink.rater_id,
            FamilyLink.participant_id, Practice.task_id, Participant.preferred_name, Program.zone, Program.country,
            FamilyLink.expires_at,
        )
        .join(FamilyLink, FamilyLink.id == FamilyDevice.link_id)
        .join(Practice, Practice.id == FamilyLink.practice_id)
        .join(Participant, Participant.id == FamilyLink.participant_id)
        .join(Program, Program.id == FamilyLink.program_id)
        .where(
            which, FamilyDevice.expires_at > now, FamilyDevice.generation == FamilyLink.generation, *_lives(now)
        )
    ).one_or_none()  # fmt: skip
    return None if row is None else FamilyPhone(*row)
