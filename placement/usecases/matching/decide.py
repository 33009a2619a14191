"""A person's answer to a suggested level. Accepting writes the profile as editing it by hand would."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.proposals import Decision
from placement.domain.suggestions import Reply, decision_for
from placement.domain.words import say
from placement.models.employers.opening import Opening, OpeningRequirement
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability
from placement.models.programs.catalog import Trait
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.links import set_values
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import lock_participant
from placement.usecases.transaction import Work


def decide_suggestion(work: Work, actor: Actor, public_id: str, reply: Reply) -> None:
    """Accept, put off or refuse an open suggestion.

    Raises NotFound, Forbidden, Refused for one that is decided already, and Stale (``current['level']``) where the
    level was changed since.
    """
    with work.transaction() as session:
        row, owner = _held(session, actor, public_id)
        if row.decision is not Decision.OPEN:
            raise Refused(say("Somebody has decided on this already."))
        if reply is Reply.ACCEPT:
            _write(session, work, actor, row, owner, row.from_level, row.to_level)
        row.decision = decision_for(reply)
        row.decided_at, row.decided_by_id = work.clock(), actor.account_id
        audit(session, work, actor, f"suggestions.{reply}", "profile_suggestion", row.id)


def undo_decision(work: Work, actor: Actor, public_id: str) -> None:
    """Open a decided suggestion again; an accepted level goes back to what it was.

    Raises NotFound, Forbidden, Refused where a newer suggestion is open, Stale where the level was changed since.
    """
    with work.transaction() as session:
        row, owner = _held(session, actor, public_id)
        if row.decided_at is None:
            return
        if row.decision is not Decision.OPEN and _newer(session, row):
            raise Refused(say("There is a newer suggestion about the same by now."))
        if row.decision is Decision.ACCEPTED:
            _write(session, work, actor, row, owner, row.to_level, row.from_level)
        row.decision, row.decided_at, row.decided_by_id = Decision.OPEN, None, None
        audit(session, work, actor, "suggestions.undo", "profile_suggestion", row.id)


def _held(session: Session, actor: Actor, public_id: str) -> tuple[ProfileSuggestion, Participant | Opening]:
    """The suggestion and whom or what it is about, both held until the end; the latter first, as every edit does."""
    found = session.execute(
        select(ProfileSuggestion.id, Participant.public_id, ProfileSuggestion.opening_id)
        .outerjoin(Participant, Participant.id == ProfileSuggestion.participant_id)
        .where(ProfileSuggestion.public_id == public_id, scope.suggestions(actor))
    ).one_or_none()
    if found is None:
        raise NotFound
    key, person, opening_id = found
    owner: Participant | Opening
    if person is not None:
        owner = lock_participant(session, actor, person, Permission.PARTICIPANT_ABILITIES)
    else:
        owner = _opening(session, actor, opening_id)
    row = session.scalar(select(ProfileSuggestion).where(ProfileSuggestion.id == key).with_for_update())
    if row is None:
        # Withdrawn by the daily look while we waited.
        raise NotFound
    return row, owner


def _opening(session: Session, actor: Actor, key: int) -> Opening:
    row = session.scalars(select(Opening).where(Opening.id == key).with_for_update()).one()
    ensure(actor, Permission.EMPLOYER_EDIT, Facts(row.program_id))
    if row.archived_at is not None:
        raise Refused(say("This opening is archived. Bring it back first."))
    return row


def _newer(session: Session, row: ProfileSuggestion) -> bool:
    same = (
        ProfileSuggestion.participant_id == row.participant_id
        if row.participant_id is not None
        else ProfileSuggestion.opening_id == row.opening_id
    )
    twin = exists().where(
        same, ProfileSuggestion.trait_id == row.trait_id, ProfileSuggestion.decision == Decision.OPEN
    )  # fmt: skip
    return bool(session.scalar(select(twin)))


def _write(
    session: Session, work: Work, actor: Actor, row: ProfileSuggestion, owner: Participant | Opening,
    before: int | None, level: int | None,
) -> None:  # fmt: skip
    """Move the level from ``before`` to ``level``. Raises Stale if it is neither."""
    if isinstance(owner, Participant):
        trait = session.scalars(select(Trait.public_id).where(Trait.id == row.trait_id)).one()
        try:
            set_values(session, Ability, owner, {trait: row.trait_id}, {trait: level}, {trait: before})
        except Stale as error:
            raise Stale(0, {"level": error.current[trait]}) from error
        action, subject = "participants.abilities", "participant"
    else:
        _require(session, owner, row.trait_id, before, level)
        action, subject = "openings.edit_needs", "opening"
    audit(session, work, actor, action, subject, owner.id, traits=[row.trait_id], suggestion=row.id)


def _require(session: Session, opening: Opening, trait_id: int, before: int | None, level: int | None) -> None:
    asked = session.scalar(
        select(OpeningRequirement).where(
            OpeningRequirement.opening_id == opening.id, OpeningRequirement.trait_id == trait_id
        )
    )
    if asked is None or level is None or asked.level not in (before, level):
        raise Stale(opening.version, {"level": asked.level if asked else None})
    if asked.level != level:
        asked.level = level
        opening.version += 1
