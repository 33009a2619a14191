from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.openings import OpeningState
from placement.domain.placements import Answer, Move, PlacementKind, PlacementState
from placement.models.employers.opening import Opening
from placement.models.participants.profile import EmployerExclusion
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.progress.summary import PlacementSummary
from placement.models.system.log import Audit
from placement.usecases.placements.answer import AnswerPlacement, answer_placement
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.placements.propose import ProposePlacement, propose_placement
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def stored(make: Make, public_id: str) -> Placement:
    found: Placement = make.one(select(Placement).where(Placement.public_id == public_id))
    return found


def filled(make: Make, opening: Opening) -> int:
    return int(make.one(select(Opening.filled).where(Opening.id == opening.id)))


def test_a_proposal_takes_a_place_and_starts_its_history(work: Work, make: Make, cast: Cast) -> None:
    before = filled(make, cast.a.opening)
    public = propose_placement(
        work,
        make.actor(cast.accounts.coordinator),
        ProposePlacement(cast.lee.public_id, cast.a.opening.public_id, PlacementKind.WORK_THERAPY),
    )
    row = stored(make, public)
    assert (row.state, row.kind, row.pattern) == (
        PlacementState.PROPOSED,
        PlacementKind.WORK_THERAPY,
        cast.a.opening.pattern,
    )
    assert (row.first_day, row.last_day) == (make.today, cast.a.opening.last_day)
    assert filled(make, cast.a.opening) == before + 1
    move = make.one(select(PlacementMove).where(PlacementMove.placement_id == row.id))
    assert (move.from_state, move.to_state, move.by_account_id) == (
        None,
        PlacementState.PROPOSED,
        cast.accounts.coordinator.id,
    )
    assert make.one(select(PlacementSummary.minutes_worked).where(PlacementSummary.placement_id == row.id)) == 0
    assert make.one(select(Audit.action).where(Audit.subject == "placement", Audit.subject_id == row.id))


def test_what_cannot_be_proposed(work: Work, make: Make, cast: Cast) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    full = make.opening(cast.other_site, "Full", capacity=1, filled=1)
    held = make.opening(cast.other_site, "Held", state=OpeningState.ON_HOLD)
    gone = make.opening(cast.other_site, "Gone", archived_at=make.clock.now)
    other = make.employer(cast.a.program, "Never")
    never = make.opening(make.site(other))
    make.add(EmployerExclusion(program_id=cast.a.program.id, participant_id=cast.lee.id, employer_id=other.id))
    lee = cast.lee.public_id

    def refusal(person: str, opening: Opening, **more: object) -> str:
        with pytest.raises(Refused) as caught:
            propose_placement(work, coordinator, ProposePlacement(person, opening.public_id, **more))  # type: ignore[arg-type]
        return caught.value.reason.msgid

    assert "taken" in refusal(lee, full)
    assert "not open" in refusal(lee, held)
    assert "never" in refusal(lee, never)
    assert "already" in refusal(cast.a.participant.public_id, cast.a.opening)
    assert "last day" in refusal(lee, cast.a.opening, first_day=make.day(3), last_day=make.day(2))
    for person, opening in ((lee, gone), (lee, cast.b.opening), (cast.b.participant.public_id, cast.a.opening)):
        with pytest.raises(NotFound):
            propose_placement(work, coordinator, ProposePlacement(person, opening.public_id))
    assert make.one(select(func.count()).select_from(Placement).where(Placement.participant_id == cast.lee.id)) == 0
    assert filled(make, full) == 1
    assert filled(make, cast.a.opening) == 1


@pytest.mark.parametrize("who", ["therapist", "coach", "supervisor", "noa", "admin"])
def test_only_coordinators_propose(who: str, work: Work, make: Make, cast: Cast) -> None:
    with pytest.raises((Forbidden, NotFound)):
        propose_placement(
            work,
            make.actor(getattr(cast.accounts, who)),
            ProposePlacement(cast.lee.public_id, cast.a.opening.public_id),
        )


def test_only_the_persons_own_yes_moves_it_on(work: Work, make: Make, cast: Cast) -> None:
    kim, coordinator = make.actor(cast.accounts.kim), make.actor(cast.accounts.coordinator)
    public = cast.proposed.public_id
    for who in (coordinator, make.actor(cast.accounts.coach)):
        with pytest.raises(Forbidden):
            answer_placement(work, who, AnswerPlacement(public, Answer.YES))
    with pytest.raises(Forbidden):
        move_placement(work, coordinator, MovePlacement(public, cast.proposed.version, Move.PARTICIPANT_YES))
    with pytest.raises(NotFound):
        answer_placement(work, make.actor(cast.accounts.noa), AnswerPlacement(public, Answer.YES))
    answer_placement(work, kim, AnswerPlacement(public, Answer.YES))
    row = stored(make, public)
    assert (row.state, row.answer, row.answered_at) == (PlacementState.OFFERED, Answer.YES, make.clock.now)
    assert row.version == cast.proposed.version + 1
    answer_placement(work, kim, AnswerPlacement(public, Answer.YES))
    assert stored(make, public).version == row.version
    moves = make.all(select(PlacementMove.to_state).where(PlacementMove.placement_id == row.id))
    assert moves == [PlacementState.PROPOSED, PlacementState.OFFERED]


def test_a_no_ends_it_without_a_reason_and_frees_the_place(work: Work, make: Make, cast: Cast) -> None:
    kim = make.actor(cast.accounts.kim)
    opening = make.one(select(Opening).where(Opening.id == cast.proposed.opening_id))
    answer_placement(work, kim, AnswerPlacement(cast.proposed.public_id, Answer.YES))
    answer_placement(work, kim, AnswerPlacement(cast.proposed.public_id, Answer.NO))
    row = stored(make, cast.proposed.public_id)
    assert (row.state, row.answer) == (PlacementState.DECLINED, Answer.NO)
    assert filled(make, opening) == opening.filled - 1
    answer_placement(work, kim, AnswerPlacement(cast.proposed.public_id, Answer.NO))
    assert filled(make, opening) == opening.filled - 1
    with pytest.raises(Refused):
        answer_placement(work, kim, AnswerPlacement(cast.proposed.public_id, Answer.YES))


def test_not_now_keeps_the_place_and_the_day_to_ask_again(work: Work, make: Make, cast: Cast) -> None:
    kim = make.actor(cast.accounts.kim)
    later = make.today + timedelta(days=21)
    with pytest.raises(Refused) as caught:
        answer_placement(work, kim, AnswerPlacement(cast.proposed.public_id, Answer.NOT_NOW, make.today))
    assert caught.value.field == "ask_again_on"
    answer_placement(work, kim, AnswerPlacement(cast.proposed.public_id, Answer.NOT_NOW, later))
    row = stored(make, cast.proposed.public_id)
    assert (row.state, row.answer, row.ask_again_on) == (PlacementState.PROPOSED, Answer.NOT_NOW, later)
    answer_placement(work, kim, AnswerPlacement(cast.proposed.public_id, Answer.YES, later))
    assert stored(make, cast.proposed.public_id).ask_again_on is None


def test_a_no_is_too_late_once_both_agreed(work: Work, make: Make, cast: Cast) -> None:
    with pytest.raises(Refused):
        answer_placement(work, make.actor(cast.accounts.noa), AnswerPlacement(cast.a.placement.public_id, Answer.NO))
