"""What stops the application from starting, and what it writes to its log."""

from __future__ import annotations

import json
import logging

import pytest
from flask import Flask, current_app

import config
from placement.app import THIRD_PARTY, create_app
from placement.policy.permissions import Permission
from placement.web.checks import UndeclaredEndpoint, check_permissions
from placement.web.logs import JsonLines
from tests.application import settings_for

GOOD = {
    "PLACEMENT_MODE": "production", "DATABASE_URL": "sqlite://", "BASE_URL": "https://placement.example.org",
    "SECRET_KEY": "a" * 40, "LINK_KEY": "b" * 40, "SEAL_KEY": "c" * 40, "DATA_KEY": "d" * 40,
}  # fmt: skip


def test_an_endpoint_without_a_permission_stops_it() -> None:
    app = create_app(settings_for("sqlite://"))
    app.add_url_rule("/secret", "secret", lambda: "x")
    with pytest.raises(UndeclaredEndpoint, match="secret"):
        check_permissions(app, THIRD_PARTY)


def test_only_files_of_extensions_are_excused() -> None:
    app = create_app(settings_for("sqlite://"))
    undeclared = {name for name, view in app.view_functions.items() if not hasattr(view, "permission")}
    assert undeclared == set(THIRD_PARTY) == {"static", "bootstrap.static"}
    declared = [view.permission for view in app.view_functions.values() if hasattr(view, "permission")]
    assert all(isinstance(permission, Permission) for permission in declared)


def test_production_starts_with_everything_set() -> None:
    assert config.load(GOOD).production


@pytest.mark.parametrize("name", ["DATABASE_URL", "BASE_URL", "SECRET_KEY", "LINK_KEY", "SEAL_KEY", "DATA_KEY"])
@pytest.mark.parametrize("value", [None, "", "short"])
def test_production_refuses_to_start_without(name: str, value: str | None) -> None:
    if (name, value) == ("DATABASE_URL", "short"):
        return
    given = {key: text for key, text in GOOD.items() if key != name} | ({} if value is None else {name: value})
    with pytest.raises(config.ConfigError, match=name):
        config.load(given)


@pytest.mark.parametrize(
    ("environ", "mode"),
    [({}, "demo"), ({"PORT": "9000"}, "demo"), ({"SECRET_KEY": "x" * 40}, None), ({"BASE_URL": "https://a.b"}, None)],
)
def test_a_secret_or_a_public_address_means_production(environ: dict[str, str], mode: str | None) -> None:
    """Without the word, too: nobody runs a real site on the demo's well-known secrets by forgetting a variable."""
    if mode is None:
        with pytest.raises(config.ConfigError):
            config.load(environ)
    else:
        assert config.load(environ).mode == mode


@pytest.mark.parametrize(
    "environ",
    [
        {"MAIL_TLS": "no"},
        {"MAIL_TLS": "none", "MAIL_USERNAME": "program", "MAIL_SERVER": "localhost"},
        {"MAIL_TLS": "none", "MAIL_SERVER": "mail.example"},
    ],
)
def test_no_mail_leaves_the_machine_in_the_clear(environ: dict[str, str]) -> None:
    with pytest.raises(config.ConfigError, match="MAIL_TLS"):
        config.load(GOOD | environ)


def test_a_mail_server_on_the_same_machine_needs_no_tls() -> None:
    settings = config.load(GOOD | {"MAIL_TLS": "none", "MAIL_SERVER": "127.0.0.1"})
    assert (settings.mail_tls, settings.outbox) == ("none", None)
    assert config.load(GOOD).mail_tls == "starttls"


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(config.ConfigError, match="PLACEMENT_MODE"):
        config.load({"PLACEMENT_MODE": "prod"})


@pytest.fixture
def loud() -> tuple[Flask, list[str]]:
    """An application as it runs outside of tests, and its log."""
    app = create_app(settings_for("sqlite://", None, PLACEMENT_MODE="demo"))
    lines: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(JsonLines())
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    app.logger.handlers = [handler]
    return app, lines


def test_a_request_is_one_line_of_figures(loud: tuple[Flask, list[str]]) -> None:
    app, lines = loud
    app.test_client().get("/sign-in?next=/participants/Noa-Lind", headers={"User-Agent": "Noa's phone"})
    assert len(lines) == 1
    assert "Noa" not in lines[0]
    line = json.loads(lines[0])
    assert (line["endpoint"], line["status"], line["method"]) == ("accounts.sign_in", 200, "GET")
    assert set(line) == {"level", "logger", "message", "request_id", "method", "endpoint", "status", "ms", "account"}


def test_an_error_is_a_page_and_a_line_without_its_words(loud: tuple[Flask, list[str]]) -> None:
    app, lines = loud

    def broken() -> str:
        current_app.logger.info("before")
        raise ValueError("Noa Lind, noa@example.org")

    app.view_functions["accounts.help_now"] = broken
    answer = app.test_client().get("/help-now")
    assert answer.status_code == 500
    assert "Noa" not in answer.get_data(as_text=True)
    assert any('"error": "ValueError"' in line for line in lines)
    assert not any("Noa" in line or "noa@" in line for line in lines)
