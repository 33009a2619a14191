"""Tiny houses with a deliberate fault, to prove that each guard can fail."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.house import ARROWS, WIRING

#: One fault for each contract: file → its text.
FAULTS: dict[str, str] = {
    "domain/rules.py": "import flask\n",
    "policy/table.py": "import placement.charts.draw\n",
    "charts/draw.py": "import sqlalchemy\n",
    "catalog/load.py": "import placement.queries.people\n",
    "models/person.py": "import placement.policy.table\n",
    "queries/people.py": "import config\n",
    "adapters/mail.py": "import placement.domain.rules\n",
    "usecases/enroll.py": "import wtforms\nimport placement.usecases.confirm\n",
    "usecases/confirm.py": "import placement.adapters.mail\n",
    "web/shifts/routes.py": "import placement.models.person\n",
    "web/feedback/routes.py": "import placement.web.shifts.routes\n",
    "worker/run.py": "import placement.models.person\n",
    "cli/people.py": "import placement.web.shifts.routes\n",
    "domain/one.py": "import placement.domain.two\n",
    "domain/two.py": "import placement.domain.one\n",
}


def build_house(folder: Path, package: str, files: dict[str, str]) -> Path:
    """Write a house with every room and ``files`` in it; returns the package's folder."""
    house = folder / package
    rooms = [room for room in ARROWS if room != "extensions"]
    for name in ["", *rooms]:
        write(house / name / "__init__.py", "")
    write(house / "extensions.py", files.pop("extensions.py", ""))
    write(house / f"{WIRING}.py", "import config\n")
    write(folder / "config.py", "")
    for name, text in files.items():
        write(house / name, text.replace("placement.", f"{package}."))
        for parent in (house / name).relative_to(house).parents:
            write(house / parent / "__init__.py", "")
    return house


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(text, encoding="utf-8")
