"""Only a person changes a profile: accepting, putting off, refusing a suggested level, and taking it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.proposals import Decision
from placement.domain.suggestions import Reply, shown_from
from placement.domain.words import say
from placement.models.employers.opening import Opening, OpeningRequirement
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability
from placement.models.system.log import Audit
from placement.policy.actor import Actor
from placement.queries.matching.suggestions import one_suggestion, open_profiles, open_suggestions
from placement.usecases.matching.decide import decide_suggestion, undo_decision
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make


@pytest.fixture
def coordinator(make: Make, cast: Cast) -> Actor:
    return make.actor(cast.accounts.coordinator)


def suggest(make: Make, cast: Cast, about: str, before: int | None, level: int) -> ProfileSuggestion:
    """About Noa's first ability, or about what her opening asks for."""
    owner = {"participant_id": cast.a.participant.id} if about == "noa" else {"opening_id": cast.a.opening.id}
    return make.add(
        ProfileSuggestion(
            program_id=cast.a.program.id, trait_id=cast.a.catalog.traits[0].id, from_level=before, to_level=level,
            evidence=say("Seen.").to_json(), created_at=make.clock.now, **owner,
        )
    )  # fmt: skip


def ability(make: Make) -> list[int]:
    return make.all(select(Ability.level))


def asked(make: Make, cast: Cast) -> Any:
    return make.one(select(OpeningRequirement.level).where(OpeningRequirement.opening_id == cast.a.opening.id))


def test_accepting_writes_the_ability_and_says_so_in_the_audit(
    make: Make, work: Work, cast: Cast, coordinator: Actor
) -> None:
    row = suggest(make, cast, "noa", None, 3)
    decide_suggestion(work, coordinator, row.public_id, Reply.ACCEPT)
    assert ability(make) == [3]
    stored = make.one(select(ProfileSuggestion))
    assert (stored.decision, stored.decided_by_id) == (Decision.ACCEPTED, coordinator.account_id)
    assert stored.decided_at == make.clock.now
    actions = make.all(select(Audit.action).order_by(Audit.id))
    assert actions[-2:] == ["participants.abilities", "suggestions.accept"]
    with pytest.raises(Refused, match="already"):
        decide_suggestion(work, coordinator, row.public_id, Reply.REFUSE)


def test_accepting_writes_the_requirement_as_an_edit_would(
    make: Make, work: Work, cast: Cast, coordinator: Actor
) -> None:
    row = suggest(make, cast, "opening", 3, 4)
    version = make.one(select(Opening.version).where(Opening.id == cast.a.opening.id))
    decide_suggestion(work, coordinator, row.public_id, Reply.ACCEPT)
    assert asked(make, cast) == 4
    assert make.one(select(Opening.version).where(Opening.id == cast.a.opening.id)) == version + 1
    undo_decision(work, coordinator, row.public_id)
    assert asked(make, cast) == 3
    assert make.one(select(ProfileSuggestion.decision)) is Decision.OPEN


@pytest.mark.parametrize("reply", [Reply.LATER, Reply.REFUSE])
def test_no_and_not_now_change_no_profile(
    make: Make, work: Work, cast: Cast, coordinator: Actor, reads: Session, clock: Clock, reply: Reply
) -> None:
    row = suggest(make, cast, "noa", None, 3)
    decide_suggestion(work, coordinator, row.public_id, reply)
    assert ability(make) == []
    assert open_suggestions(reads, coordinator, clock.now).rows == []
    later = clock.now + timedelta(days=14)
    assert len(open_suggestions(reads, coordinator, later).rows) == (1 if reply is Reply.LATER else 0)


