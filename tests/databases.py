"""Empty databases for tests, on SQLite always and on PostgreSQL wherever one is found.

PostgreSQL is looked for in this order: the server named by ``TEST_DATABASE_URL`` (its user may create databases);
binaries on this machine, started as a private cluster that lives as long as the run. Neither: the tests for it are
skipped with the reason, or fail where ``CI=true``.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, Protocol
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.reuse import SWEEP_EVERY, keep, may_reuse, restore

MakeDatabase = Callable[..., str]

#: Key under which the controlling process tells its xdist workers the folder they share.
SHARED = "placementshared_folder"
_NOT_FOUND = "PostgreSQL not found: install it or set TEST_DATABASE_URL"


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it where nothing may be missing (``CI=true``)."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} (CI=true)", pytrace=False)
    pytest.skip(reason)


class Databases(Protocol):
    """Makes and drops databases of one kind."""

    name: str

    def create(self, template: str | None = None) -> str:
        """URL of a fresh database: empty, or a copy of the one at the URL ``template``."""

    def drop(self, url: str) -> None:
        """Remove a database made by :meth:`create`, whoever is still connected."""

    def lend(self, template: str) -> str:
        """URL of a database that is as the one at ``template``; its schema must stay as it is."""

    def take_back(self, url: str) -> bool:
        """Take a database from :meth:`lend` back, whatever was written into it; False if it is gone for good."""

    def close(self) -> None:
        """Remove all that is left."""


class SqliteDatabases:
    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._idle: list[str] = []

    def create(self, template: str | None = None) -> str:
        path = self._folder / f"{uuid4().hex}.db"
        if template is not None:
            _copy(_path(template), str(path))
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        path = _path(url)
        for name in (path, f"{path}-wal", f"{path}-shm"):
            Path(name).unlink(missing_ok=True)

    def lend(self, template: str) -> str:
        if not self._idle:
            return self.create(template)
        url = self._idle.pop()
        _copy(_path(template), _path(url))
        return url

    def take_back(self, url: str) -> bool:
        if not _at_rest(_path(url)):
            self.drop(url)
            return False
        self._idle.append(url)
        return True

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _copy(template: str, path: str) -> None:
    """Write a database over the one at ``path``, or anew.

    The backup API sees what still waits in a write-ahead log; a file copy would not.
    """
    source, copy = sqlite3.connect(template), sqlite3.connect(path)
    try:
        copy.execute("PRAGMA synchronous=OFF")
        source.backup(copy)
    finally:
        source.close()
        copy.close()


def _at_rest(path: str) -> bool:
    """Whether nobody has the database open any more: the last one to leave takes the write-ahead log along."""
    return Path(path).exists() and not Path(f"{path}-wal").exists()


def _path(url: str) -> str:
    return str(make_url(url).database)


class PostgresDatabases:
    name = "postgresql"

    def __init__(self, server: URL) -> None:
        self._server = server.set(drivername="postgresql+psycopg")
        self._made: set[str] = set()
        self._lent: dict[str, str] = {}
        self._idle: dict[str, list[str]] = defaultdict(list)
        self._keepers: dict[str, psycopg.Connection] = {}
        self._returns = 0

    def create(self, template: str | None = None) -> str:
        name = f"t_{uuid4().hex[:20]}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        original = "template0" if template is None else str(make_url(template).database)
        with self._connect() as connection:
            # A database in use cannot be copied; pooled connections of earlier tests may linger.
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [original])
            connection.execute(command.format(sql.Identifier(name), sql.Identifier(original)))
        url = self._server.set(database=name).render_as_string(hide_password=False)
        self._made.add(url)
        return url

    def drop(self, url: str) -> None:
        name = sql.Identifier(str(make_url(url).database))
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        self._made.discard(url)
        keeper = self._keepers.pop(url, None)
        if keeper is not None:
            keeper.close()

    def lend(self, template: str) -> str:
        if self._idle[template]:
            url = self._idle[template].pop()
        else:
            url = self.create(template)
            keeper = self._connect(url)
            if not may_reuse(keeper):
                keeper.close()
                return url
            keep(keeper)
            self._keepers[url] = keeper
        self._lent[url] = template
        return url

    def take_back(self, url: str) -> bool:
        template = self._lent.pop(url, None)
        restored = False
        self._returns += 1
        # A keeper that stays connected knows its way about: a new connection reads half the schema first.
        with suppress(psycopg.OperationalError):
            restored = template is not None and restore(self._keepers[url], sweep=self._returns % SWEEP_EVERY == 0)
        if template is None or not restored:
            self.drop(url)
            return False
        self._idle[template].append(url)
        return True

    def close(self) -> None:
        for url in list(self._made):
            self.drop(url)

    def _connect(self, url: str | None = None) -> psycopg.Connection:
        wanted = self._server if url is None else make_url(url)
        plain = wanted.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(plain, autocommit=True)


def find_binaries() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``: on the PATH, or the newest where distributions hide them."""
    found = shutil.which("initdb")
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int("0" + folder.parent.name.split(".")[0])
    )
    known = [folder for folder in folders if (folder / "initdb").exists()]
    return Path(found).resolve().parent if found else (known[-1] if known else None)


