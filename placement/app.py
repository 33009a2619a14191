"""The one place that wires: settings, extensions, Work, blueprints, the permissions check."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_bootstrap import Bootstrap5
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from placement.adapters.cipher import AesGcm
from placement.adapters.holidays import holiday_names
from placement.adapters.mail import FileMailer, FlaskMailer
from placement.adapters.passwords import Passwords
from placement.cli.commands import register_commands
from placement.extensions import babel, csrf, db, login_manager, mail, migrate
from placement.models.all import MODULES
from placement.models.engine import engine_options, prepare, write_sessions
from placement.usecases.transaction import Work
from placement.web import (
    checks,
    compression,
    devices,
    drawings,
    exempt,
    headers,
    intake,
    locale,
    logs,
    navigation,
    plain,
    refusals,
    static_urls,
    words,
)
from placement.web.blueprints import BLUEPRINTS, DEMO_BLUEPRINTS
from placement.worker.worker import Worker

#: Endpoints of extensions, which declare no permission: static files only.
THIRD_PARTY = frozenset({"static", "bootstrap.static"})
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
TWO_MEGABYTES = 2 * 1024 * 1024


def create_app(settings: config.Settings | None = None) -> Flask:
    """Build the application. Raises ConfigError or UndeclaredEndpoint rather than start half."""
    settings = settings or config.load()
    app = Flask("placement", template_folder=str(TEMPLATES), static_folder="static")
    _configure(app, settings)
    _extensions(app, settings)
    app.extensions["placement_work"] = build_work(app, settings)
    app.extensions["placement_worker"] = Worker(app)
    for part in (intake, logs, locale, plain, devices, static_urls, words, drawings, navigation, refusals):
        part.init_app(app)
    headers.init_app(app, secure=settings.production)
    compression.init_app(app)
    for blueprint in (*BLUEPRINTS, *(DEMO_BLUEPRINTS if settings.mode == "demo" else ())):
        app.register_blueprint(blueprint)
    exempt.init_app(app)
    register_commands(app)
    checks.check_permissions(app, THIRD_PARTY)
    return app


def _configure(app: Flask, settings: config.Settings) -> None:
    app.testing = settings.mode == "test"
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=TWO_MEGABYTES,
        MAX_FORM_MEMORY_SIZE=TWO_MEGABYTES,
        MAX_FORM_PARTS=3000,
        SESSION_COOKIE_NAME="__Host-placement" if settings.production else "placement",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # Same-origin referrers are checked by Sec-Fetch-Site (web/intake.py) instead.
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES=str(Path(__file__).resolve().parent / "translations"),
        BOOTSTRAP_SERVE_LOCAL=True,
        BASE_URL=settings.base_url,
        PLACEMENT_MODE=settings.mode,
        MAIL_SERVER=settings.mail_server,
        MAIL_PORT=settings.mail_port,
        MAIL_USERNAME=settings.mail_username or None,
        MAIL_PASSWORD=settings.mail_password or None,
        MAIL_USE_TLS=settings.mail_tls == "starttls",
        MAIL_USE_SSL=settings.mail_tls == "tls",
        # A server that says nothing must not keep the worker from everything else.
        MAIL_TIMEOUT=30,
        OUTBOX=settings.outbox,
        MAIL_DEFAULT_SENDER=settings.mail_sender,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )


def _extensions(app: Flask, settings: config.Settings) -> None:
    if settings.database_url.startswith("sqlite:///"):
        Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    # Importing every table completes the metadata before migrations compare it.
    app.extensions["placement_tables"] = MODULES
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    migrate.init_app(app, db, directory=str(TEMPLATES.parent / "migrations"), render_as_batch=True)
    csrf.init_app(app)
    mail.init_app(app)
    login_manager.init_app(app)
    babel.init_app(app, locale_selector=locale.select)
    Bootstrap5(app)
    app.extensions["placement_mailer"] = _mailer(settings)


def _mailer(settings: config.Settings) -> FileMailer | FlaskMailer:
    if settings.outbox:
        return FileMailer(settings.outbox, settings.mail_sender, utc_now)
    return FlaskMailer(mail, settings.mail_sender)


def build_work(app: Flask, settings: config.Settings) -> Work:
    """The Work every use case gets; tests replace its clock."""
    with app.app_context():
        sessions_ = write_sessions(db.engine)
    return Work(
        sessions=sessions_,
        clock=utc_now,
        passwords=Passwords("cheap" if settings.password_profile == "cheap" else "normal"),
        link_key=hashlib.sha256(settings.link_key.encode()).digest(),
        seal_key=hashlib.sha256(settings.seal_key.encode()).digest(),
        holidays=holiday_names,
        cipher=AesGcm(settings.data_keys),
        request_id=secrets.token_hex(8),
    )


def utc_now() -> datetime:
    return datetime.now(UTC)
