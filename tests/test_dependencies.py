"""Every direct dependency is locked and says why it is here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def direct(path: Path) -> set[str]:
    """Names in a ``.in`` file, without comments, options, extras and versions."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = (re.match(r"[A-Za-z0-9][\w.-]*", line) for line in lines)
    return {canonical(match.group()) for match in found if match}


def explained() -> set[str]:
    return {
        canonical(name) for name, why in re.findall(r"^\| ([\w.-]+) \| (.+) \|$", PAGE, re.M) if name != "Part" and why
    }


def test_the_page_explains_exactly_the_direct_dependencies() -> None:
    assert explained() == direct(ROOT / "requirements.in") | direct(ROOT / "requirements-dev.in")


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_pins_every_direct_dependency_by_hash(name: str) -> None:
    lock = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^([a-zA-Z0-9][\w.-]*)(?:\[\w+\])?==[^\n]+\n    --hash=sha256:", lock, re.M)
    pinned = {canonical(entry) for entry in entries}
    assert direct(ROOT / f"{name}.in") - pinned == set()
    assert "://" not in lock
