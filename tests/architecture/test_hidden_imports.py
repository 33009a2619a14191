"""What a reader sees at the top of a file is what it uses, and its name says what it is for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import source
from tests.architecture.house import PACKAGE, ROOT, own_files

OWN = frozenset({PACKAGE, "config", "wsgi"})
FILES = own_files()


def room(name: str) -> list[Path]:
    return sorted((ROOT / PACKAGE / name).rglob("*.py"))


def found(check: Callable[[Path], list[str]], paths: list[Path]) -> list[str]:
    return [sentence for path in paths for sentence in check(path)]


def test_no_own_import_inside_a_function() -> None:
    assert len(FILES) > 10
    assert [line for path in FILES for line in source.hidden_imports(path, OWN)] == []


def test_no_file_or_folder_with_an_empty_name() -> None:
    assert source.empty_names([path.relative_to(ROOT) for path in FILES]) == []


def test_only_the_wiring_reads_the_settings() -> None:
    allowed = ROOT / PACKAGE / "app.py"
    assert [line for path in FILES if path != allowed for line in source.imports_of(path, "config")] == []


@pytest.mark.parametrize("name", ["domain", "policy", "charts"])
def test_no_clock_and_no_chance_in_pure_rooms(name: str) -> None:
    assert found(source.impure, room(name)) == []


@pytest.mark.parametrize("name", ["domain", "policy", "charts", "models", "queries", "web", "worker", "cli", "catalog"])
def test_only_use_cases_commit(name: str) -> None:
    assert found(source.commits, room(name)) == []


# The guards themselves


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    import placement.models\n",
        "def f():\n    from placement import models\n",
        "async def f():\n    from . import models\n",
        "class A:\n    def f(self):\n        if True:\n            from config import Settings\n",
        "from importlib import import_module\ndef f():\n    return import_module('placement.models')\n",
        "from importlib import import_module\ndef f(name):\n    return import_module(f'placement.{name}')\n",
    ],
)
def test_a_hidden_import_is_found(text: str, tmp_path: Path) -> None:
    path = tmp_path / "hiding.py"
    path.write_text(text)
    assert len(source.hidden_imports(path, OWN)) == 1


def test_imports_at_the_top_and_of_others_are_no_hidden_imports(tmp_path: Path) -> None:
    path = tmp_path / "open.py"
    path.write_text("import placement.models\ndef f():\n    import decimal\n    from placements import x\n")
    assert source.hidden_imports(path, OWN) == []


@pytest.mark.parametrize("name", ["domain/utils.py", "web/helpers/dates.py", "queries/_common.py"])
def test_an_empty_name_is_found(name: str) -> None:
    assert source.empty_names([Path(name)]) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "import random\n",
        "from time import monotonic\n",
        "import datetime\ndef f():\n    return datetime.datetime.now(datetime.UTC)\n",
        "from datetime import date\nTODAY = date.today()\n",
        "import numpy as np\ndef f():\n    return np.random.rand(3)\n",
    ],
)
def test_a_clock_or_chance_is_found(text: str, tmp_path: Path) -> None:
    path = tmp_path / "rule.py"
    path.write_text(text)
    assert len(source.impure(path)) == 1


def test_time_as_a_value_is_pure(tmp_path: Path) -> None:
    path = tmp_path / "rule.py"
    path.write_text("from datetime import date, time\ndef f(now: date) -> time:\n    return time(now.day)\n")
    assert source.impure(path) == []


def test_a_commit_and_a_read_of_the_settings_are_found(tmp_path: Path) -> None:
    path = tmp_path / "page.py"
    path.write_text("from config import Settings\ndef f(db):\n    db.session.commit()\n")
    assert len(source.commits(path)) == 1
    assert len(source.imports_of(path, "config")) == 1
