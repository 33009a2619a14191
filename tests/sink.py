"""A mail server on the loopback address that keeps what it takes, and can end its sender in the middle of a mail."""

from __future__ import annotations

import os
import signal
import socket
import ssl
from asyncio import AbstractServer
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import Enum
from threading import Condition
from typing import Any

from aiosmtpd.controller import Controller  # type: ignore[import-untyped]
from aiosmtpd.smtp import SMTP, Envelope, Session  # type: ignore[import-untyped]


class Moment(Enum):
    """When the sender is killed: before its mail is taken, or after that and before it hears so."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Kill:
    """``pid`` gets a SIGKILL at the mail after ``after`` distinct ones."""

    pid: int
    after: int
    moment: Moment


@dataclass
class Sink:
    """``taken``: every mail in the order of its coming, as (envelope recipient, mail)."""

    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    changed: Condition = field(default_factory=Condition)
    kill: Kill | None = None

    @property
    def ids(self) -> list[str]:
        """Message-IDs as they came, doubles included."""
        return [str(mail["Message-ID"]) for _, mail in self.taken]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        with self.changed:
            kill = self.kill if self.kill and len(set(self.ids)) >= self.kill.after else None
            if kill is None or kill.moment is Moment.AFTER:
                self.taken.append((envelope.rcpt_tos[0], mail))
            if kill is not None:
                os.kill(kill.pid, signal.SIGKILL)
                self.kill = None
            self.changed.notify_all()
        return "250 taken"

    def wait_for(self, distinct: int, seconds: float = 180) -> None:
        """Until so many different mails are here. Raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(set(self.ids)) >= distinct, seconds):
                raise TimeoutError(f"{len(set(self.ids))} of {distinct} mails came in {seconds} s")

    def wait_for_kill(self, seconds: float = 180) -> None:
        """Until the kill was done. Raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.kill is None, seconds):
                raise TimeoutError("the sender sent too little to be killed")


class _Listening(Controller):
    """On a port the system chose, and that nobody else can take meanwhile."""

    def __init__(self, free: socket.socket, handler: Sink, **options: Any) -> None:
        self._free = free
        super().__init__(handler, hostname="127.0.0.1", port=free.getsockname()[1], **options)

    def _create_server(self) -> Coroutine[Any, Any, AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._free, ssl=self.ssl_context)


@contextmanager
def listening(starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None) -> Iterator[tuple[Sink, int]]:
    """A sink and its port; ``starttls``/``tls``: with this certificate, before or from the first byte."""
    sink = Sink()
    options = {"tls_context": starttls, "require_starttls": True} if starttls else {}
    with socket.create_server(("127.0.0.1", 0)) as free:
        controller = _Listening(free, sink, ssl_context=tls, **options)
        controller.start()
        try:
            yield sink, controller.port
        finally:
            controller.stop()