#: A cluster that nobody needs after the run waits for no disk and keeps its copies in memory.
FORGETFUL = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=256MB",
    "max_wal_size=4GB", "checkpoint_timeout=1h", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0", "jit=off",
)  # fmt: skip


class Cluster:
    """A private PostgreSQL in ``folder``, reached through a socket there: no port to collide with others."""

    def __init__(self, folder: Path, kept: bool = False) -> None:
        """``kept``: its data outlive the run, so it waits for the disk."""
        self._folder = folder
        self._data = folder / "data"
        self._settings: tuple[str, ...] = () if kept else FORGETFUL
        self._end = "fast" if kept else "immediate"

    @property
    def url(self) -> URL:
        return URL.create("postgresql", username="app", database="postgres", query={"host": str(self._folder)})

    def start(self, binaries: Path) -> None:
        """Start it unless another worker of this run already has."""
        with (self._folder.parent / f"{self._folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (self._data / "postmaster.pid").exists():
                return
            self._hand_over()
            if not (self._data / "PG_VERSION").exists():
                self._run(binaries / "initdb", "-D", self._data, "-A", "trust", "-U", "app", "-E", "UTF8")
            settings = ("listen_addresses=''", "max_connections=200", *self._settings)
            options = " ".join([f"-k {self._folder}", *(f"-c {setting}" for setting in settings)])
            log = self._folder / "server.log"
            self._run(binaries / "pg_ctl", "-D", self._data, "-l", log, "-o", options, "-w", "start")

    def stop(self, binaries: Path) -> None:
        if (self._data / "postmaster.pid").exists():
            self._run(binaries / "pg_ctl", "-D", self._data, "-m", self._end, "-w", "stop")

    def _hand_over(self) -> None:
        """PostgreSQL refuses to run as root: the folder, and then the programs, belong to its own user."""
        if os.geteuid() == 0:
            shutil.chown(self._folder, _user(), None)

    def _run(self, program: Path, *arguments: str | Path) -> None:
        extra = ["--no-sync", "--locale=C.UTF-8"] if program.name == "initdb" else []
        demoted: dict[str, Any] = {"user": _user(), "extra_groups": []} if os.geteuid() == 0 else {}
        # Its output goes to a file: the server would keep a pipe open, and whoever reads it waiting.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [program, *arguments, *extra], cwd=self._folder, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, check=False, **demoted,
            )  # fmt: skip
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program.name} failed: {output.read().decode(errors='replace')}")


def _user() -> str:
    return "postgres" if _exists("postgres") else "nobody"


def _exists(user: str) -> bool:
    return subprocess.run(["id", user], capture_output=True, check=False).returncode == 0


# One cluster for a whole run, however many workers: the process that starts the workers owns its folder.


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[_FOLDER] = Path(tempfile.mkdtemp(prefix="placement-"))
        config.stash[_FOLDER].chmod(0o711)
        (config.stash[_FOLDER] / "pg").mkdir(mode=0o700)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput[SHARED] = str(node.config.stash[_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    folder = config.stash.get(_FOLDER, None)
    if folder is None:
        return
    binaries = find_binaries()
    if binaries is not None:
        with suppress(RuntimeError):
            Cluster(folder / "pg").stop(binaries)
    shutil.rmtree(folder, ignore_errors=True)


_FOLDER = pytest.StashKey[Path]()


def shared_folder(config: pytest.Config) -> Path:
    worker = getattr(config, "workerinput", None)
    return Path(worker[SHARED]) if worker is not None else config.stash[_FOLDER]


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> URL:
    """URL of a server on which databases may be made."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        return make_url(named)
    binaries = find_binaries()
    if binaries is None:
        missing(_NOT_FOUND)
    cluster = Cluster(shared_folder(pytestconfig) / "pg")
    cluster.start(binaries)
    return cluster.url


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def backend(request: pytest.FixtureRequest) -> str:
    """Name of the database a test runs on: every test that asks for one runs on both."""
    return str(request.param)


#: Where files live in memory (Linux): nothing waits for a disk there, and a run needs little of it.
MEMORY, ENOUGH = Path("/dev/shm"), 512 * 1024 * 1024


def quickest_folder() -> str | None:
    """A folder in memory with enough room, or None: then the usual one for temporary files."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    return str(MEMORY) if usable else None


@pytest.fixture(scope="session")
def databases(backend: str, request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Makes and drops databases on ``backend``; what a test leaves is removed at the end."""
    made: Databases
    if backend == "sqlite":
        made = SqliteDatabases(Path(tempfile.mkdtemp(prefix="placement-", dir=quickest_folder())))
    else:
        made = PostgresDatabases(request.getfixturevalue("postgres_server"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def make_database(databases: Databases) -> MakeDatabase:
    """``make_database()`` → URL of an empty database; ``make_database(template=url)`` → a quick copy of that one."""
    return databases.create


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """An empty database for one test, gone afterwards."""
    url = databases.create()
    yield url
    databases.drop(url)
