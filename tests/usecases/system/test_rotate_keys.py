from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from placement.adapters.cipher import AesGcm, SealBroken
from placement.domain.diary import EntryKind
from placement.domain.sealed import Place
from placement.models.diary.entry import DiaryEntry
from placement.usecases.system import rotate_keys
from placement.usecases.system.rotate_keys import Rotated
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make

OLD, NEW = "o" * 40, "n" * 40


def _write(work: Work, make: Make, cast: Cast, day: int, text: str) -> str:
    entry = DiaryEntry(
        program_id=cast.a.program.id,
        participant_id=cast.a.participant.id,
        kind=EntryKind.DAY,
        day=date(2026, 11, day),
        public_id=f"entry{day}",
        body_sealed=work.cipher.seal(text, Place("diary_entry", "body_sealed", f"entry{day}")),
        created_at=work.clock(),
    )

    make.do(lambda session: session.add(entry))
    return f"entry{day}"


def _read(work: Work, make: Make, row: str) -> str:
    sealed = make.one(select(DiaryEntry).where(DiaryEntry.public_id == row)).body_sealed
    return work.cipher.open(sealed, Place("diary_entry", "body_sealed", row))


def test_everything_is_sealed_with_the_new_key(
    work: Work, make: Make, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotate_keys, "BATCH", 2)
    before = replace(work, cipher=AesGcm([OLD]))
    rows = [_write(before, make, cast, day, f"day {day}") for day in range(1, 6)]
    between = replace(work, cipher=AesGcm([NEW, OLD]))
    rows.append(_write(between, make, cast, 6, "day 6"))

    assert rotate_keys.rotate_keys(between) == Rotated(sealed=5, current=1)

    after = replace(work, cipher=AesGcm([NEW]))
    assert [_read(after, make, row) for row in rows] == [f"day {day}" for day in range(1, 7)]
    assert rotate_keys.rotate_keys(after) == Rotated(sealed=0, current=6)


def test_two_rows_whose_seals_were_swapped_do_not_open(work: Work, make: Make, cast: Cast) -> None:
    one, two = _write(work, make, cast, 1, "mine"), _write(work, make, cast, 2, "yours")
    sealed = {row.public_id: row.body_sealed for row in make.all(select(DiaryEntry))}
    for row, other in ((one, two), (two, one)):
        swap = update(DiaryEntry).where(DiaryEntry.public_id == row).values(body_sealed=sealed[other])
        make.do(lambda session, swap=swap: session.execute(swap))  # type: ignore[misc]
    for row in (one, two):
        with pytest.raises(SealBroken):
            _read(work, make, row)
