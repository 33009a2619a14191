"""What a shop learns before it decides: the place, and the items its participant ticked. Nothing else, ever."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.participants import Wish
from placement.domain.placements import Answer, Move, PlacementKind, PlacementState
from placement.domain.sharing import Item
from placement.models.employers.opening import Opening, OpeningRequirement
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability, Need, TaskWish
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.programs.catalog import Accommodation, Trait
from placement.models.system.log import Audit
from placement.queries.placements.offer import OfferLine, ShopOffer, Standing, open_offers, shop_offer, shop_sheet
from placement.queries.placements.told import own_sharing
from placement.usecases.placements.answer import AnswerPlacement, answer_placement
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.placements.share import ShareWithShop, share_with_shop
from placement.usecases.placements.shop_answer import ShopAnswer, answer_for_shop
from placement.usecases.placements.words import WriteWords, write_words
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make

SECRETS = ("Okafor", "SECRET-LIKE", "SECRET-WORRY", "SECRET-FORCE", "SECRET-NOTE", "graded", "therapy", "6543")


@pytest.fixture
def public(cast: Cast, make: Make) -> str:
    """Kim's proposal, with everything in it and around it that no shop may learn unasked."""
    catalog, kim = cast.a.catalog, cast.kim
    program = kim.program_id

    def change(session: Session) -> None:
        person = session.get_one(Participant, kim.id)
        person.weekly_hours_limit, person.email, person.home_address = 17.5, "kim@home.example", "Secret Lane 1"
        row = session.get_one(Placement, cast.proposed.id)
        row.likes, row.worries, row.force_reason, row.note = (
            "SECRET-LIKE",
            "SECRET-WORRY",
            "SECRET-FORCE",
            "SECRET-NOTE",
        )
        row.kind, row.fit = PlacementKind.GRADED_LOAD, 6543
        session.add_all(
            [
                TaskWish(program_id=program, participant_id=kim.id, task_id=catalog.tasks[0].id, wish=Wish.LOVE),
                TaskWish(program_id=program, participant_id=kim.id, task_id=catalog.tasks[1].id, wish=Wish.RATHER_NOT),
                TaskWish(program_id=program, participant_id=kim.id, task_id=catalog.tasks[3].id, wish=Wish.LIKE),
                Need(program_id=program, participant_id=kim.id, accommodation_id=catalog.accommodations[0].id),
                Need(program_id=program, participant_id=kim.id, accommodation_id=catalog.accommodations[1].id),
                *[
                    Ability(program_id=program, participant_id=kim.id, trait_id=trait.id, level=level)
                    for trait, level in zip(catalog.traits, (4, 1, 5), strict=True)
                ],
            ]
        )

    make.do(change)
    opening = make.one(select(Opening).where(Opening.id == cast.proposed.opening_id))
    _ask_for(make, opening, catalog.traits[0], 3)
    _ask_for(make, opening, catalog.traits[1], 3)
    return cast.proposed.public_id


def _ask_for(make: Make, opening: Opening, trait: Trait, level: int) -> None:
    make.add(
        OpeningRequirement(
            program_id=opening.program_id, opening_id=opening.id, trait_id=trait.id, level=level, weight=3
        )
    )


def keys(found: tuple[Item, ...]) -> list[str]:
    return [item.key for item in found]


def needs(cast: Cast) -> list[Accommodation]:
    return cast.a.catalog.accommodations[:2]


def state(make: Make, public: str) -> Placement:
    found: Placement = make.one(select(Placement).where(Placement.public_id == public))
    return found


def read(reads: Session, make: Make, cast: Cast, public: str) -> ShopOffer:
    return shop_offer(reads, make.actor(cast.accounts.other_supervisor), public, make.clock.now)[1]


def test_the_records_have_no_field_for_anything_else() -> None:
    assert {field.name for field in dataclasses.fields(ShopOffer)} == {
        "public_id", "role", "employer", "site", "first_day", "last_day", "pattern", "standing", "shared",
    }  # fmt: skip
    assert {field.name for field in dataclasses.fields(OfferLine)} == {
        "public_id", "role", "employer", "site", "first_day", "standing",
    }  # fmt: skip
    assert {field.name for field in dataclasses.fields(Item)} == {"share", "key", "words"}


def test_a_yes_without_a_tick_tells_the_place_alone(
    work: Work, reads: Session, make: Make, cast: Cast, public: str
) -> None:
    answer_placement(work, make.actor(cast.accounts.kim), AnswerPlacement(public, Answer.YES))
    offer = read(reads, make, cast, public)
    assert offer.shared == ()
    assert (offer.role, offer.standing) == ("Bakery helper", Standing.WAITS)
    told = repr(offer) + repr(open_offers(reads, make.actor(cast.accounts.other_supervisor), make.clock.now))
    every = [*SECRETS, "Kim", *(name.name["en"] for name in [*cast.a.catalog.traits, *needs(cast)])]
    assert [secret for secret in every if secret in told] == []


