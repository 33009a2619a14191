"""A line of a program's checklist and an entry with its paper, written straight into the database."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any

from pypdf import PdfWriter

from placement.domain.checklists import FileKind
from placement.domain.sealed import Place
from placement.models.base import new_public_id
from placement.models.checklists.checklist import CheckEntry, CheckFile, CheckItem
from placement.models.placements.placement import Placement
from tests.factories.make import Make


def _page() -> bytes:
    """A file with one empty page."""
    target, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(210, 297)
    writer.write(target)
    return target.getvalue()


PDF = _page()


def item_row(make: Make, program_id: int, name: str = "Safety briefing", **columns: Any) -> CheckItem:
    """Asked of every kind of placement."""
    row = CheckItem(program_id=program_id, name={"en": name, "de": name}, created_at=make.clock.now, **columns)
    return make.add(row)


def check_row(make: Make, placement: Placement, item: CheckItem, **columns: Any) -> CheckEntry:
    """There since a week ago, without an end."""
    values = {"done_on": make.day(-7), "done_by": "Ms. Kern", "by_account_id": 1} | columns
    row = CheckEntry(
        program_id=placement.program_id, placement_id=placement.id, item_id=item.id, created_at=make.clock.now,
        **values,
    )  # fmt: skip
    return make.add(row)


def check_rows(make: Make, placement: Placement) -> dict[str, str]:
    """Both, with a paper; public ids by kind."""
    item = item_row(make, placement.program_id)
    entry = check_row(make, placement, item)
    key = new_public_id()
    sealed = make.work.cipher.seal(b64encode(PDF).decode(), Place("check_file", "content_sealed", key))
    make.add(
        CheckFile(
            public_id=key, program_id=placement.program_id, entry_id=entry.id, name="briefing.pdf", kind=FileKind.PDF,
            digest="0" * 64, content_sealed=sealed,
        )
    )  # fmt: skip
    return {"check_item": item.public_id, "check_entry": entry.public_id}