@pytest.mark.parametrize("about", ["noa", "opening"])
def test_a_level_that_was_changed_meanwhile_is_never_overwritten(
    make: Make, work: Work, cast: Cast, coordinator: Actor, about: str
) -> None:
    row = suggest(make, cast, about, 3, 4)
    table, owner = (Ability, cast.a.participant) if about == "noa" else (OpeningRequirement, cast.a.opening)
    if about == "noa":
        ids = {"participant_id": owner.id, "trait_id": row.trait_id, "program_id": row.program_id}
        make.add(Ability(level=1, **ids))
    else:
        make.do(lambda session: session.execute(update(OpeningRequirement).values(level=1)))
    with pytest.raises(Stale) as stale:
        decide_suggestion(work, coordinator, row.public_id, Reply.ACCEPT)
    assert stale.value.current == {"level": 1}
    assert make.one(select(ProfileSuggestion.decision)) is Decision.OPEN
    # Accepted and then changed by hand: taking back does not overwrite that either.
    make.do(lambda session: session.execute(update(table).values(level=3)))
    decide_suggestion(work, coordinator, row.public_id, Reply.ACCEPT)
    make.do(lambda session: session.execute(update(table).values(level=5)))
    with pytest.raises(Stale):
        undo_decision(work, coordinator, row.public_id)


def test_it_is_not_opened_again_beside_a_newer_one(make: Make, work: Work, cast: Cast, coordinator: Actor) -> None:
    row = suggest(make, cast, "noa", None, 3)
    decide_suggestion(work, coordinator, row.public_id, Reply.REFUSE)
    suggest(make, cast, "noa", None, 4)
    with pytest.raises(Refused, match="newer"):
        undo_decision(work, coordinator, row.public_id)


def test_who_may_decide(make: Make, work: Work, cast: Cast, reads: Session) -> None:
    noa, opening = suggest(make, cast, "noa", None, 3), suggest(make, cast, "opening", 3, 4)
    who = cast.accounts
    for account in (who.supervisor, who.noa, who.admin, who.outsider_coordinator, who.outsider_therapist):
        for row in (noa, opening):
            with pytest.raises((NotFound, Forbidden)):
                decide_suggestion(work, make.actor(account), row.public_id, Reply.ACCEPT)
    therapist = make.actor(who.therapist)
    with pytest.raises(NotFound):
        decide_suggestion(work, therapist, opening.public_id, Reply.ACCEPT)
    assert [line.public_id for line in open_suggestions(reads, therapist, make.clock.now).rows] == [noa.public_id]
    assert one_suggestion(reads, therapist, opening.public_id) is None
    decide_suggestion(work, therapist, noa.public_id, Reply.ACCEPT)
    assert ability(make) == [3]


def test_the_list_leaves_out_what_is_no_longer_so(make: Make, cast: Cast, coordinator: Actor, reads: Session) -> None:
    suggest(make, cast, "noa", None, 3)
    suggest(make, cast, "opening", 3, 4)
    now = make.clock.now

    def counted(*people: int) -> int | None:
        wanted = {"program": coordinator.program, "put_off": shown_from(now), "people": list(people)}
        return reads.scalar(select(open_profiles(not people).c.profiles), wanted)

    def shown() -> list[str]:
        lines = open_suggestions(reads, coordinator, now).rows
        assert counted() == len(lines)
        return [line.about for line in lines]

    assert shown() == ["Stock helper", "Noa Lind"]
    assert counted(cast.kim.id) == 1
    ids = {"participant_id": cast.a.participant.id, "program_id": cast.a.program.id}
    make.add(Ability(level=2, trait_id=cast.a.catalog.traits[0].id, **ids))
    assert shown() == ["Stock helper"]
    make.do(lambda session: session.execute(update(OpeningRequirement).values(level=5)))
    assert shown() == []


def test_an_archived_record_is_not_changed(make: Make, work: Work, cast: Cast, coordinator: Actor) -> None:
    row = suggest(make, cast, "noa", None, 3)
    make.do(lambda session: session.execute(update(Participant).values(archived_at=make.clock.now)))
    with pytest.raises(Refused, match="archived"):
        decide_suggestion(work, coordinator, row.public_id, Reply.ACCEPT)