def test_just_what_was_ticked_and_shown(work: Work, reads: Session, make: Make, cast: Cast, public: str) -> None:
    kim, quiet = make.actor(cast.accounts.kim), f"needs:{needs(cast)[0].public_id}"
    possible = keys(own_sharing(reads, kim, public).now)
    catalog = cast.a.catalog
    assert possible == [
        "first_name", f"liked_tasks:{catalog.tasks[0].public_id}", f"strengths:{catalog.traits[0].public_id}",
        *[f"needs:{need.public_id}" for need in needs(cast)], "hours:17.5", "travel:transit",
    ]  # fmt: skip
    answer_placement(work, kim, AnswerPlacement(public, Answer.YES, share=("first_name", quiet, "likes", "fit")))
    assert state(make, public).shared == ["first_name", quiet]
    offer = read(reads, make, cast, public)
    assert [(item.key, item.words) for item in offer.shared] == [
        ("first_name", "Kim"),
        (quiet, needs(cast)[0].name),
    ]
    assert [secret for secret in (*SECRETS, needs(cast)[1].name["en"], "17.5") if secret in repr(offer)] == []
    sheet = shop_sheet(reads, make.actor(cast.accounts.coordinator), public)[1]
    assert sheet == offer


def test_what_enters_the_profile_later_is_not_told(
    work: Work, reads: Session, make: Make, cast: Cast, public: str
) -> None:
    kim = make.actor(cast.accounts.kim)
    everything = tuple(keys(own_sharing(reads, kim, public).now))
    answer_placement(work, kim, AnswerPlacement(public, Answer.YES, share=everything))
    program, third = cast.kim.program_id, cast.a.catalog.accommodations[2]
    make.add(Need(program_id=program, participant_id=cast.kim.id, accommodation_id=third.id))

    def change(session: Session) -> None:
        session.get_one(Participant, cast.kim.id).weekly_hours_limit = 10
        session.get_one(Ability, (cast.kim.id, cast.a.catalog.traits[0].id)).level = 1

    make.do(change)
    assert keys(read(reads, make, cast, public).shared) == [
        key for key in everything if not key.startswith(("hours:", "strengths:"))
    ]


def test_it_can_be_changed_until_the_shop_has_answered(
    work: Work, reads: Session, make: Make, cast: Cast, public: str
) -> None:
    kim, shop = make.actor(cast.accounts.kim), make.actor(cast.accounts.other_supervisor)
    with pytest.raises(Refused):
        share_with_shop(work, kim, ShareWithShop(public, ("first_name",)))
    answer_placement(work, kim, AnswerPlacement(public, Answer.YES, share=("first_name", "hours:17.5")))
    share_with_shop(work, kim, ShareWithShop(public, ("travel:transit",)))
    assert keys(read(reads, make, cast, public).shared) == ["travel:transit"]
    for who in ("noa", "coordinator", "coach", "other_supervisor"):
        with pytest.raises((Forbidden, NotFound)):
            share_with_shop(work, make.actor(getattr(cast.accounts, who)), ShareWithShop(public, ("first_name",)))
    answer_for_shop(work, shop, ShopAnswer(public, True))
    with pytest.raises(Refused):
        share_with_shop(work, kim, ShareWithShop(public, ()))
    details = make.all(select(Audit.detail).where(Audit.action == "placements.share"))
    assert details == [{"fields": ["travel"]}]


@pytest.mark.parametrize("answer", [None, Answer.NOT_NOW, Answer.TALK_FIRST, Answer.NO])
def test_without_an_own_yes_no_shop_learns_of_it(
    answer: Answer | None, work: Work, reads: Session, make: Make, cast: Cast, public: str
) -> None:
    kim, shop = make.actor(cast.accounts.kim), make.actor(cast.accounts.other_supervisor)
    if answer is Answer.NO:
        answer_placement(work, kim, AnswerPlacement(public, Answer.YES, share=("first_name",)))
    if answer is not None:
        answer_placement(work, kim, AnswerPlacement(public, answer, share=("first_name",)))
    assert open_offers(reads, shop, make.clock.now) == []
    assert state(make, public).shared == []
    with pytest.raises(NotFound):
        read(reads, make, cast, public)
    with pytest.raises(NotFound):
        answer_for_shop(work, shop, ShopAnswer(public, True))
    assert shop_sheet(reads, make.actor(cast.accounts.coordinator), public)[1] is None


