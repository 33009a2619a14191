"""Reads the mails that :class:`placement.adapters.mail.FileMailer` wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

#: File names without their ending, as the mailer gives them.
_KEY = re.compile(r"[0-9a-f]{32}")
#: More are looked for in the folder itself.
MOST = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail; ``head``: every header as it was sent."""

    key: str
    to: str
    subject: str
    at: datetime
    head: tuple[tuple[str, str], ...]
    text: str
    html: str


class Outbox:
    """A folder of ``.eml`` files; one that is not there yet is empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def latest(self) -> list[Kept]:
        """The newest mails, the latest first."""
        if not self._folder.is_dir():
            return []
        files = [path for path in self._folder.glob("*.eml") if _KEY.fullmatch(path.stem)]
        newest = sorted(files, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)[:MOST]
        return [_kept(path) for path in newest]

    def read(self, key: str) -> Kept | None:
        """None for a mail that is not here."""
        path = self._folder / f"{key}.eml"
        return _kept(path) if _KEY.fullmatch(key) and path.is_file() else None


def _kept(path: Path) -> Kept:
    mail = message_from_bytes(path.read_bytes(), policy=default)
    return Kept(
        path.stem,
        str(mail["To"]),
        str(mail["Subject"]),
        mail["Date"].datetime,
        tuple((name, str(value)) for name, value in mail.items()),
        _part(mail, "plain"),
        _part(mail, "html"),
    )


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return "" if body is None else str(body.get_content()).replace("\r\n", "\n")
