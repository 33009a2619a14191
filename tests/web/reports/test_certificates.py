"""Certificates: in the participant's language, of what was reached and kept, with no more names than wanted."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from placement.domain.milestones import RuleKind
from placement.domain.shifts import Attendance
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone
from placement.models.progress.plan import Probe
from placement.models.progress.summary import PlacementSummary, TaskSummary
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.reports.test_reports import NOT_FOR_SHOPS, make_worked, pdf_of, text_of


def reached(make: Make, cast: Cast, kind: RuleKind) -> Milestone:
    rule = next(rule for rule in cast.a.catalog.rules if rule.kind is kind)
    task = cast.a.catalog.tasks[0] if kind is RuleKind.CONSECUTIVE_TASK else None
    return make.milestone(cast.a.participant, rule, cast.a.rated, task)


def checked(make: Make, milestone: Milestone, due: int, kept: bool | None) -> None:
    make.add(
        Probe(
            program_id=milestone.program_id, milestone_id=milestone.id, participant_id=milestone.participant_id,
            due_on=make.day(due), done_on=None if kept is None else make.day(due), kept=kept,
        )
    )  # fmt: skip


def alone(make: Make, cast: Cast, tasks: int = 1) -> None:
    day = make.day(-6)
    for task in cast.a.catalog.tasks[:tasks]:
        make.add(
            TaskSummary(
                program_id=cast.a.program.id, participant_id=cast.a.participant.id, task_id=task.id,
                count=3, alone_count=2, first_rank=4, first_at=make.clock.now, first_day=day, last_rank=6,
                last_at=make.clock.now, last_day=day, last_occasion=cast.a.rated.id, best_rank=6, run_alone=2,
                best_run=2,
            )
        )  # fmt: skip


@pytest.mark.parametrize("who", ["noa", "coordinator"])
def test_in_the_participants_language_whoever_prints_it(
    who: str, client_for: ClientFor, cast: Cast, make: Make
) -> None:
    noa = cast.accounts.noa
    make.do(lambda s: s.execute(update(Account).where(Account.id == noa.id).values(locale="de")))
    milestone = reached(make, cast, RuleKind.CONSECUTIVE_TASK)
    checked(make, milestone, -1, True)
    reader = pdf_of(client_for(getattr(cast.accounts, who)), f"/milestones/{milestone.public_id}/certificate.pdf")
    assert reader.root_object["/Lang"] == "de"
    text = text_of(reader)
    assert "Noa Lind" in text
    assert cast.a.catalog.tasks[0].name["de"] in text
    assert len(reader.pages) == 1


@pytest.mark.parametrize(
    ("checks", "status"),
    [([], 200), ([(-1, True)], 200), ([(7, None)], 404), ([(-1, None)], 404), ([(-3, True), (-1, False)], 404)],
)
def test_of_what_was_kept(
    checks: list[tuple[int, bool | None]], status: int, client_for: ClientFor, cast: Cast, make: Make
) -> None:
    milestone = reached(make, cast, RuleKind.CONSECUTIVE_TASK)
    for due, kept in checks:
        checked(make, milestone, due, kept)
    visitor = client_for(cast.accounts.noa)
    address = f"/milestones/{milestone.public_id}/certificate.pdf"
    assert visitor.http.get(address).status_code == status
    page = visitor.get("/certificates")
    assert (address in page.links) is (status == 200)
    assert ("gets its certificate once it was kept" in page.content) is (status == 404)


@pytest.mark.parametrize("kind", [RuleKind.FADING_HELD, RuleKind.FIRST_ALONE])
def test_some_milestones_have_none(kind: RuleKind, client_for: ClientFor, cast: Cast, make: Make) -> None:
    milestone = reached(make, cast, kind)
    client_for(cast.accounts.noa).get(f"/milestones/{milestone.public_id}/certificate.pdf", 404)


def test_what_was_withdrawn_has_none_any_more(client_for: ClientFor, cast: Cast, make: Make) -> None:
    milestone = reached(make, cast, RuleKind.HOURS_COMPLETED)
    make.do(lambda s: s.execute(update(Milestone).values(withdrawn_at=make.clock.now)))
    client_for(cast.accounts.noa).get(f"/milestones/{milestone.public_id}/certificate.pdf", 404)


@pytest.mark.parametrize("named", [False, True])
def test_shops_and_program_are_named_only_if_wanted(named: bool, client_for: ClientFor, cast: Cast, make: Make) -> None:
    make_worked(make, cast)
    alone(make, cast)
    about = Participant.id == cast.a.participant.id
    make.do(lambda s: s.execute(update(Participant).where(about).values(names_shops=named)))
    path = f"/participants/{cast.a.participant.public_id}/certificates/participation.pdf{'?program=1' if named else ''}"
    text = text_of(pdf_of(client_for(cast.accounts.noa), path))
    assert "worked 4 hours" in text
    assert cast.a.catalog.tasks[0].name["en"] in text
    assert ("Corner Grocery" in text) is named
    assert ("Riverside" in text) is named
    assert [word for word in NOT_FOR_SHOPS if word in text.lower()] == []


def test_tasks_done_alone_stay_between_the_frames(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make_worked(make, cast)
    alone(make, cast, tasks=4)
    long = "Sorting what was delivered"
    ids = [task.id for task in cast.a.catalog.tasks[:4]]
    make.do(lambda s: s.execute(update(Task).where(Task.id.in_(ids)).values(name={"en": long})))
    path = f"/participants/{cast.a.participant.public_id}/certificates/participation.pdf"
    (page,) = pdf_of(client_for(cast.accounts.noa), path).pages
    lines = page.extract_text(extraction_mode="layout").splitlines()
    assert [line.count(long) for line in lines if long in line] == [2, 2]


def test_before_the_first_shift_the_page_says_when_it_comes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: s.execute(update(PlacementSummary).values(shifts_done=0)))
    visitor = client_for(cast.accounts.noa)
    path = f"/participants/{cast.a.participant.public_id}/certificates/participation.pdf"
    assert "The first certificate comes with the first shifts." in visitor.follow(visitor.get(path, 302)).content


def test_somebody_without_an_account_gets_them_in_the_programs_language(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    placement = make.placement(cast.lee, cast.a.opening)
    shift = make.shift(placement, make.day(-2), attendance=Attendance.HERE)
    rule = next(rule for rule in cast.a.catalog.rules if rule.kind is RuleKind.SHIFTS_COMPLETED)
    milestone = make.milestone(cast.lee, rule, shift)
    reader = pdf_of(client_for(cast.accounts.coordinator), f"/milestones/{milestone.public_id}/certificate.pdf")
    assert reader.root_object["/Lang"] == cast.a.program.locale
