"""The table of arrows holds: import-linter over the whole house, and the same table checked on our own graph."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

from tests.architecture import graph as checks
from tests.architecture.fakes import FAULTS, build_house
from tests.architecture.house import ARROWS, BLUEPRINTS, PACKAGE, ROOT, SHARED_USECASES, THROUGH_CHAINS, never

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract for contract in CONFIG["tool"]["importlinter"]["contracts"]}


@pytest.fixture(scope="module")
def house() -> grimp.ImportGraph:
    return checks.build(PACKAGE)


@pytest.fixture
def other_loggers() -> Iterator[None]:
    """import-linter sets logging up for a process of its own and silences every logger there is: give them back."""
    loud = [log for log in logging.root.manager.loggerDict.values() if isinstance(log, logging.Logger)]
    loud = [log for log in loud if not log.disabled]
    yield
    for log in loud:
        log.disabled = False


@pytest.mark.usefixtures("other_loggers")
def test_import_linter_finds_no_broken_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_cache=True, no_logo=True) == 0


@pytest.mark.parametrize("room", ARROWS)
def test_contract_of_a_room_says_what_the_table_says(room: str) -> None:
    contract = CONTRACTS[room]
    assert contract["source_modules"] == [f"{PACKAGE}.{room}"]
    assert set(contract["forbidden_modules"]) == never(room)
    assert contract.get("allow_indirect_imports", False) is (room not in THROUGH_CHAINS)
    assert "ignore_imports" not in contract


def test_only_shared_use_cases_and_the_list_of_blueprints_are_excepted() -> None:
    shared = {f"{PACKAGE}.usecases.** -> {PACKAGE}.usecases.{name}" for name in ("effects.**", "transaction")}
    assert {name.split(".")[0] for name in ("effects.**", "transaction")} == SHARED_USECASES
    assert set(CONTRACTS["usecase-alone"]["ignore_imports"]) == shared
    blueprints = f"{PACKAGE}.web.{BLUEPRINTS} -> {PACKAGE}.web.*.*"
    assert CONTRACTS["noun-alone"]["ignore_imports"] == [blueprints]
    assert "ignore_imports" not in CONTRACTS["circles"]


def test_every_room_has_a_row(house: grimp.ImportGraph) -> None:
    assert checks.unlisted_rooms(house, PACKAGE) == []


def test_arrows(house: grimp.ImportGraph) -> None:
    assert checks.forbidden_arrows(house, PACKAGE) == []


def test_libraries(house: grimp.ImportGraph) -> None:
    assert checks.forbidden_libraries(house, PACKAGE) == []


def test_use_cases_stand_alone(house: grimp.ImportGraph) -> None:
    assert checks.crossing_usecases(house, PACKAGE) == []


def test_nouns_stand_alone(house: grimp.ImportGraph) -> None:
    assert checks.crossing_nouns(house, PACKAGE) == []


def test_the_package_itself_imports_nothing(house: grimp.ImportGraph) -> None:
    """``import placement.domain`` runs ``placement/__init__.py`` first: anything there would load Flask for all."""
    assert house.find_modules_directly_imported_by(PACKAGE) <= {"__future__"}


# The guards themselves


def lint(folder: Path) -> dict[str, bool]:
    """Run our contracts over another house in a process of its own; contract id → kept."""
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
        + ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = result.stdout.splitlines()
    verdicts = {
        key: [line.removeprefix(contract["name"]).split()[0] for line in lines if is_verdict(line, contract["name"])]
        for key, contract in CONTRACTS.items()
    }
    assert all(len(found) == 1 for found in verdicts.values()), result.stdout + result.stderr
    return {key: found == ["KEPT"] for key, found in verdicts.items()}


def is_verdict(line: str, name: str) -> bool:
    return line.startswith((f"{name} KEPT", f"{name} BROKEN"))


def test_a_house_in_order_keeps_every_contract(tmp_path: Path) -> None:
    files = {
        "usecases/enroll.py": "import placement.usecases.effects.log\n",
        "usecases/effects/__init__.py": "",
        "usecases/effects/log.py": "",
        "web/shifts/routes.py": "import placement.web.layout\nimport placement.usecases.enroll\n",
        "web/layout.py": "import placement.extensions\n",
        "web/blueprints.py": "import placement.web.shifts.routes\n",
    }
    build_house(tmp_path, PACKAGE, files)
    assert all(lint(tmp_path).values())


def test_every_contract_can_break(tmp_path: Path) -> None:
    build_house(tmp_path, PACKAGE, {**FAULTS, "extensions.py": "import placement.domain.rules\n"})
    assert [key for key, kept in lint(tmp_path).items() if kept] == []


@pytest.mark.parametrize(
    ("check", "files"),
    [
        (checks.unlisted_rooms, {"reports/make.py": ""}),
        (
            checks.forbidden_arrows,
            {"web/shifts/routes.py": "from placement.models import person\n", "models/person.py": ""},
        ),
        (checks.forbidden_arrows, {"adapters/mail.py": "from placement.domain import words\n", "domain/words.py": ""}),
        (checks.forbidden_libraries, {"domain/rules.py": "import requests\n"}),
        (checks.forbidden_libraries, {"queries/people.py": "from flask import g\n"}),
        (checks.forbidden_libraries, {"cli/people.py": "import config\n"}),
        (
            checks.crossing_usecases,
            {"usecases/shifts/plan.py": "", "usecases/b.py": "import placement.usecases.shifts.plan\n"},
        ),
        (checks.crossing_usecases, {"usecases/effects/log.py": "import placement.usecases.b\n", "usecases/b.py": ""}),
        (
            checks.crossing_nouns,
            {"web/shifts/routes.py": "", "web/feedback/routes.py": "import placement.web.shifts\n"},
        ),
        (checks.crossing_nouns, {"web/shifts/routes.py": "", "web/layout.py": "import placement.web.shifts.routes\n"}),
        (checks.crossing_nouns, {"web/blueprints.py": "", "web/shifts/routes.py": "import placement.web.blueprints\n"}),
    ],
)
def test_our_own_checks_can_fail(check, files, tmp_path, monkeypatch, request) -> None:
    package = f"fake{request.node.callspec.indices['check']}"
    build_house(tmp_path, package, dict(files))
    monkeypatch.syspath_prepend(tmp_path)
    assert len(check(checks.build(package), package)) == 1
