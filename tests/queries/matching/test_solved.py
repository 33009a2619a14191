"""Runs kept in memory: never more than a few, never an older state, never too large to look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.queries.matching import solved as subject
from placement.queries.matching.pair import PersonInRun, person_in_run
from placement.usecases.matching.marks import BanPair, ban_pair
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter
from tests.usecases.matching.cohort import drawn
from tests.web.matching.workbench import Bench, write_bench


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    subject.memory.clear()
    yield
    subject.memory.clear()


@pytest.fixture
def bench(make: Make, cast: Cast) -> Bench:
    return write_bench(make, cast)


def bo_in(reads: Session, bench: Bench, run: str = "") -> PersonInRun:
    return person_in_run(reads, bench.cohort.coordinator, run or bench.run, bench.bo.public_id)


def test_as_many_statements_the_first_time_as_later(reads: Session, bench: Bench, statements: Counter) -> None:
    counts = []
    for _ in range(2):
        with statements:
            bo_in(reads, bench)
        counts.append(statements.count)
    assert counts == [5, 5]


def test_what_was_taken_out_since_counts_at_once(reads: Session, make: Make, bench: Bench) -> None:
    before = bo_in(reads, bench).others
    assert before.settled
    bakery = next(one for one in before.choices or () if one.opening.role == "Bakery helper")
    assert [move.person for move in bakery.moves] == ["Ana Winter"]
    pair = BanPair(bench.run, bench.ana.public_id, bench.cohort.bakery.public_id)
    ban_pair(make.work, bench.cohort.coordinator, pair)
    after = bo_in(reads, bench).others
    assert not after.settled
    assert not any(move.person == "Ana Winter" and move.after is None for c in after.choices or () for move in c.moves)
    ana = person_in_run(reads, bench.cohort.coordinator, bench.run, bench.ana.public_id)
    assert [one.opening.role for one in ana.others.against if one.against.by_hand] == []
    assert ana.banned


def test_a_run_in_memory_is_nobody_elses(reads: Session, make: Make, cast: Cast, bench: Bench) -> None:
    bo_in(reads, bench)
    with pytest.raises(NotFound):
        person_in_run(reads, make.actor(cast.accounts.outsider_coordinator), bench.run, bench.bo.public_id)


def test_only_the_last_few_are_kept(reads: Session, make: Make, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "_KEPT_RUNS", 2)
    runs = [bench.run, drawn(make, bench.cohort), drawn(make, bench.cohort)]
    for run in runs:
        bo_in(reads, bench, run)
    assert [subject.remembered(run) is not None for run in runs] == [False, True, True]
    monkeypatch.setattr(subject, "_KEPT_PAIRS", 1)
    bo_in(reads, bench, runs[0])
    assert [subject.remembered(run) is not None for run in runs] == [True, False, False]


@pytest.mark.parametrize("limit", ["MOST_LOOKED_AT", "MOST_PAIRS"])
def test_too_large_a_run_says_so(limit: str, reads: Session, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, limit, 2)
    found = bo_in(reads, bench)
    assert found.others.choices is None
    assert found.parts
    assert found.others.against
