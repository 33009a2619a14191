"""Nothing about a person is overlooked: each table is exported or says why not, and forgotten or says why not."""

from __future__ import annotations

from sqlalchemy import Enum, LargeBinary, String, Table
from sqlalchemy.orm import DeclarativeBase

import placement.models.all  # noqa: F401
from placement.domain.data_groups import BY_KEY
from placement.domain.record_tables import BY_NAME, COLUMNS, CONFIDENTIAL, KEYS, OF_CATALOG, TABLES, Forget
from placement.extensions import Base
from placement.models.base import WeekMask

#: Catalogs with rows that may be one person's: what points at them is about the catalog.
CATALOGS = {"task", "milestone_rule"}
#: Rows about an opening or a group that merely name a task.
SHARED = {"opening_task", "group_task"}


def tables() -> dict[str, Table]:
    base: type[DeclarativeBase] = Base
    return dict(base.metadata.tables)


def test_every_table_with_a_participant_is_listed() -> None:
    found = {name for name, table in tables().items() if "participant_id" in table.c}
    assert found - set(BY_NAME) == set()


def test_every_table_that_hangs_off_one_is_listed_too() -> None:
    """A goal's ratings, a placement's moves: no participant stands in them."""
    known = set(BY_NAME) | set(OF_CATALOG) | SHARED
    for name, table in tables().items():
        parents = {
            element.column.table.name for constraint in table.foreign_key_constraints for element in constraint.elements
        }
        if parents & (set(BY_NAME) - CATALOGS - {"participant"}) or parents & CATALOGS:
            assert name in known, name


def test_the_list_leads_to_the_person_and_has_a_group() -> None:
    for table in TABLES:
        assert table.group in BY_KEY
        assert table.link in tables()[table.name].c
        assert table.parent == "" or table.parent in BY_NAME
    assert {table.group for table in TABLES} == set(BY_KEY)


def test_what_an_erasure_leaves_is_what_the_page_of_the_docs_names() -> None:
    left = {table.name for table in TABLES if table.forget is Forget.KEEP}
    assert left == {
        "participant", "occasion", "incident", "one_to_one", "session_note", "note_opening", "rights_request",
        "access_log",
    }  # fmt: skip


def test_every_text_stands_on_the_readable_page() -> None:
    for table in TABLES:
        if table.left_out is not None:
            continue
        for column in tables()[table.name].c:
            kind = column.type
            text = isinstance(kind, String | LargeBinary) and not isinstance(kind, Enum | WeekMask)
            if text and column.name not in KEYS and (table.name, column.name) not in CONFIDENTIAL:
                assert column.name in COLUMNS, (table.name, column.name)


def test_every_sealed_text_can_be_opened_by_its_public_id() -> None:
    for table in TABLES:
        columns = tables()[table.name].c
        if any(column.name.endswith("_sealed") for column in columns):
            assert "public_id" in columns
            # A file is no text; the page says whom to ask for a copy.
            assert table.left_out is None or table.name == "check_file"
