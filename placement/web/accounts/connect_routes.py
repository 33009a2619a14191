"""Around an account: a new link, archive and restore, the participant's record, a supervisor's shops."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.accounts.managed import free_records, shops
from placement.usecases.accounts.archive import archive_account, restore_account
from placement.usecases.accounts.connect import add_site, connect_record, end_site, send_password_link
from placement.web.accounts.admin_routes import shown
from placement.web.accounts.blueprint import accounts
from placement.web.current import actor, reads, work
from placement.web.gate import requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.words import say


@accounts.post("/accounts/<public_id>/link")
@requires(Permission.ACCOUNT_MANAGE)
def send_link(public_id: str) -> ResponseReturnValue:
    try:
        send_password_link(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("A new link is on its way. Earlier links no longer work."))
    return _back(public_id)


@accounts.route("/accounts/<public_id>/archive", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def archive(public_id: str) -> ResponseReturnValue:
    """Asks first."""
    if request.method == "GET":
        return render_template("accounts/archive.html", account=shown(public_id))
    try:
        archive_account(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("The account is archived. Nothing this person wrote or earned is lost."))
    return _back(public_id)


@accounts.post("/accounts/<public_id>/restore")
@requires(Permission.ACCOUNT_MANAGE)
def restore(public_id: str) -> ResponseReturnValue:
    try:
        restore_account(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("The account is back with the roles it had."))
    return _back(public_id)


@accounts.route("/accounts/<public_id>/record", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def connect(public_id: str) -> ResponseReturnValue:
    """Whose record does this participant sign in to?"""
    if request.method == "POST":
        try:
            connect_record(work(), actor(), public_id, request.form.get("participant") or None)
        except Refused as error:
            flash(say(error.reason), "error")
        else:
            flash(_("Saved."))
        return _back(public_id)
    account = shown(public_id)
    if not account.needs_record:
        return _back(public_id)
    q = asked("q")
    page = free_records(reads(), actor(), q, cursor())
    return render_template("accounts/connect.html", account=account, rows=page.rows, q=q, **neighbors(page, q=q))


@accounts.route("/accounts/<public_id>/sites", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def sites(public_id: str) -> ResponseReturnValue:
    """Where does this supervisor see and rate shifts?"""
    if request.method == "POST":
        change = end_site if request.form.get("end") else add_site
        try:
            change(work(), actor(), public_id, request.form.get("site", ""))
        except Refused as error:
            flash(say(error.reason), "error")
        return redirect(url_for("accounts.sites", public_id=public_id, q=request.form.get("q") or None), 303)
    account = shown(public_id)
    if not account.needs_sites:
        return _back(public_id)
    q = asked("q")
    page = shops(reads(), actor(), q, cursor())
    return render_template(
        "accounts/sites.html", account=account, rows=page.rows, q=q, chosen={site.public_id for site in account.sites},
        **neighbors(page, q=q),
    )  # fmt: skip


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("accounts.show", public_id=public_id), 303)
