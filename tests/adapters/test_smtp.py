"""Real mail servers: with a certificate we know, with one we don't, and without any."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask_mailman import Mail

from placement.adapters.mail import FlaskMailer, Message
from tests.sink import listening

STOP = "https://program.example/account/mails/stop/account.AAAA.milestone.xyz"
MAIL = Message("jo@people.example", "Schön", "Grüße", "<p>Grüße</p>", "<job-17@program.example>", STOP)


@dataclass(frozen=True)
class Certificate:
    """Files of a certificate of our own, which no browser and no program knows."""

    certificate: Path
    key: Path

    @property
    def context(self) -> ssl.SSLContext:
        found = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        found.load_cert_chain(self.certificate, self.key)
        return found


def make_certificate(folder: Path, name: str) -> Certificate:
    """For the host ``name`` ("IP:127.0.0.1" or "DNS:…")."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=mail", "-addext", f"subjectAltName={name}"]
    command += ["-keyout", str(made.key), "-out", str(made.certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return made


def mailer(port: int, **settings: object) -> tuple[Flask, FlaskMailer]:
    app = Flask(__name__)
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=port, MAIL_TIMEOUT=10, MAIL_BACKEND="smtp", **settings)
    return app, FlaskMailer(Mail(app), "Placement <hello@program.example>")


def send(port: int, **settings: object) -> None:
    app, sender = mailer(port, **settings)
    with app.app_context():
        sender.send(MAIL)


def trust(monkeypatch: pytest.MonkeyPatch, certificate: Certificate) -> None:
    """The machine knows this certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))


def test_the_whole_mail_arrives() -> None:
    with listening() as (sink, port):
        send(port, MAIL_USE_TLS=False)
        ((to, mail),) = sink.taken
    assert to == mail["To"] == "jo@people.example"
    assert mail["Subject"] == "Schön"
    assert mail["Message-ID"] == "<job-17@program.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] is not None
    assert mail["List-Unsubscribe"].strip() == f"<{STOP}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_body(("plain",)).get_content().strip() == "Grüße"  # type: ignore[union-attr]
    assert mail.get_body(("html",)).get_content().strip() == "<p>Grüße</p>"  # type: ignore[union-attr]


@pytest.mark.parametrize("mode", ["starttls", "tls"])
def test_a_server_whose_certificate_is_known(mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path, "IP:127.0.0.1")
    trust(monkeypatch, certificate)
    with listening(**{mode: certificate.context}) as (sink, port):
        send(port, MAIL_USE_TLS=mode == "starttls", MAIL_USE_SSL=mode == "tls")
        assert len(sink.taken) == 1


@pytest.mark.parametrize("mode", ["starttls", "tls"])
def test_a_server_whose_certificate_nobody_knows_gets_no_mail(mode: str, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, "IP:127.0.0.1")
    with listening(**{mode: certificate.context}) as (sink, port):
        with pytest.raises(ssl.SSLCertVerificationError):
            send(port, MAIL_USE_TLS=mode == "starttls", MAIL_USE_SSL=mode == "tls")
        assert sink.taken == []


@pytest.mark.parametrize("mode", ["starttls", "tls"])
def test_a_server_with_somebody_elses_certificate_gets_no_mail(
    mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, "DNS:mail.elsewhere.example")
    trust(monkeypatch, certificate)
    with listening(**{mode: certificate.context}) as (sink, port):
        with pytest.raises(ssl.SSLCertVerificationError):
            send(port, MAIL_USE_TLS=mode == "starttls", MAIL_USE_SSL=mode == "tls")
        assert sink.taken == []


def test_a_server_that_offers_no_tls_gets_no_mail() -> None:
    """Whoever sits in between could have taken the offer away."""
    with listening() as (sink, port):
        with pytest.raises(OSError, match="STARTTLS"):
            send(port, MAIL_USE_TLS=True)
        assert sink.taken == []
