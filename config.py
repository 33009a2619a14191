"""Typed settings from the environment. Production refuses to start without its secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent


class ConfigError(RuntimeError):
    """A setting is missing or wrong; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the outside decides."""

    mode: str  # "production", "demo" or "test"
    database_url: str
    secret_key: str
    link_key: str
    seal_key: str
    #: Seals private notes and the daily log; the newest first, older ones only open.
    data_keys: tuple[str, ...]
    base_url: str
    password_profile: str
    #: Trusted proxies in front, for the client's address.
    proxies: int
    mail_server: str
    mail_port: int
    mail_username: str
    mail_password: str
    #: "starttls", "tls" (from the first byte) or "none"; certificates are always checked.
    mail_tls: str
    mail_sender: str
    #: Where mails go instead of a server (demo).
    outbox: Path | None

    @property
    def production(self) -> bool:
        return self.mode == "production"


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises ConfigError naming what is missing."""
    mode = environ.get("PLACEMENT_MODE") or _likely_mode(environ)
    if mode not in ("production", "demo", "test"):
        raise ConfigError(f"PLACEMENT_MODE must be production, demo or test, not {mode!r}")
    database_url = environ.get("DATABASE_URL") or _default_database(mode)
    return Settings(
        mode=mode,
        database_url=_with_driver(database_url),
        secret_key=_secret(environ, mode, "SECRET_KEY"),
        link_key=_secret(environ, mode, "LINK_KEY"),
        seal_key=_secret(environ, mode, "SEAL_KEY"),
        data_keys=_data_keys(environ, mode),
        base_url=_base_url(environ, mode),
        password_profile="cheap" if mode == "test" else "normal",
        proxies=int(environ.get("PROXIES", "0")),
        mail_server=environ.get("MAIL_SERVER", ""),
        mail_port=int(environ.get("MAIL_PORT", "587")),
        mail_username=environ.get("MAIL_USERNAME", ""),
        mail_password=environ.get("MAIL_PASSWORD", ""),
        mail_tls=_mail_tls(environ, mode),
        mail_sender=environ.get("MAIL_SENDER", "placement@localhost"),
        outbox=None if environ.get("MAIL_SERVER") else ROOT / "instance" / "outbox",
    )


def _likely_mode(environ: Mapping[str, str]) -> str:
    """Whoever sets a secret or a public address means production, also without saying so: then nothing is guessed."""
    public = environ.get("BASE_URL", "").startswith("https://")
    return "production" if public or environ.get("SECRET_KEY") else "demo"


def _default_database(mode: str) -> str:
    if mode == "production":
        raise ConfigError("DATABASE_URL is not set")
    return f"sqlite:///{ROOT / 'instance' / 'placement.db'}"


def _with_driver(url: str) -> str:
    """Accept the plain PostgreSQL addresses hosts hand out; psycopg 3 is the driver."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _secret(environ: Mapping[str, str], mode: str, name: str) -> str:
    value = environ.get(name, "")
    if mode != "production":
        return value or f"{mode}-{name.lower()}-not-for-production"
    if len(value) < 32:
        raise ConfigError(f"{name} must be set to at least 32 random characters in production")
    return value


def _data_keys(environ: Mapping[str, str], mode: str) -> tuple[str, ...]:
    """DATA_KEY, and after it the older ones of OLD_DATA_KEYS, parted by blanks."""
    old = tuple(environ.get("OLD_DATA_KEYS", "").split())
    if mode == "production" and any(len(key) < 32 for key in old):
        raise ConfigError("each of OLD_DATA_KEYS must have at least 32 characters in production")
    return (_secret(environ, mode, "DATA_KEY"), *old)


def _mail_tls(environ: Mapping[str, str], mode: str) -> str:
    """In production mails cross no network in the clear: "none" is for a server on the same machine."""
    tls = environ.get("MAIL_TLS", "starttls")
    if tls not in ("starttls", "tls", "none"):
        raise ConfigError(f"MAIL_TLS must be starttls, tls or none, not {tls!r}")
    if tls == "none" and environ.get("MAIL_USERNAME"):
        raise ConfigError("MAIL_TLS must not be none where MAIL_USERNAME is set")
    here = environ.get("MAIL_SERVER", "") in ("localhost", "127.0.0.1", "::1")
    if tls == "none" and mode == "production" and not here:
        raise ConfigError("MAIL_TLS may be none in production only for a mail server on this machine")
    return tls


def _base_url(environ: Mapping[str, str], mode: str) -> str:
    url = environ.get("BASE_URL", "")
    if mode == "production" and not url.startswith("https://"):
        raise ConfigError("BASE_URL must be set to the site's https address in production")
    host, port = environ.get("HOST", "127.0.0.1"), environ.get("PORT", "8000")
    return (url or f"http://{host}:{port}").rstrip("/")
