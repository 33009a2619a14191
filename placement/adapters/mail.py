"""Mail leaves by one door: a message, and three ways to deliver it.

All mailers have ``send(message) -> None`` and raise when the message was not handed over, so the worker
keeps the job. Delivery is at least once; the Message-ID stays the same, so a mail program can tell.
"""

from __future__ import annotations

import hashlib
import os
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from flask_mailman import EmailMultiAlternatives, Mail
from flask_mailman.backends.smtp import EmailBackend

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._=+-]{1,100}@[A-Za-z0-9.-]{1,100}>")
_ADDRESS = re.compile(r"[^\s@<>,;\x00-\x1f]+@[^\s@<>,;\x00-\x1f]+")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>,;\x00-\x1f]{1,900}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")

#: Tells other programs not to answer ("out of office"), RFC 3834.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one address. ``message_id`` includes its angle brackets and is the same at every attempt.

    ``stop``: an address that ends mails of this kind with one POST (RFC 8058), "" for mails that were asked for.
    Raises ValueError for an address, subject or id that does not fit into a header.
    """

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    stop: str = ""

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.to):
            raise ValueError("not one mail address")
        if _CONTROL.search(self.subject):
            raise ValueError("a subject is one line without control characters")
        if not _MESSAGE_ID.fullmatch(self.message_id):
            raise ValueError("a Message-ID looks like <something@host>")
        if self.stop and not _WEB_ADDRESS.fullmatch(self.stop):
            raise ValueError("not one web address")

    @property
    def headers(self) -> dict[str, str]:
        """What stands in the head of a mail besides people, subject and date."""
        found = {"Message-ID": self.message_id, **AUTOMATIC}
        if self.stop:
            found["List-Unsubscribe"] = f"<{self.stop}>"
            found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return found


class VerifiedSMTP(smtplib.SMTP):
    """SMTP whose STARTTLS checks the server's certificate and name; Python's default checks neither."""

    def starttls(self, *, context: ssl.SSLContext | None = None, **_: Any) -> tuple[int, bytes]:  # type: ignore[override]
        return super().starttls(context=context or ssl.create_default_context())


class VerifiedBackend(EmailBackend):
    """Flask-Mailman's SMTP with checked certificates; never sends a password in the clear."""

    connection: smtplib.SMTP | None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return smtplib.SMTP_SSL if self.use_ssl else VerifiedSMTP

    def open(self) -> bool | None:
        if self.username and not (self.use_tls or self.use_ssl):
            raise ValueError("MAIL_USERNAME is set: set MAIL_USE_TLS or MAIL_USE_SSL too")
        try:
            opened: bool | None = super().open()
        except OSError:
            # Half opened, it would be left to the collector.
            if self.connection is not None:
                self.connection.close()
                self.connection = None
            raise
        return opened


class FlaskMailer:
    """Sends through Flask-Mailman with the settings ``MAIL_*`` of the app; needs its context."""

    def __init__(self, mail: Mail, sender: str, backend: type[Any] = VerifiedBackend) -> None:
        self._mail, self._sender, self._backend = mail, sender, backend

    def send(self, message: Message) -> None:
        """Raises OSError (smtplib's errors are among them) when the server did not take it."""
        mail = EmailMultiAlternatives(
            message.subject,
            message.text,
            self._sender,
            [message.to],
            headers=message.headers,
            connection=self._mail.get_connection(backend=self._backend),
        )
        mail.attach_alternative(message.html, "text/html")
        if mail.send() != 1:
            raise OSError("the mail was not taken")


@dataclass(slots=True)
class MemoryMailer:
    """Keeps what was sent, for tests."""

    outbox: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        self.outbox.append(message)


class FileMailer:
    """Writes each mail as an ``.eml`` file into a folder: the outbox of the demo. The clock gives the Date."""

    def __init__(self, folder: Path, sender: str, clock: Callable[[], datetime]) -> None:
        self._folder, self._sender, self._clock = folder, sender, clock

    def send(self, message: Message) -> None:
        """The file is named by the Message-ID, so a second attempt replaces the first. Raises OSError."""
        # An address longer than a line would be folded into something no program reads.
        mail = EmailMessage(policy=SMTP.clone(max_line_length=998))
        mail["From"], mail["To"], mail["Subject"] = self._sender, message.to, message.subject
        mail["Date"] = format_datetime(self._clock())
        for name, value in message.headers.items():
            mail[name] = value
        mail.set_content(message.text)
        mail.add_alternative(message.html, subtype="html")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{hashlib.sha256(message.message_id.encode()).hexdigest()[:32]}.eml"
        waiting = path.with_suffix(".part")
        # A mail may hold a link that sets a password: only the owner reads the folder.
        with open(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(mail.as_bytes())
        waiting.replace(path)
