"""What is in the database after it all, held against what the phones were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import Flask
from sqlalchemy import func, select, text

from placement.extensions import db
from placement.models.feedback.observation import Feedback, Observation
from placement.models.programs.scale import SupportLevel
from placement.models.progress.milestone import Milestone
from placement.models.progress.summary import PlacementSummary, TaskSummary, TaskWeek
from placement.models.shifts.occasion import Occasion
from placement.models.system.job import IdempotencyKey
from placement.models.system.log import Audit
from placement.queries.system.seals import verify
from placement.usecases.progress.rebuild import rebuild
from placement.usecases.system.seal import Horizon, seal_logs
from placement.usecases.transaction import Work
from tests.torture.phones import words_of
from tests.torture.shop import Plan

#: What a rebuild comes to; a milestone's own key and when it was written down are no part of it.
KEPT = (TaskSummary, TaskWeek, PlacementSummary, Milestone)
#: A worker seals so many stretches one after the other.
MOST_STRETCHES = 60
_BESIDE = ("id", "public_id", "created_at")


def faults(app: Flask, acknowledged: Sequence[tuple[int, Plan]]) -> list[str]:
    """A sentence for whatever is not as it must be; empty where all is well."""
    work: Work = app.extensions["placement_work"]
    with app.app_context():
        return [
            *_answers(work, acknowledged),
            *_once(work, acknowledged),
            *_summaries(work),
            *_logs(work),
            *_file(work),
        ]


def _answers(work: Work, acknowledged: Sequence[tuple[int, Plan]]) -> list[str]:
    """Every acknowledged answer is there as it was said."""
    with work.transaction() as session:
        ranks = sorted(set(session.scalars(select(SupportLevel.rank))), reverse=True)
        words = {(shift, rater): said for shift, rater, said in session.execute(
            select(Occasion.public_id, Feedback.rater_id, Feedback.went_well)
            .join(Occasion, Occasion.id == Feedback.occasion_id))}  # fmt: skip
        rated: dict[tuple[str, int], list[int | None]] = {}
        for shift, rater, rank in session.execute(
            select(Occasion.public_id, Observation.rater_id, Observation.rank)
            .join(Occasion, Occasion.id == Observation.occasion_id)
            .where(Observation.replaced_at.is_(None))
            .order_by(Observation.task_id)
        ):
            rated.setdefault((shift, rater), []).append(rank)
    out = []
    for rater, plan in acknowledged:
        where = (plan.shift, rater)
        if words.get(where) != words_of(plan):
            out.append(f"acknowledged, and not there: {plan.key}")
        elif rated.get(where) != [ranks[place % len(ranks)] for place in plan.places]:
            out.append(f"other answers than sent: {plan.key}")
    return out


def _once(work: Work, acknowledged: Sequence[tuple[int, Plan]]) -> list[str]:
    """Nothing is there twice: rows, keys and what the log says was done."""
    with work.transaction() as session:
        keys = Counter(session.scalars(select(IdempotencyKey.key)))
        actions = Counter(session.scalars(select(Audit.action).where(Audit.action.startswith("feedback."))))
        found = {
            "feedback": session.scalar(select(func.count()).select_from(Feedback)),
            "observations": session.scalar(select(func.count()).select_from(Observation)),
        }
    said = {"feedback": len(acknowledged), "observations": sum(len(plan.places) for _, plan in acknowledged)}
    out = [f"{found[name]} {name}, not {wanted}" for name, wanted in said.items() if found[name] != wanted]
    if keys != Counter(plan.key for _, plan in acknowledged):
        out.append(f"{keys.total()} keys, not one for each of {len(acknowledged)}")
    if actions != Counter({"feedback.submit": len(acknowledged)}):
        out.append(f"the log says {dict(actions)}")
    return out


def _summaries(work: Work) -> list[str]:
    """What the writer keeps is what a rebuild comes to."""
    before = _kept(work)
    done = rebuild(work)
    out = [] if done.unchanged else [f"a rebuild changed milestones: {done}"]
    after = _kept(work)
    return out + [f"a rebuild changed {name}" for name in before if before[name] != after[name]]


def _kept(work: Work) -> dict[str, list[tuple[Any, ...]]]:
    out = {}
    with work.transaction() as session:
        for table in (model.__table__ for model in KEPT):
            columns = [column for column in table.columns if column.name not in _BESIDE]
            out[str(table.name)] = sorted((tuple(row) for row in session.execute(select(*columns))), key=repr)
    return out


def _logs(work: Work) -> list[str]:
    """The chain from the first row to the last, sealed to the end."""
    horizon = Horizon()
    for _ in range(MOST_STRETCHES):
        horizon = seal_logs(work, horizon)
    verdicts = verify(db.session(), work.seal_key)
    out = [f"{one.log}: bad at {one.first_bad}" for one in verdicts if one.first_bad is not None]
    out += [f"{one.log}: {one.unsealed} rows can't be sealed" for one in verdicts if one.unsealed]
    if not any(one.sealed for one in verdicts):
        out.append("nothing was written down")
    return out


def _file(work: Work) -> list[str]:
    """SQLite's own view of its file."""
    with work.transaction() as session:
        if session.get_bind().dialect.name != "sqlite":
            return []
        said = session.scalar(text("PRAGMA integrity_check"))
        orphans = session.execute(text("PRAGMA foreign_key_check")).all()
    return ([] if said == "ok" else [f"integrity: {said}"]) + [f"points nowhere: {row}" for row in orphans]
