"""Uploaded tables in three states, written straight into the database."""

from __future__ import annotations

from placement.domain.import_fields import ImportKind, ImportState
from placement.models.imports.upload import Upload
from tests.factories.make import Make

HEADER = ["Vorname", "Nachname", "Wochenstunden"]
ROWS = [["Ida", "Sand", "12,5"], ["", "Berg", "10"], ["Uwe", "Tal", "viel"]]


def upload_rows(make: Make, program_id: int) -> dict[str, str]:
    """Public ids by kind: just uploaded, with its columns named, and brought in."""
    found = {}
    for kind, state in (
        ("upload", ImportState.DRAFT), ("upload_mapped", ImportState.MAPPED), ("upload_done", ImportState.DONE),
    ):  # fmt: skip
        row = Upload(
            program_id=program_id, kind=ImportKind.PARTICIPANTS, state=state, file_name="people.csv", header=HEADER,
            rows=[] if state is ImportState.DONE else ROWS, total=3,
            mapping={"preferred_name": 0, "family_name": 1, "weekly_hours_limit": 2}, by_account_id=1,
            created_at=make.clock.now,
        )  # fmt: skip
        found[kind] = make.add(row).public_id
    return found
