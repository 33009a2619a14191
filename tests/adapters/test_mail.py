"""Mail: one message, its stable id, and no unchecked server."""

from __future__ import annotations

import email
import smtplib
import ssl
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from flask_mailman import Mail
from flask_mailman.backends.locmem import EmailBackend as LocalMemory

from placement.adapters.mail import FileMailer, FlaskMailer, MemoryMailer, Message, VerifiedBackend, VerifiedSMTP

SENDER = "Placement <hello@program.example>"


def message(**changes: str) -> Message:
    fields = {
        "to": "jo@people.example",
        "subject": "Schön, dass Sie da sind",
        "text": "Grüße\nund bis bald",
        "html": "<p>Grüße<br>und bis bald</p>",
        "message_id": "<job-17@program.example>",
    }
    return Message(**{**fields, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "jo"},
        {"to": "jo@people.example, eve@people.example"},
        {"to": "jo@people.example\nBcc: eve@people.example"},
        {"to": "Jo <jo@people.example>"},
        {"subject": "Hello\r\nBcc: eve@people.example"},
        {"subject": "Hello\x00"},
        {"message_id": "job-17@program.example"},
        {"message_id": "<job 17@program.example>"},
        {"message_id": "<a@b>\nBcc: eve@people.example"},
    ],
)
def test_a_message_that_would_break_its_headers_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        message(**changes)


def test_memory_keeps_messages_in_order() -> None:
    mailer = MemoryMailer()
    first, second = message(), message(to="kim@people.example")
    mailer.send(first)
    mailer.send(second)
    assert mailer.outbox == [first, second]


def test_files_hold_the_whole_mail(tmp_path: Path) -> None:
    mailer = FileMailer(tmp_path / "outbox", SENDER, lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    mailer.send(message())
    (path,) = (tmp_path / "outbox").iterdir()
    assert path.suffix == ".eml"
    assert path.stat().st_mode & 0o077 == 0, "only the owner reads it"
    mail = email.message_from_bytes(path.read_bytes(), policy=default)
    assert mail["Message-ID"] == "<job-17@program.example>"
    assert mail["To"] == "jo@people.example"
    assert mail["Subject"] == "Schön, dass Sie da sind"
    assert mail["Date"].datetime == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == "Grüße\nund bis bald\n"
    assert "<br>und bis bald" in html.get_content()


def test_a_second_attempt_replaces_the_first_file(tmp_path: Path) -> None:
    mailer = FileMailer(tmp_path, SENDER, lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    mailer.send(message())
    mailer.send(message())
    mailer.send(message(message_id="<job-18@program.example>"))
    assert len(list(tmp_path.iterdir())) == 2


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    app.config.update(MAIL_SERVER="mail.program.example", MAIL_PORT=587, MAIL_USE_TLS=True, MAIL_BACKEND="smtp")
    return app


def test_through_flask_mailman_the_message_id_stays_the_same(app: Flask) -> None:
    mail = Mail(app)
    mailer = FlaskMailer(mail, SENDER, backend=LocalMemory)
    with app.app_context():
        mailer.send(message())
        mailer.send(message())
        sent = [one.message() for one in app.extensions["mailman"].outbox]
    assert [one["Message-ID"] for one in sent] == ["<job-17@program.example>"] * 2
    assert {one["Auto-Submitted"] for one in sent} == {"auto-generated"}
    assert [part.get_content_type() for part in sent[0].get_payload()] == ["text/plain", "text/html"]


def test_starttls_checks_certificate_and_name(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    contexts: list[ssl.SSLContext] = []
    sent: list[list[str]] = []

    def starttls(self: smtplib.SMTP, *, context: ssl.SSLContext) -> tuple[int, bytes]:
        contexts.append(context)
        return 220, b"go on"

    monkeypatch.setattr(smtplib.SMTP, "connect", lambda self, host, port, **_: (220, b"hello"))
    monkeypatch.setattr(smtplib.SMTP, "starttls", starttls)
    monkeypatch.setattr(smtplib.SMTP, "sendmail", lambda self, sender, to, data, **_: sent.append(to))
    monkeypatch.setattr(smtplib.SMTP, "quit", lambda self: (221, b"bye"))
    mailer = FlaskMailer(Mail(app), SENDER)
    with app.app_context():
        mailer.send(message())
    assert sent == [["jo@people.example"]]
    (context,) = contexts
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


def test_the_verified_connection_is_the_one_used(app: Flask) -> None:
    Mail(app)
    mailman = app.extensions["mailman"]
    assert VerifiedBackend(mailman=mailman).connection_class is VerifiedSMTP
    assert VerifiedBackend(mailman=mailman, use_tls=False, use_ssl=True).connection_class is smtplib.SMTP_SSL


def test_a_password_never_travels_in_the_clear(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object, **__: object) -> None:
        pytest.fail("no connection may be opened")

    monkeypatch.setattr(smtplib.SMTP, "connect", connect)
    app.config.update(MAIL_USE_TLS=False, MAIL_USERNAME="program", MAIL_PASSWORD="x")
    mailer = FlaskMailer(Mail(app), SENDER)
    with app.app_context(), pytest.raises(ValueError, match="MAIL_USE_TLS"):
        mailer.send(message())


def test_a_server_that_refuses_raises(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object, **__: object) -> None:
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(smtplib.SMTP, "connect", connect)
    mailer = FlaskMailer(Mail(app), SENDER)
    with app.app_context(), pytest.raises(OSError, match="nobody there"):
        mailer.send(message())