@pytest.mark.parametrize("yes", [True, False])
def test_the_shops_own_answer(yes: bool, work: Work, reads: Session, make: Make, cast: Cast, public: str) -> None:
    kim, shop = make.actor(cast.accounts.kim), make.actor(cast.accounts.other_supervisor)
    answer_placement(work, kim, AnswerPlacement(public, Answer.YES, share=("first_name",)))
    before = make.one(select(Opening.filled).where(Opening.id == cast.proposed.opening_id))
    for who in ("supervisor", "outsider_coordinator", "coach", "noa"):
        with pytest.raises((Forbidden, NotFound)):
            answer_for_shop(work, make.actor(getattr(cast.accounts, who)), ShopAnswer(public, yes))
    version = state(make, public).version
    answer_for_shop(work, shop, ShopAnswer(public, yes, "We are glad."))
    answer_for_shop(work, shop, ShopAnswer(public, yes, "Twice."))
    row = state(make, public)
    assert row.state is (PlacementState.ACCEPTED if yes else PlacementState.DECLINED)
    assert (row.answer, row.version) == (Answer.YES, version + 1)
    assert make.one(select(Opening.filled).where(Opening.id == row.opening_id)) == before - (not yes)
    move = make.do(lambda session: session.scalars(
        select(PlacementMove).where(PlacementMove.placement_id == row.id).order_by(PlacementMove.id.desc())
    ).first())  # fmt: skip
    assert (move.by_account_id, move.note) == (cast.accounts.other_supervisor.id, "We are glad.")
    with pytest.raises(Refused):
        answer_for_shop(work, shop, ShopAnswer(public, not yes))
    offer = read(reads, make, cast, public)
    assert offer.standing is (Standing.YES if yes else Standing.NO)
    assert keys(offer.shared) == (["first_name"] if yes else [])
    make.clock.advance(days=7, minutes=1)
    with pytest.raises(NotFound):
        read(reads, make, cast, public)
    assert open_offers(reads, shop, make.clock.now) == []


def test_the_coordinator_still_answers_for_a_shop_without_accounts(
    work: Work, reads: Session, make: Make, cast: Cast, public: str
) -> None:
    answer_placement(work, make.actor(cast.accounts.kim), AnswerPlacement(public, Answer.YES))
    coordinator = make.actor(cast.accounts.coordinator)
    move_placement(work, coordinator, MovePlacement(public, state(make, public).version, Move.EMPLOYER_YES))
    assert read(reads, make, cast, public).standing is Standing.YES
    move_placement(work, coordinator, MovePlacement(public, state(make, public).version, Move.WITHDRAW))
    assert read(reads, make, cast, public).standing is Standing.OFF
    assert read(reads, make, cast, public).shared == ()


def test_minds_may_change_while_it_stands(work: Work, make: Make, cast: Cast, public: str) -> None:
    kim = make.actor(cast.accounts.kim)
    later = make.today + timedelta(days=14)
    for answer in (Answer.TALK_FIRST, Answer.NOT_NOW, Answer.TALK_FIRST, Answer.YES):
        answer_placement(work, kim, AnswerPlacement(public, answer, later))
        row = state(make, public)
        assert row.answer is answer
        assert row.ask_again_on == (later if answer is Answer.NOT_NOW else None)
        assert row.state is (PlacementState.OFFERED if answer is Answer.YES else PlacementState.PROPOSED)
    moves = select(func.count()).select_from(PlacementMove).where(PlacementMove.placement_id == row.id)
    assert make.one(moves) == 2


@pytest.mark.parametrize("answer", list(Answer))
def test_no_answer_lowers_a_fit_or_asks_for_a_reason(
    answer: Answer, work: Work, make: Make, cast: Cast, public: str
) -> None:
    answer_placement(work, make.actor(cast.accounts.kim), AnswerPlacement(public, answer))
    assert state(make, public).fit == 6543
    assert {field.name for field in dataclasses.fields(AnswerPlacement)} == {
        "public_id", "answer", "ask_again_on", "share",
    }  # fmt: skip


def test_own_words(work: Work, make: Make, cast: Cast, public: str) -> None:
    kim = make.actor(cast.accounts.kim)
    write_words(work, kim, WriteWords(public, "Bread", "Early mornings"))
    row = state(make, public)
    assert (row.likes, row.worries) == ("Bread", "Early mornings")
    for who in ("coordinator", "coach", "other_supervisor", "noa"):
        with pytest.raises((Forbidden, NotFound)):
            write_words(work, make.actor(getattr(cast.accounts, who)), WriteWords(public, "x", ""))
    answer_placement(work, kim, AnswerPlacement(public, Answer.NO))
    with pytest.raises(Refused):
        write_words(work, kim, WriteWords(public, "", ""))
    details = make.all(select(Audit.detail).where(Audit.action == "placements.words"))
    assert details == [{"fields": ["likes", "worries"]}]
