"""Sharing of one's own log: one entry, or a kind of entry from a day on, with one reader; withdrawn at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placement.domain.errors import Refused
from placement.domain.shares import OF_THE_LOG, ShareKind
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.usecases.effects.diary import locked_entry
from placement.usecases.effects.shares import Shown, add_share, end_share
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class ShareEntry:
    """``reader``: public id of an account that looks after the participant. ``read_by``: by when, as they agreed."""

    entry: str
    reader: str
    read_by: date | None = None


@dataclass(frozen=True, slots=True)
class ShareKindOf:
    """``so_far``: what was written until now, too; otherwise from today on."""

    kind: ShareKind
    reader: str
    so_far: bool = False
    read_by: date | None = None


def share_entry(work: Work, actor: Actor, command: ShareEntry) -> str:
    """Share one entry; the share's public id. Raises NotFound, Forbidden and Refused with the field's name."""
    with work.transaction() as session:
        row = locked_entry(session, actor, command.entry)
        shown = Shown(ShareKind.ENTRY, entry_id=row.id)
        return add_share(session, work, actor, shown, command.reader, command.read_by).public_id


def share_kind(work: Work, actor: Actor, command: ShareKindOf) -> str:
    """Share a kind of entry, or the picture of mood and energy; the share's public id. Raises Forbidden, Refused."""
    if command.kind not in OF_THE_LOG:
        raise Refused(say("Choose one of the answers."), "kind")
    with work.transaction() as session:
        since = None if command.so_far else actor.today(work.clock())
        shown = Shown(command.kind, since_day=since)
        return add_share(session, work, actor, shown, command.reader, command.read_by).public_id


def withdraw_share(work: Work, actor: Actor, public_id: str) -> ShareKind:
    """End it at once; its kind. Raises NotFound."""
    with work.transaction() as session:
        return end_share(session, work, actor, public_id).kind
