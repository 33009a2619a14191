"""Signing in and out, and one's own account."""

from __future__ import annotations

from urllib.parse import urlsplit

from babel.languages import get_official_languages
from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from placement.catalog.read import help_countries, help_lines
from placement.domain.errors import NotFound, Refused
from placement.domain.sign_in import IDLE
from placement.domain.tokens import token_hash
from placement.policy.permissions import Permission
from placement.queries.accounts.actor import load_actor
from placement.queries.accounts.own import devices, link_is_open, own_programs
from placement.queries.programs.help import help_contacts
from placement.usecases.accounts.password import change_password, set_password
from placement.usecases.accounts.preferences import set_preferences
from placement.usecases.accounts.sessions import end_other_sessions, end_session, switch_program
from placement.usecases.accounts.sign_in import SignIn
from placement.usecases.accounts.sign_in import sign_in as start_session
from placement.web.accounts.blueprint import accounts
from placement.web.accounts.forms import ChangePasswordForm, SetPasswordForm, SignInForm
from placement.web.current import SignedIn, actor, actor_or_none, now, reads, work
from placement.web.devices import device_words
from placement.web.gate import requires
from placement.web.locale import LOCALES, THEMES


@accounts.get("/")
@requires(Permission.PUBLIC)
def home() -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in" if actor_or_none() is None else "day.show"))


@accounts.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def sign_in() -> ResponseReturnValue:
    if actor_or_none() is not None and request.method == "GET":
        return redirect(_own_path(request.args.get("next")))
    form = SignInForm()
    if form.validate_on_submit():
        command = SignIn(form.email.data or "", form.password.data or "", request.remote_addr or "", device_words())
        try:
            token = start_session(work(), command)
        except Refused as error:
            form.refuse(error)
        else:
            _begin(token)
            return redirect(_own_path(request.args.get("next")), 303)
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


@accounts.post("/sign-out")
@requires(Permission.ACCOUNT_OWN)
def sign_out() -> ResponseReturnValue:
    end_session(work(), actor())
    logout_user()
    session.clear()
    flash(_("You are signed out."))
    return redirect(url_for("accounts.sign_in"), 303)


@accounts.get("/account")
@requires(Permission.ACCOUNT_OWN)
def own() -> ResponseReturnValue:
    """Devices, programs, password."""
    at = now()
    return render_template(
        "accounts/own.html",
        devices=devices(reads(), actor(), at, at - IDLE),
        programs=own_programs(reads(), actor()),
    )


@accounts.route("/account/password", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            change_password(work(), actor(), form.old.data or "", form.new.data or "")
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Your password is changed. Other devices are signed out."))
            return redirect(url_for("accounts.own"), 303)
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200


@accounts.route("/set-password/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def set_password_by_link(token: str) -> ResponseReturnValue:
    """Opening the link uses nothing up; only the button does."""
    if not link_is_open(reads(), token_hash(token), now()):
        return render_template("accounts/link_expired.html"), 404
    form = SetPasswordForm()
    if form.validate_on_submit():
        try:
            set_password(work(), token, form.new.data or "")
        except Refused as error:
            form.refuse(error)
        except NotFound:
            return render_template("accounts/link_expired.html"), 404
        else:
            flash(_("Your password is set. You can sign in now."))
            return redirect(url_for("accounts.sign_in"), 303)
    return render_template("accounts/set_password.html", form=form), 422 if form.errors else 200


@accounts.post("/account/sessions/<public_id>/end")
@requires(Permission.ACCOUNT_OWN)
def end_device(public_id: str) -> ResponseReturnValue:
    end_session(work(), actor(), public_id)
    flash(_("That device is signed out."))
    return redirect(url_for("accounts.own"), 303)


@accounts.post("/account/sessions/end-others")
@requires(Permission.ACCOUNT_OWN)
def end_others() -> ResponseReturnValue:
    end_other_sessions(work(), actor())
    flash(_("All other devices are signed out."))
    return redirect(url_for("accounts.own"), 303)


@accounts.post("/account/program")
@requires(Permission.ACCOUNT_OWN)
def switch() -> ResponseReturnValue:
    switch_program(work(), actor(), request.form.get("program", ""))
    return redirect(url_for("day.show"), 303)


@accounts.post("/preferences")
@requires(Permission.PUBLIC)
def preferences() -> ResponseReturnValue:
    """Language and light or dark; kept with the account, or in the cookie when signed out."""
    locale = request.form.get("locale")
    theme = request.form.get("theme")
    locale = locale if locale in LOCALES else None
    theme = theme if theme in THEMES else None
    if actor_or_none() is not None:
        set_preferences(work(), actor(), locale, theme)
    else:
        session.update({k: v for k, v in (("locale", locale), ("theme", theme)) if v})
    return redirect(_own_path(request.form.get("next")), 303)


@accounts.get("/help-now")
@requires(Permission.PUBLIC)
def help_now() -> ResponseReturnValue:
    """Numbers to call: the program's, and the country's."""
    who = actor_or_none()
    contacts = help_contacts(reads(), who.program_id) if who and who.program_id else []
    lines = help_lines(who.program_country) if who else ()
    countries = [] if lines else _by_language(help_countries())
    return render_template(
        "accounts/help_now.html", contacts=contacts, lines=lines, countries=[(c, help_lines(c)) for c in countries]
    )


def _by_language(countries: tuple[str, ...]) -> list[str]:
    """Where the reader's language is spoken comes first: nobody should scroll for a number."""
    spoken = get_locale().language
    return sorted(countries, key=lambda country: spoken not in get_official_languages(country, de_facto=True))


def _begin(token: str) -> None:
    """A fresh cookie for a fresh session."""
    keep = {key: session[key] for key in ("locale", "theme") if key in session}
    session.clear()
    session.update(keep)
    at = now()
    loaded = load_actor(reads(), token_hash(token), at, at - IDLE)
    if loaded is not None:
        login_user(SignedIn(token, loaded[0]))


def _own_path(target: str | None) -> str:
    """``next`` only leads to own paths."""
    try:
        parts = urlsplit(target or "")
    except ValueError:
        return url_for("accounts.home")
    if (
        not target
        or not target.isprintable()
        or parts.scheme
        or parts.netloc
        or not target.startswith("/")
        or target.startswith(("//", "/\\"))
    ):
        return url_for("accounts.home")
    return target
