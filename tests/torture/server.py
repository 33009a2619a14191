"""The site as docs/deploy.md runs it, with production settings, on the loopback address, killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
#: Seconds the site may take to answer after a start.
PATIENCE = 60
KEEPS = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")


def settings(database_url: str, mail_port: int) -> dict[str, str]:
    """The environment of a site in production; its mails stay on this machine."""
    return {
        "PLACEMENT_MODE": "production",
        "DATABASE_URL": database_url,
        "BASE_URL": "https://placement.example",
        **{name: f"torture-{name.lower()}-" + "x" * 32 for name in ("SECRET_KEY", "LINK_KEY", "SEAL_KEY", "DATA_KEY")},
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": str(mail_port),
        "MAIL_TLS": "none",
    }


class Server:
    """``downs``: from the kill until it answered again, by ``perf_counter``.

    On SQLite one process serves and works; on PostgreSQL several serve, and one works.
    """

    def __init__(self, environ: dict[str, str], log: Path) -> None:
        self.port = _free_port()
        self.downs: list[tuple[float, float]] = []
        self._environ = {**{name: os.environ[name] for name in KEEPS if name in os.environ}, **environ}
        self._log = log
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Returns once it answers. Raises RuntimeError with what it said if it doesn't."""
        with self._log.open("ab") as log:
            # Each is a group of its own, so that a kill reaches what it has started, too.
            self._processes = [
                subprocess.Popen(
                    [sys.executable, "-m", *command],
                    cwd=ROOT, env=self._environ, stdout=log, stderr=log, start_new_session=True,
                )
                for command in self._commands()
            ]  # fmt: skip
        until, pause = perf_counter() + PATIENCE, Event()
        while not self._answers():
            if any(one.poll() is not None for one in self._processes) or perf_counter() > until:
                raise RuntimeError(f"the site did not start: {self._log.read_text(errors='replace')[-2000:]}")
            pause.wait(0.02)

    def kill_and_start(self) -> None:
        """SIGKILL to all of it, in the middle of whatever it does, and a new start."""
        began = perf_counter()
        for process in self._processes:
            os.killpg(process.pid, signal.SIGKILL)
        for process in self._processes:
            assert process.wait() == -signal.SIGKILL
        self.start()
        self.downs.append((began, perf_counter()))

    def stop(self) -> None:
        """End it as a person would, worker included."""
        for process in self._processes:
            if process.poll() is not None:
                continue
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise

    def _commands(self) -> list[list[str]]:
        if self._environ["DATABASE_URL"].startswith("sqlite"):
            return [["flask", "--app", "wsgi", "serve", "--port", str(self.port)]]
        return [
            ["gunicorn", "--bind", f"127.0.0.1:{self.port}", "wsgi:app"],
            ["flask", "--app", "wsgi", "work"],
        ]

    def errors(self) -> list[str]:
        """What it wrote down as unforeseen."""
        lines = self._log.read_text(errors="replace").splitlines()
        return [line for line in lines if "unforeseen error" in line or line.startswith("Traceback")]

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
