"""One sentence in every text about a person: sealed where it should be, taken along or listed, and forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from placement.adapters.cipher import AesGcm, SealBroken
from placement.domain.placements import PlacementState
from placement.domain.record_tables import BY_NAME, CONFIDENTIAL
from placement.domain.rights import RequestState
from placement.domain.sealed import Place
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.rights.rights import RightsRequest
from placement.queries.rights.export import Export, export_of_own
from placement.queries.rights.rows import table_of
from placement.usecases.rights.answer import AnswerRequest, answer_request
from placement.usecases.rights.ask import ask_erasure
from placement.usecases.system.rotate_keys import rotate_keys, sealed_columns
from placement.usecases.transaction import Work
from tests.application import settings_for
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.usecases.rights.planted import Planted, Planting, everything
from tests.web.objects import Objects

#: What docs/retention.md says the law keeps, column by column.
KEPT = {
    ("participant", "preferred_name"), ("participant", "family_name"), ("one_to_one", "summary_sealed"),
    ("session_note", "text_sealed"), ("session_note", "withheld_ground"), ("note_opening", "reason"),
}  # fmt: skip


NEW = "n" * 40


@pytest.fixture
def planted(cast: Cast, make: Make, work: Work) -> list[Planted]:
    """Every table holds rows about Noa, and every text of theirs a sentence of its own."""
    Objects(cast, work).exclude()
    planting = Planting(make, cast.a.participant, work.cipher)
    make.do(planting.rows)
    found: list[Planted] = make.do(planting.plant)
    assert {one.table for one in found} >= {
        "diary_entry",
        "exposure_step",
        "activity",
        "reflection",
        "handout",
        "notice",
    }
    assert len({one.words for one in found}) == len(found)
    return found


def written(work: Work) -> list[bytes]:
    """The database's files as they lie there while the application runs, the log of writes too; none on a server."""
    with work.sessions() as session:
        engine = session.get_bind()
        if engine.dialect.name != "sqlite":
            return []
        path = Path(str(engine.url.database))  # type: ignore[union-attr]
    return [one.read_bytes() for one in path.parent.glob(path.name + "*")]


def files_of(work: Work) -> list[Path]:
    """The files after a checkpoint, and two copies: as backups make them, and packed."""
    with work.sessions() as session:
        engine = session.get_bind()
        if engine.dialect.name != "sqlite":
            return []
        path = Path(str(engine.url.database))  # type: ignore[union-attr]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy = path.with_name(path.name + "-copy")
        copy.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(path.with_name(path.name + "-backup"))) as backup:
            connection.backup(backup)
    return list(path.parent.glob(path.name + "*"))


def sealed_rows(reads: Session) -> Iterator[tuple[Table, str, str, bytes]]:
    """Table, column, public id and seal of everything that is sealed."""
    for table, column in sealed_columns():
        where = table.c[column].is_not(None)
        for row in reads.execute(select(table.c.public_id, table.c[column]).where(where).order_by(table.c.id)):
            yield table, column, row[0], bytes(row[1])


def words_of(found: Export) -> str:
    return "\n".join(str(row) for part in found.groups for table in part.tables for row in table.rows)


def test_no_sealed_sentence_stands_in_the_database(planted: list[Planted], work: Work, reads: Session) -> None:
    raw = everything(reads, None)
    files = [*written(work), *(path.read_bytes() for path in files_of(work))]
    sealed = [one for one in planted if one.sealed]
    columns = {(name, column.name) for name in BY_NAME for column in table_of(name).c}
    wanted = {(name, column) for name, column in columns if column.endswith("_sealed")}
    assert wanted == {(table.name, column) for table, column in sealed_columns()}, "a sealed text nobody is asked about"
    assert {(one.table, one.column) for one in sealed} == wanted
    for one in sealed:
        assert one.words not in raw, one
        assert not any(one.words.encode() in data for data in files), one
    plain = next(one for one in planted if not one.sealed)
    assert plain.words in raw
    assert sum(plain.words.encode() in data for data in files) >= 3 or not files


def test_every_sentence_is_taken_along_or_listed(
    planted: list[Planted], cast: Cast, make: Make, work: Work, reads: Session
) -> None:
    found = export_of_own(reads, make.actor(cast.accounts.noa), work.cipher, make.clock.now)
    words, listed = words_of(found), {one.what.msgid for one in found.withheld}
    for one in planted:
        table = BY_NAME[one.table]
        if table.left_out is not None or (one.table, one.column) in CONFIDENTIAL:
            assert one.words not in words, one
            assert table.title.msgid in listed, one
        else:
            assert one.words in words, one
    assert "What your groups wrote down together, and photos of the work" in listed
    kim = words_of(export_of_own(reads, make.actor(cast.accounts.kim), work.cipher, make.clock.now))
    assert not any(one.words in kim for one in planted)


def test_seals_that_changed_places_open_nowhere(
    planted: list[Planted], cast: Cast, make: Make, work: Work, reads: Session
) -> None:
    """Every sealed text gets the seal of the next one: none is read where it does not belong, and nothing fails."""
    rows = list(sealed_rows(reads))
    for (table, column, row, _), (*_, other) in zip(rows, [*rows[1:], rows[0]], strict=True):
        swap = update(table).where(table.c.public_id == row).values({column: other})
        make.do(lambda session, swap=swap: session.execute(swap))  # type: ignore[misc]
    reads.rollback()
    for table, column, row, value in sealed_rows(reads):
        with pytest.raises(SealBroken):
            work.cipher.open(value, Place(table.name, column, row))
    words = words_of(export_of_own(reads, make.actor(cast.accounts.noa), work.cipher, make.clock.now))
    assert not any(one.words in words for one in planted if one.sealed)
    assert any(one.words in words for one in planted if not one.sealed)


def test_keys_change_under_every_sentence(planted: list[Planted], work: Work, reads: Session) -> None:
    with pytest.raises(SealBroken):
        everything(reads, AesGcm([NEW]))
    rotated = rotate_keys(replace(work, cipher=AesGcm([NEW, *settings_for("sqlite://").data_keys])))
    reads.rollback()
    assert rotated.sealed == len(list(sealed_rows(reads)))
    words = everything(reads, AesGcm([NEW]))
    assert all(one.words in words for one in planted)


def test_no_sentence_outlives_an_erasure_but_what_is_documented(
    planted: list[Planted], cast: Cast, make: Make, work: Work, reads: Session
) -> None:
    noa = cast.a.participant
    ended = update(Placement).where(Placement.participant_id == noa.id).values(state=PlacementState.COMPLETED)
    make.do(lambda session: session.execute(ended))
    request = ask_erasure(work, make.actor(cast.accounts.noa))
    answer = AnswerRequest(request, 1, RequestState.DONE, "")
    assert answer_request(work, make.actor(cast.accounts.coordinator), answer) is RequestState.PARTLY
    left = everything(reads, work.cipher)
    for one in planted:
        stays = (one.table, one.column) in KEPT or one.table == "incident"
        assert (one.words in left) is stays, one
    files = [path.read_bytes() for path in files_of(work)]
    for one in planted:
        if one.sealed or ((one.table, one.column) not in KEPT and one.table != "incident"):
            assert not any(one.words.encode() in data for data in files), one
    assert make.one(select(Participant.erased_at).where(Participant.id == noa.id)) is not None
    assert make.all(select(RightsRequest.public_id).where(RightsRequest.participant_id == noa.id)) == [request]
