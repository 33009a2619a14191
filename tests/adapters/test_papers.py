"""Papers are known by how they begin; a name never leads anywhere."""

from __future__ import annotations

import hashlib

import pytest

from placement.adapters.papers import LARGEST, Problem, Unfit, read_paper

PDF = b"%PDF-1.7\n"


def test_a_paper_is_what_it_begins_with() -> None:
    found = read_paper("C:\\papers\\../Briefing <b>.exe", PDF)
    assert (found.name, found.kind) == ("Briefing b.pdf", "application/pdf")
    assert found.digest == hashlib.sha256(PDF).hexdigest()
    assert read_paper("x.pdf", b"\xff\xd8\xff\xe0").name == "x.jpg"
    assert read_paper("", b"\x89PNG\r\n\x1a\n").name == "paper.png"
    assert len(read_paper("y" * 400, PDF).name) <= 104


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.EMPTY), (b"<html>", Problem.OTHER_KIND), (b"MZ\x90", Problem.OTHER_KIND),
        (b"<svg/>", Problem.OTHER_KIND), (PDF + b"x" * LARGEST, Problem.TOO_LARGE),
    ],
)  # fmt: skip
def test_what_is_not_taken(content: bytes, problem: Problem) -> None:
    with pytest.raises(Unfit) as error:
        read_paper("x.pdf", content)
    assert error.value.problem is problem
