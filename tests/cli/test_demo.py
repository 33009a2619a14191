"""Demo data: the quick way writes what the use cases would have written; nothing is sent; nothing is mixed in."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import RowMapping, case, select
from sqlalchemy.orm import Session

from placement.cli.demo.commands import PASSWORD
from placement.cli.demo.invent import invent
from placement.cli.demo.load import write_story
from placement.domain.notices import NoticeKind
from placement.domain.proposals import Mark, RunState
from placement.domain.roles import Role
from placement.models.feedback.observation import Feedback, Observation
from placement.models.feedback.rater import Rater
from placement.models.matching.run import MatchBan, MatchRun, Proposal
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.programs.program import Program
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.summary import PlacementSummary, TaskSummary, TaskWeek
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.job import Job
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast

#: Numbers of rows and when a row was typed in differ between the two ways; what happened must not.
SURROGATES = {
    "id", "public_id", "program_id", "participant_id", "placement_id", "occasion_id", "task_id", "rater_id", "level_id",
    "rule_id", "goal_id", "site_id", "created_at", "version", "evidence", "last_occasion", "replaces_id",
}  # fmt: skip


def _plain(row: RowMapping) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(key), str(value)) for key, value in row.items() if key not in SURROGATES))


def _everything(reads: Session) -> dict[str, list[tuple[tuple[str, str], ...]]]:
    """Every row of the spine and its summaries, with names in place of keys."""
    who = Participant.sort_key.label("who")
    # The key of a task of one's own is drawn by lot.
    task = case((Task.participant_id.is_not(None), Task.name["en"].as_string()), else_=Task.key).label("task")
    statements = {
        "shift": select(who, Occasion.__table__, Shift.__table__.c["day", "start", "end", "minutes", "attendance_by",
                        "feedback_due_at", "agreed_day", "moved", "cancelled_at"])
        .join(Occasion, Occasion.participant_id == Participant.id).join(Shift, Shift.id == Occasion.id),
        "feedback": select(who, Rater.name.label("rater"), Feedback.__table__)
        .join(Occasion, Occasion.participant_id == Participant.id)
        .join(Feedback, Feedback.occasion_id == Occasion.id).join(Rater, Rater.id == Feedback.rater_id),
        "observation": select(who, task, Rater.name.label("rater"), Occasion.starts_at, Observation.__table__)
        .join(Observation, Observation.participant_id == Participant.id).join(Task, Task.id == Observation.task_id)
        .join(Rater, Rater.id == Observation.rater_id).join(Occasion, Occasion.id == Observation.occasion_id),
        "task_summary": select(who, task, TaskSummary.__table__)
        .join(TaskSummary, TaskSummary.participant_id == Participant.id).join(Task, Task.id == TaskSummary.task_id),
        "task_week": select(who, task, TaskWeek.__table__)
        .join(TaskWeek, TaskWeek.participant_id == Participant.id).join(Task, Task.id == TaskWeek.task_id),
        "placement_summary": select(who, PlacementSummary.__table__)
        .join(Placement, Placement.participant_id == Participant.id)
        .join(PlacementSummary, PlacementSummary.placement_id == Placement.id),
        "milestone": select(who, MilestoneRule.kind.label("rule"), MilestoneRule.amount, Milestone.__table__)
        .join(Milestone, Milestone.participant_id == Participant.id)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id).where(Milestone.withdrawn_at.is_(None)),
    }  # fmt: skip
    return {
        name: sorted(_plain(row) for row in reads.execute(statement).mappings())
        for name, statement in statements.items()
    }


@pytest.mark.parametrize("seed", [3])
def test_the_quick_way_equals_the_use_cases(app: Flask, work: Work, reads: Session, clock: Clock, seed: int) -> None:
    story = invent("small", seed, clock.now)[1]
    write_story(work, reads, story, bulk=False)
    slow = _everything(reads)
    for model in (Participant, Observation, Milestone, TaskSummary):
        assert reads.execute(select(model.program_id).limit(1)).first(), model
    other = story.__class__(**{**_fields(story), **_renamed(story)})
    write_story(work, reads, other, bulk=True)
    both = _everything(reads)
    for name, rows in slow.items():
        assert rows, name
        assert both[name] == sorted(rows + rows), name


def _fields(story: object) -> dict[str, object]:
    return {name: getattr(story, name) for name in story.__slots__}  # type: ignore[attr-defined]


def _renamed(story: object) -> dict[str, object]:
    """The same people with other addresses, since an address belongs to one account."""
    people = tuple(
        person.__class__(person.key, person.name, "x-" + person.email, person.locale, person.roles, person.sites)
        for person in story.people  # type: ignore[attr-defined]
    )
    admin = story.admin  # type: ignore[attr-defined]
    return {
        "people": people,
        "admin": admin.__class__(admin.key, admin.name, "x-" + admin.email, admin.locale, admin.roles),
    }


def test_the_same_seed_and_day_give_the_same_story(clock: Clock) -> None:
    assert invent("small", 7, clock.now) == invent("small", 7, clock.now)
    assert invent("small", 7, clock.now) != invent("small", 8, clock.now)
    assert invent("small", 7, clock.now) != invent("small", 7, clock.now + timedelta(days=1))


def test_a_large_program_has_a_hundred_thousand_shifts(clock: Clock) -> None:
    stories = invent("large", 1, clock.now)
    assert sum(len(stay.turns) for story in stories for stay in story.stays) >= 100_000


@pytest.mark.parametrize("size", ["small", "large"])
def test_nobody_looks_after_hundreds(clock: Clock, size: str) -> None:
    story = invent(size, 1, clock.now)[0]
    known = {person.key for person in story.people}
    caseloads = Counter(staff for row in story.interns for staff, stands_in_for in row.assigned if not stands_in_for)
    assert set(caseloads) <= known
    assert len({person.name for person in story.people if person.key in caseloads}) == len(caseloads)
    for role in (Role.COORDINATOR, Role.THERAPIST, Role.COACH):
        mine = [count for staff, count in caseloads.items() if staff.startswith(role.value)]
        assert len(mine) >= 2
        assert max(mine) <= 40
        assert sum(mine) == len(story.interns)


def test_demo_data_are_not_mixed_with_others(app: Flask, cast: Cast) -> None:
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["demo", "load"])
    assert refused.exit_code == 1
    assert "other data" in refused.output
    assert runner.invoke(args=["demo", "load", "--if-empty"]).exit_code == 0


def test_a_loaded_demo_sends_nothing_and_lists_everybody(app: Flask, reads: Session) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["demo", "load", "--size", "small"]).exit_code == 0
    assert reads.execute(select(Job.id)).all() == []
    _has_runs_to_look_at(reads)
    _tells_in_its_language(reads)
    rows = json.loads(runner.invoke(args=["demo", "accounts"]).output)
    for program in ("Bridgeway", "Brückenweg"):
        for role in Role:
            people = [row for row in rows if row["program"] == program and row["role"] == role.value]
            assert len(people) >= 2, (program, role)
    assert {row["password"] for row in rows} == {PASSWORD}
    signed_in = app.test_client()
    page = signed_in.get("/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = signed_in.post("/sign-in", data={"email": rows[0]["email"], "password": PASSWORD, "csrf_token": token})
    assert answer.status_code == 303


def test_the_demo_holds_what_was_seen_at_work(app: Flask, reads: Session) -> None:
    assert app.test_cli_runner().invoke(args=["demo", "load", "--size", "small"]).exit_code == 0
    rows = reads.execute(select(ProfileSuggestion.decision, ProfileSuggestion.participant_id)).all()
    assert len(rows) >= 2
    again = app.test_cli_runner().invoke(args=["suggestions", "refresh", "--program", "Bridgeway"])
    assert "1 programs looked at: 0 suggestions added, 0 renewed, 0 withdrawn." in again.output
    assert app.test_cli_runner().invoke(args=["suggestions", "refresh", "--program", "Nowhere"]).exit_code == 1


def _tells_in_its_language(reads: Session) -> None:
    """What participants told and how it was settled stands in the program's language."""
    told = {
        name: set(
            reads.scalars(
                select(Notice.text).where(
                    Notice.program_id == Program.id, Program.name == name, Notice.kind == NoticeKind.HOW_IT_WAS
                )
            )
        )
        for name in ("Bridgeway", "Brückenweg")
    }
    assert told["Bridgeway"] == {"", "Nice people, and the music was loud."}
    assert told["Brückenweg"] == {"", "Nette Leute, aber die Musik war laut."}


