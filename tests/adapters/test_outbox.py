"""The demo's mails can be read again, and nothing else on the disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from placement.adapters.mail import FileMailer, Message
from placement.adapters.outbox import MOST, Outbox

STOP = "https://program.example/account/mails/stop/account.AAAAAAAAAAAAAAAA.milestone." + "x" * 43
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def write(folder: Path, number: int = 1, at: datetime = NOW) -> None:
    message = Message(
        "jo@people.example", f"Schön {number}", "Grüße\n", "<p>Grüße</p>", f"<job-{number}@program.example>", STOP
    )
    FileMailer(folder, "Placement <hello@program.example>", lambda: at).send(message)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write(tmp_path)
    (kept,) = Outbox(tmp_path).latest()
    assert Outbox(tmp_path).read(kept.key) == kept
    assert (kept.to, kept.subject, kept.at) == ("jo@people.example", "Schön 1", NOW)
    assert (kept.text, kept.html.strip()) == ("Grüße\n", "<p>Grüße</p>")
    assert ("Message-ID", "<job-1@program.example>") in kept.head
    assert ("List-Unsubscribe", f"<{STOP}>") in kept.head
    assert b"=?utf-8?q?https" not in next(tmp_path.glob("*.eml")).read_bytes()
    assert ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click") in kept.head


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert Outbox(tmp_path / "nothing").latest() == []


def test_the_latest_first_and_not_endlessly(tmp_path: Path) -> None:
    for number in range(MOST + 3):
        write(tmp_path, number, NOW + timedelta(minutes=number))
    kept = Outbox(tmp_path).latest()
    assert len(kept) == MOST
    assert [mail.at for mail in kept] == sorted((mail.at for mail in kept), reverse=True)
    assert kept[0].subject == f"Schön {MOST + 2}"


@pytest.mark.parametrize("key", ["", "..", "../secret", "secret", "A" * 32, "0" * 31, "0" * 32, "0" * 32 + "\n"])
def test_nothing_else_is_read(tmp_path: Path, key: str) -> None:
    (tmp_path / "secret.eml").write_text("To: jo\n\nx")
    (tmp_path.parent / "secret.eml").write_text("To: jo\n\nx")
    assert Outbox(tmp_path).read(key) is None
    assert Outbox(tmp_path).latest() == []
