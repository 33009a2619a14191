"""The day page: what each role finds on it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from placement.domain.notices import NoticeKind
from placement.domain.placements import Move, PlacementState, StepKind
from placement.domain.roles import Role
from placement.models.notices.notice import Notice
from placement.models.placements.card import CardLine
from placement.models.placements.placement import Placement, PlacementStep
from placement.models.reports.report import Report
from placement.models.shifts.shift import Shift
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.placements.own_move import own_move
from placement.usecases.transaction import Work
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.queries.progress.stories import FALLING, live, world
from tests.statements import Counter


def test_a_participants_next_shift_comes_first(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.accounts.noa).get("/day")
    assert "Your shift began at 9:00" in page.h1
    assert "Market Street" in page.content


def test_a_proposal_waits_for_its_answer(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.accounts.kim).get("/day")
    assert page.h1 == "A proposal waits for your answer."
    assert "Bakery helper" in page.content


def test_a_yes_stays_in_sight_until_the_place_begins(cast: Cast, client_for: ClientFor) -> None:
    visitor = client_for(cast.accounts.kim)
    visitor.post(f"/placements/{cast.proposed.public_id}/answer", {"answer": "yes"})
    page = visitor.get("/day")
    assert page.h1 == "You said yes. Thank you!"
    assert "Now your program asks the shop." in page.words
    assert f"/placements/{cast.proposed.public_id}/answered" in page.links


def test_a_shift_of_a_paused_placement_is_no_promise(cast: Cast, make: Make, client_for: ClientFor) -> None:
    visitor = client_for(cast.accounts.noa)
    assert "whether this shift takes place" not in visitor.get("/day").words
    make.do(lambda s: setattr(s.get_one(Placement, cast.a.placement.id), "state", PlacementState.PAUSED))
    assert "whether this shift takes place" in visitor.get("/day").words


@pytest.mark.parametrize("own", [True, False])
def test_a_pause_is_named_and_ends_where_the_participant_can_end_it(
    own: bool, cast: Cast, make: Make, work: Work, client_for: ClientFor
) -> None:
    key = cast.a.placement.public_id
    if own:
        own_move(work, make.actor(cast.accounts.noa), key, Move.PAUSE)
    else:
        version = make.one(select(Placement.version).where(Placement.public_id == key))
        move_placement(work, make.actor(cast.accounts.coordinator), MovePlacement(key, version, Move.PAUSE))
    make.do(lambda s: s.execute(update(Shift).values(cancelled_at=make.clock.now)))
    page = client_for(cast.accounts.noa).get("/day")
    assert page.h1 == "Your placement is paused."
    assert "As soon as one is planned" not in page.words
    assert (f"/placements/{key}/own/go-on" in page.links) is own
    assert ("Please ask them." in page.words) is not own


def test_what_a_shop_may_read_waits_for_a_yes(
    cast: Cast, make: Make, client_for: ClientFor, statements: Counter
) -> None:
    visitor, place = client_for(cast.accounts.noa), cast.a.placement
    with statements:
        assert "Waits for your yes" not in visitor.get("/day").words
    before = statements.count
    line = make.add(
        CardLine(program_id=place.program_id, placement_id=place.id, text="A break", created_at=make.clock.now)
    )
    report = make.report(place, cast.accounts.coordinator)
    make.report(place, cast.accounts.coordinator, released_at=make.clock.now)
    with statements:
        page = visitor.get("/day")
    assert statements.count == before
    assert [href for href in page.links if href.startswith("/reports/")] == [f"/reports/{report.public_id}"]
    assert f"/placements/{place.public_id}/my-card" in page.links
    make.do(lambda s: setattr(s.get_one(CardLine, line.id), "released_at", make.clock.now))
    make.do(lambda s: setattr(s.get_one(Report, report.id), "released_at", make.clock.now))
    assert "Waits for your yes" not in visitor.get("/day").words


def test_a_supervisor_finds_owed_feedback_of_their_shop_only(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.accounts.supervisor).get("/day")
    assert "How was the shift of Noa?" in page.h1
    elsewhere = client_for(cast.accounts.other_supervisor).get("/day")
    assert "Nothing waits for you today." in elsewhere.h1
    assert "Noa" not in elsewhere.content


def test_what_needs_the_coordinator(cast: Cast, make: Make, client_for: ClientFor) -> None:
    make.add(
        PlacementStep(
            program_id=cast.a.program.id, placement_id=cast.a.placement.id, kind=StepKind.MID_REVIEW,
            due_on=make.day(2), created_at=make.clock.now,
        )
    )  # fmt: skip
    page = client_for(cast.accounts.coordinator).get("/day")
    assert "1 person on placement" in page.words
    assert page.h1 == "1 shop needs you today."
    for words in ("feedback owed", "1 shift, since Thu, Nov 19", "1 proposal without an answer", "step due"):
        assert words in page.content
    assert "Lake Store" not in page.content


def test_the_heading_counts_people_and_shops_not_lines(cast: Cast, make: Make, client_for: ClientFor) -> None:
    """Two calls about one person are one person; a milestone and a free place call for nobody."""
    make.notice(cast.a.participant, NoticeKind.DID_NOT_COME)
    make.notice(cast.a.participant, NoticeKind.WORRIED)
    make.notice(cast.lee, NoticeKind.ILL)
    visitor = client_for(cast.accounts.coordinator)
    assert visitor.get("/day").h1 == "2 people and 1 shop need you today."
    make.do(lambda s: s.execute(update(Notice).values(done_at=make.clock.now)))
    make.do(lambda s: s.execute(update(Shift).values(feedback_due_at=None)))
    assert visitor.get("/day").h1 == "Nobody is waiting for you today."


def test_the_menu_leads_to_caseload_and_notes(cast: Cast, client_for: ClientFor) -> None:
    visitor = client_for(cast.accounts.coordinator)
    for path, label in (("/caseload", "Caseload"), ("/notices", "Notes"), ("/participants", "People")):
        assert path in visitor.get("/day").links
        text = visitor.get(path).text
        assert re.findall(r'aria-current="page">([^<]+)</a></li>', text)[0] == label
        assert text.count('aria-current="page"') == 2, "once in the menu, once in the tabs"


def test_nothing_needs_a_coordinator_of_an_empty_program(make: Make, client_for: ClientFor) -> None:
    program = make.program("Quiet")
    page = client_for(make.account("Cora", [Role.COORDINATOR], program)).get("/day")
    assert page.h1 == "Nothing needs you today."


def test_mine_and_covering_leave_out_the_others(cast: Cast, make: Make, client_for: ClientFor) -> None:
    make.assign(cast.accounts.coordinator, cast.kim)
    visitor = client_for(cast.accounts.coordinator)
    mine = visitor.get("/day")
    assert "feedback owed" not in mine.content
    assert "1 proposal without an answer" in mine.content
    assert "feedback owed" in visitor.get("/day?whose=all").content
    assert "proposal without" not in visitor.get("/day?whose=covering").content


def test_a_coach_finds_their_people_and_what_they_may_rate(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.accounts.coach).get("/day")
    assert "shift waits for feedback" in page.h1
    for words in ("Noa Lind", "Kim Okafor", "covering", "Next shift: Thu, Nov 26"):
        assert words in page.content
    assert "Lee" not in page.content
    therapist = client_for(cast.accounts.therapist).get("/day")
    assert "Kim Okafor" not in therapist.content


def test_an_admin_finds_accounts_nobody_has_used(cast: Cast, make: Make, client_for: ClientFor) -> None:
    make.account("Nia New", [Role.COACH], cast.a.program, password_hash=None)
    page = client_for(cast.accounts.admin).get("/day")
    assert page.h1 == "1 account waits for its first sign-in."
    assert "Nia New" in page.content
    assert "Noa" not in page.content


def test_whoever_runs_the_site_finds_its_programs(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.accounts.site_admin).get("/day")
    assert "Riverside" in page.content
    assert "Lakeside" in page.content


def test_roles_add_up(cast: Cast, make: Make, client_for: ClientFor) -> None:
    make.member(cast.accounts.coordinator, cast.a.program, Role.ADMIN)
    page = client_for(cast.accounts.coordinator).get("/day")
    assert "feedback owed" in page.content
    assert "Every account is in use." in page.content


def test_the_milestones_of_the_month(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: [4, 6]})
    visitor = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    assert "Celebrate" in visitor.get("/day").content
    page = visitor.get("/day/milestones")
    assert "Mia Berg" in page.content
    assert "alone for the first time" in page.content


def test_a_task_that_slips_needs_the_coordinator_and_the_coach(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: FALLING})
    coach = make.account("Jo Field", [Role.COACH], mia.program)
    make.assign(coach, mia.person)
    coordinator = make.account("Cora Hill", [Role.COORDINATOR], mia.program)
    assert "needs more help again" in client_for(coordinator).get("/day").content
    assert client_for(coach).get("/day").h1 == "Mia Berg needs more help again with a task."


def test_who_needs_more_help_stands_before_everybody_else(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: FALLING})
    coach = make.account("Jo Field", [Role.COACH], mia.program)
    make.assign(coach, mia.person)
    make.assign(coach, make.participant(mia.program, "Ada", "Adler"))
    words = client_for(coach).get("/day").words
    assert words.index("needs more help again with") < words.index("Ada Adler")
    assert words.rindex("Mia Berg") < words.index("Ada Adler")
