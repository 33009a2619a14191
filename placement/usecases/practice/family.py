"""A family member's phone: let in, one answer a day, and forgotten again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from placement.domain.errors import LinkEnded, NotFound
from placement.domain.practice import LINK_LIFE, PHONE_LIFE, ensure_day
from placement.domain.tokens import token_hash
from placement.models.feedback.rater import Rater
from placement.models.practice.practice import FamilyDevice, FamilyLink, Practice
from placement.models.programs.catalog import Task
from placement.policy.actor import System
from placement.policy.family import FamilyPhone
from placement.queries.practice.family import open_family_link, same_phone, today_of
from placement.usecases.effects.log import audit
from placement.usecases.effects.observations import Answer
from placement.usecases.effects.own_day import write_own_day
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class FamilyAnswer:
    day: date
    answer: Answer


def let_family_in(work: Work, token: str) -> str:
    """Remember this phone for the link behind ``token``; the secret for its cookie. Raises LinkEnded."""
    now = work.clock()
    with work.transaction() as session:
        link = open_family_link(session, token_hash(token), now)
        if link is None:
            raise LinkEnded
        # Held until the phone is written: a link that is being ended lets nobody slip in.
        held = session.scalar(
            select(FamilyLink.generation)
            .where(FamilyLink.id == link.id, FamilyLink.revoked_at.is_(None))
            .with_for_update(key_share=True)
        )
        if held != link.generation:
            raise LinkEnded
        secret = secrets.token_urlsafe(32)
        device = FamilyDevice(
            program_id=link.program_id, link_id=link.id, generation=link.generation, token_hash=token_hash(secret),
            created_at=now, expires_at=now + PHONE_LIFE,
        )  # fmt: skip
        session.add(device)
        session.flush()
        audit(session, work, System(link.program_id), "practice.open", "family_device", device.id, link_id=link.id)
    return secret


def give_family_answer(work: Work, phone: FamilyPhone, command: FamilyAnswer) -> None:
    """One level for one day; a second one for the day replaces it. Raises LinkEnded, NotFound and Refused."""
    with work.transaction() as session:
        known = _known(session, work, phone)
        ensure_day(command.day, today_of(known, work.clock()))
        link = session.get_one(FamilyLink, known.link_id)
        practice = session.get_one(Practice, link.practice_id)
        if session.scalar(select(Task.public_id).where(Task.id == practice.task_id)) != command.answer.task:
            raise NotFound
        rater = session.get_one(Rater, known.rater_id)
        occasion = write_own_day(session, work, known, practice, rater, command.day, known.zone, command.answer)
        link.expires_at = work.clock() + LINK_LIFE
        session.get_one(FamilyDevice, known.id).expires_at = work.clock() + PHONE_LIFE
        audit(
            session, work, known, "practice.rate", "practice", practice.id, participant_id=known.participant_id,
            occasion_id=occasion,
        )  # fmt: skip


def forget_family_phone(work: Work, phone: FamilyPhone) -> None:
    """Its cookie opens nothing any more. Twice changes nothing."""
    with work.transaction() as session:
        session.execute(delete(FamilyDevice).where(FamilyDevice.id == phone.id))
        audit(session, work, phone, "practice.forget", "family_device", phone.id)


def _known(session: Session, work: Work, phone: FamilyPhone) -> FamilyPhone:
    """The phone as it stands in this transaction, its link held. Raises LinkEnded."""
    session.execute(select(FamilyLink.id).where(FamilyLink.id == phone.link_id).with_for_update())
    now = same_phone(session, phone, work.clock())
    if now is None:
        raise LinkEnded
    return now
