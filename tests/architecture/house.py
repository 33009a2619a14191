"""The rooms of the house and the arrows between them, as data.

DESIGN's table "Arrows" lives twice on purpose: as import-linter contracts in
``pyproject.toml`` (``lint-imports`` names the line at fault) and here, where a
room nobody listed is a failure too. ``test_contracts.py`` keeps both equal.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "placement"

_PAGES = frozenset({"usecases", "queries", "charts", "policy", "domain", "adapters", "extensions", "catalog"})

#: Room → rooms it may import directly. A folder of ``placement`` with code that is missing here fails the build.
ARROWS: dict[str, frozenset[str]] = {
    "domain": frozenset(),
    "policy": frozenset({"domain"}),
    "charts": frozenset({"domain"}),
    "catalog": frozenset({"domain"}),
    "models": frozenset({"domain", "extensions"}),
    "queries": frozenset({"models", "policy", "domain", "catalog"}),
    "adapters": frozenset(),
    "usecases": frozenset({"queries", "models", "policy", "domain", "catalog"}),
    "web": _PAGES,
    "worker": _PAGES,
    "cli": _PAGES,
    "extensions": frozenset(),
}

#: The one place that wires: imports every room, and no room imports it.
WIRING = "app"

#: Rooms that may use these libraries and no others beside the standard library.
ONLY_LIBRARIES: dict[str, frozenset[str]] = {
    "domain": frozenset({"numpy", "scipy"}),
    "policy": frozenset(),
    "charts": frozenset(),
    "catalog": frozenset(),
}

FLASK = frozenset(
    {
        "flask",
        "flask_babel",
        "flask_bootstrap",
        "flask_login",
        "flask_mailman",
        "flask_migrate",
        "flask_sqlalchemy",
        "flask_wtf",
        "wtforms",
        "werkzeug",
        "jinja2",
        "click",
    }
)

#: Rooms that must not touch these libraries; everything else is theirs to choose.
NEVER_LIBRARIES: dict[str, frozenset[str]] = {
    # Flask-SQLAlchemy is how the models meet the database.
    "models": FLASK - {"flask_sqlalchemy"},
    "queries": FLASK,
    # Mail and its templates are what an adapter is for.
    "adapters": (FLASK - {"flask_mailman", "jinja2"}) | {"sqlalchemy"},
    "usecases": FLASK,
    "web": frozenset({"sqlalchemy", "flask_sqlalchemy", "flask_migrate", "alembic", "psycopg", "sqlite3"}),
}

#: Rooms whose rules must hold through chains of imports as well.
THROUGH_CHAINS = frozenset({"domain", "policy", "charts"})

#: What use cases share; a use case never imports another one.
SHARED_USECASES = frozenset({"effects", "transaction"})

#: The file of ``web`` that lists all blueprints for the wiring; nothing else imports it.
BLUEPRINTS = "blueprints"

#: Names that say nothing about what is inside.
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc"})


def never(room: str) -> frozenset[str]:
    """What the import-linter contract of ``room`` forbids: other rooms, the settings, libraries."""
    rooms = (ARROWS.keys() | {WIRING}) - ARROWS[room] - {room}
    libraries = NEVER_LIBRARIES.get(room, FLASK | {"sqlalchemy", "alembic"} if room in ONLY_LIBRARIES else frozenset())
    return frozenset({f"{PACKAGE}.{other}" for other in rooms} | {"config"} | libraries)


def own_files() -> list[Path]:
    """Every Python file of the application: rooms, entry points, migrations."""
    files = [
        ROOT / "config.py",
        ROOT / "wsgi.py",
        *(ROOT / PACKAGE).rglob("*.py"),
        *(ROOT / "migrations").rglob("*.py"),
    ]
    return sorted(path for path in files if path.is_file())
