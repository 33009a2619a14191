"""Where a notice can be dealt with."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from placement.domain.notices import NoticeKind
from placement.domain.words import Say, say
from placement.queries.notices.listing import NoticeRow
from placement.web.links import link_if


@dataclass(frozen=True, slots=True)
class Action:
    words: Say
    href: str


def actions_for(row: NoticeRow) -> list[Action]:
    """The pages where it can be dealt with, the nearest first."""
    found = [_special(row)]
    if row.shift is not None:
        found.append(Action(say("Look at the shift"), url_for("shifts.show", public_id=row.shift)))
    if row.placement is not None:
        found.append(Action(say("Look at the placement"), url_for("placements.show", public_id=row.placement)))
    found.append(Action(say("Contacts"), url_for("contacts.index", public_id=row.participant)))
    return [one for one in found if one is not None]


def _special(row: NoticeRow) -> Action | None:
    """The page a kind has of its own, if there is one."""
    if row.kind is NoticeKind.HELD_FEEDBACK:
        return _if(say("Look at what was sent"), link_if("cards.held"))
    if row.kind is NoticeKind.UNLISTED_TASK and row.done_at is None:
        return Action(say("Take it into the list"), url_for("notices.take_up", public_id=row.public_id))
    if row.kind in (NoticeKind.NOT_MINE, NoticeKind.NO_MAILS, NoticeKind.COLLEAGUE) and row.placement is not None:
        return _if(say("Who rates here"), link_if("cards.raters", public_id=row.placement))
    if row.kind in (NoticeKind.PLAN_CHANGED, NoticeKind.OVER_PLAN):
        return Action(say("Limits and plan"), url_for("limits.show", public_id=row.participant))
    if row.kind is NoticeKind.RIGHTS_REQUEST:
        return Action(say("Look at the question"), url_for("rights.index"))
    return None


def _if(words: Say, href: str | None) -> Action | None:
    return None if href is None else Action(words, href)