def _has_runs_to_look_at(reads: Session) -> None:
    """A confirmed run, two drafts of one cohort that differ, a lock, a ban with its reason, people left out."""
    program = select(Program.id).where(Program.name == "Bridgeway").scalar_subquery()
    runs = reads.execute(
        select(MatchRun.id, MatchRun.state).where(MatchRun.program_id == program).order_by(MatchRun.id)
    ).all()
    assert sorted(state for _run, state in runs) == ["confirmed", "discarded", "draft", "draft"]
    one, other = (run for run, state in runs if state is RunState.DRAFT)
    pairs = {
        run: dict(
            reads.execute(select(Proposal.participant_id, Proposal.opening_id).where(Proposal.run_id == run)).all()
        )
        for run in (one, other)
    }
    assert pairs[one].keys() == pairs[other].keys()
    assert pairs[one] != pairs[other]
    assert Mark.LOCKED in set(reads.scalars(select(Proposal.mark).where(Proposal.run_id == one)))
    assert reads.scalars(select(MatchBan.reason).where(MatchBan.run_id == one)).one()
    reasons = [row["msgid"] for row in reads.scalars(select(Proposal.reason).where(Proposal.run_id == one)) if row]
    assert len(reasons) >= 2
    assert any("talk first" in reason for reason in reasons)
