"""The row scope has one door: other rooms import ``placement.queries.scope``, never a file inside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement.queries import scope
from tests.architecture import graph as checks
from tests.architecture.fakes import build_house
from tests.architecture.house import PACKAGE


def past_the_door(edges: dict[str, set[str]], door: str) -> list[str]:
    """Modules outside the package that import one of its files."""
    inside = f"{door}."
    return sorted(
        module
        for module, targets in edges.items()
        if module != door and not module.startswith(inside) and any(target.startswith(inside) for target in targets)
    )


def test_nobody_imports_a_file_of_the_scope() -> None:
    edges = checks.module_edges(checks.build(PACKAGE), PACKAGE)
    assert scope.__name__ in {target for targets in edges.values() for target in targets}
    assert past_the_door(edges, scope.__name__) == []


def test_an_import_past_the_door_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "queries/scope/__init__.py": "from placement.queries.scope.people import people\n",
        "queries/scope/people.py": "people = 1\n",
        "queries/fair.py": "from placement.queries import scope\n",
        "queries/sly.py": "from placement.queries.scope.people import people\n",
    }
    build_house(tmp_path, "door", files)
    monkeypatch.syspath_prepend(tmp_path)
    edges = checks.module_edges(checks.build("door"), "door")
    assert past_the_door(edges, "door.queries.scope") == ["door.queries.sly"]
