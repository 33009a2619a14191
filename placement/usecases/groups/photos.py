"""Photos of a group's work. They come here drawn anew: bounded, and without metadata."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select

from placement.domain.errors import NotFound, Refused
from placement.domain.groups import MOST_PHOTOS, PHOTO_WORDS, check_text
from placement.domain.words import say
from placement.models.groups.group import GroupPhoto, GroupSession
from placement.policy.actor import Actor
from placement.usecases.effects.groups import locked_group
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddPhoto:
    """``image`` and ``thumbnail``: JPEG. ``session``: public id of the session it was taken at, if any."""

    group: str
    image: bytes
    thumbnail: bytes
    width: int
    height: int
    key: str
    caption: str = ""
    session: str | None = None


def add_photo(work: Work, actor: Actor, command: AddPhoto) -> str:
    """The photo's public id. Raises NotFound, Forbidden, KeyReused, and Refused with the field's name."""
    return again_if_taken(_add, work, actor, command)


def _add(work: Work, actor: Actor, command: AddPhoto) -> str:
    body = {
        "group": command.group, "image": hashlib.sha256(command.image).hexdigest(), "caption": command.caption,
        "session": command.session,
    }  # fmt: skip
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["photo"])
        group = locked_group(session, actor, command.group)
        count = session.scalar(select(func.count()).where(GroupPhoto.group_id == group.id)) or 0
        if count >= MOST_PHOTOS:
            raise Refused(say("A group has at most %(most)s photos. Delete one first.", most=MOST_PHOTOS), "photo")
        taken_at = None
        if command.session:
            of_group = (GroupSession.public_id == command.session, GroupSession.group_id == group.id)
            taken_at = session.scalar(select(GroupSession.id).where(*of_group))
            if taken_at is None:
                raise NotFound
        row = GroupPhoto(
            program_id=group.program_id,
            group_id=group.id,
            session_id=taken_at,
            caption=check_text(command.caption, PHOTO_WORDS, "caption"),
            image=command.image,
            thumbnail=command.thumbnail,
            width=command.width,
            height=command.height,
            by_account_id=actor.account_id,
            created_at=work.clock(),
        )
        session.add(row)
        session.flush()
        audit(session, work, actor, "group.photo_add", "group_photo", row.id, group_id=group.id)
        keep_answer(session, work, actor, command.key, body, {"photo": row.public_id})
        return row.public_id


def delete_photo(work: Work, actor: Actor, group: str, photo: str) -> None:
    """Delete it for good: there may be more on a picture than was meant. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = locked_group(session, actor, group, archived=True)
        found = session.scalar(select(GroupPhoto).where(GroupPhoto.public_id == photo, GroupPhoto.group_id == row.id))
        if found is None:
            raise NotFound
        session.delete(found)
        audit(session, work, actor, "group.photo_delete", "group_photo", found.id, group_id=row.id)
