"""No import circle, neither among modules nor among rooms."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest

from tests.architecture import graph as checks
from tests.architecture.fakes import build_house
from tests.architecture.house import ARROWS, PACKAGE


@pytest.fixture(scope="module")
def house() -> grimp.ImportGraph:
    return checks.build(PACKAGE)


def test_no_circle_among_modules(house: grimp.ImportGraph) -> None:
    assert checks.circle(checks.module_edges(house, PACKAGE)) == []


def test_no_circle_among_rooms(house: grimp.ImportGraph) -> None:
    assert checks.circle(checks.room_edges(house, PACKAGE)) == []


def test_the_table_of_arrows_itself_has_no_circle() -> None:
    assert checks.circle({room: set(targets) for room, targets in ARROWS.items()}) == []


def test_a_circle_of_modules_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three files, one of the arrows only for the type checker: still a circle."""
    files = {
        "domain/a.py": "from placement.domain import b\n",
        "domain/b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from placement.domain.c import x\n",
        "domain/c.py": "def f():\n    import placement.domain.a\n",
    }
    build_house(tmp_path, "ring", files)
    monkeypatch.syspath_prepend(tmp_path)
    graph = checks.build("ring")
    assert set(checks.circle(checks.module_edges(graph, "ring"))) == {"ring.domain.a", "ring.domain.b", "ring.domain.c"}
    assert checks.circle(checks.room_edges(graph, "ring")) == []


def test_a_circle_of_rooms_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No two modules import each other, and yet the rooms do."""
    files = {
        "queries/a.py": "import placement.models.a\n",
        "models/a.py": "",
        "models/b.py": "import placement.queries.b\n",
        "queries/b.py": "",
    }
    build_house(tmp_path, "carousel", files)
    monkeypatch.syspath_prepend(tmp_path)
    graph = checks.build("carousel")
    assert checks.circle(checks.module_edges(graph, "carousel")) == []
    assert set(checks.circle(checks.room_edges(graph, "carousel"))) == {"models", "queries"}
