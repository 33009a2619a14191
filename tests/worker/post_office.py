"""A worker whose mails can be looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from flask import Flask

from placement.adapters.mail import MemoryMailer, Message
from placement.worker.worker import REMIND_EVERY, Worker
from tests.clock import Clock

#: Words a mail never says: about health, and about why somebody is away.
HEALTH = re.compile(
    r"\b(ill|sick|illness|diagnos\w*|therap\w*|health\w*|anxi\w*|depress\w*|medic\w*|krank\w*|worried|support|"
    r"prompt\w*|hint|alone|accident|absent|excused)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+")


@dataclass
class PostOffice:
    """``office.at(day, hour)`` moves the clock and lets the worker do what is due; the new mails are returned."""

    app: Flask
    clock: Clock
    mailer: MemoryMailer

    def __post_init__(self) -> None:
        self.worker = Worker(self.app)

    def at(self, day: int, hour: int, minute: int = 0, month: int = 11) -> list[Message]:
        """So that it is this time in Berlin, in 2026."""
        self.clock.set(datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin")))
        return self.again()

    def again(self) -> list[Message]:
        """Once more at the same time, asking anew what is due."""
        self.worker._reminded = None
        before = len(self.mailer.outbox)
        self.worker.once()
        return self.mailer.outbox[before:]

    def soon(self) -> list[Message]:
        """The next time the worker asks what is due."""
        self.clock.advance(seconds=REMIND_EVERY.total_seconds())
        return self.again()


class _Text(HTMLParser):
    """The text and the addresses of an HTML mail, without its style."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "title")
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def html_words(message: Message) -> tuple[str, list[str]]:
    """Text and addresses of the HTML version."""
    parser = _Text()
    parser.feed(message.html)
    return " ".join(" ".join(parser.words).split()), parser.addresses


def check_mail(message: Message) -> None:
    """Both versions say the same and nothing about health, and nothing is fetched from elsewhere."""
    words, addresses = html_words(message)
    text = " ".join(_ADDRESS.sub("", message.text).split())
    lines = [line.strip(" -:") for line in message.text.splitlines() if not _ADDRESS.match(line)]
    for line in lines:
        assert " ".join(line.split()) in words, line
    assert set(_ADDRESS.findall(message.text)) == set(addresses)
    assert len(words.split()) <= len((message.subject + " " + text).split())
    for said in (message.subject, text, words):
        assert HEALTH.search(said) is None, HEALTH.search(said)
    assert "%(" not in message.text + message.html
    assert "None" not in message.text + words
    for outside in ("src=", "@import", "url(", "<script", "style="):
        assert outside not in message.html
    assert message.html.count("<h1>") == 1
    assert 'name="color-scheme" content="light dark"' in message.html
