"""The program's accounts: list, one, new, name, roles."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.roles import Role
from placement.policy.permissions import Permission
from placement.queries.accounts.listing import SHOWS, AccountFilter, account_list
from placement.queries.accounts.managed import AccountPage, account_page
from placement.usecases.accounts.create import CreateAccount, create_account
from placement.usecases.accounts.edit import EditAccount, edit_account
from placement.usecases.accounts.roles import SetRoles, set_roles
from placement.web.accounts.admin_forms import AccountForm, NewAccountForm, RolesForm, role_choices, role_options
from placement.web.accounts.blueprint import accounts
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors


@accounts.get("/accounts")
@requires(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    q, show, role = asked("q"), asked("show", SHOWS), asked("role", list(Role))
    sort = asked("sort", ("name", "-name")) or "name"
    wanted = AccountFilter(q, Role(role) if role else None, show, sort == "-name", cursor())
    page = account_list(reads(), actor(), wanted)
    record()
    return render_template(
        "accounts/index.html", rows=page.rows, q=q, show=show, role=role, sort=sort, roles=role_options(),
        args={name: value for name, value in (("q", q), ("show", show), ("role", role)) if value},
        **neighbors(page, q=q, show=show, role=role, sort=sort),
    )  # fmt: skip


@accounts.route("/accounts/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def new() -> ResponseReturnValue:
    form = NewAccountForm(locale=actor().program_locale)
    form.roles.choices = role_choices()
    if form.validate_on_submit():
        command = CreateAccount(form.name.data or "", form.email.data or "", form.locale.data or "en", form.roles.roles)
        try:
            public_id = create_account(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The account is made. A mail with the next step is on its way."))
            return redirect(url_for(_next_step(form.roles.roles), public_id=public_id), 303)
    return render_template("accounts/new.html", form=form), 422 if form.errors else 200


def _next_step(roles: frozenset[Role]) -> str:
    """A participant needs their record, a supervisor their shops."""
    if Role.PARTICIPANT in roles:
        return "accounts.connect"
    return "accounts.sites" if Role.SUPERVISOR in roles else "accounts.show"


@accounts.get("/accounts/<public_id>")
@requires(Permission.ACCOUNT_MANAGE)
def show(public_id: str) -> ResponseReturnValue:
    page = shown(public_id)
    return render_template("accounts/show.html", account=page, mine=page.public_id)


@accounts.route("/accounts/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def edit(public_id: str) -> ResponseReturnValue:
    page = shown(public_id)
    back = url_for("accounts.show", public_id=public_id)
    form = AccountForm(obj=page)
    if form.validate_on_submit():
        command = EditAccount(public_id, form.seen_version, form.name.data or "", form.email.data or "")
        try:
            edit_account(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return render_template("accounts/edit.html", form=form, account=page), 422 if form.errors else 200


@accounts.route("/accounts/<public_id>/roles", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def roles(public_id: str) -> ResponseReturnValue:
    page = shown(public_id)
    back = url_for("accounts.show", public_id=public_id)
    form = RolesForm(version=page.version, roles=[role.value for role in page.roles])
    form.roles.choices = role_choices()
    if request.method == "GET" and page.archived:
        return redirect(back)
    if form.validate_on_submit():
        try:
            set_roles(work(), actor(), SetRoles(public_id, form.seen_version, form.roles.roles))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return render_template("accounts/roles.html", form=form, account=page), 422 if form.errors else 200


def shown(public_id: str) -> AccountPage:
    """The account, read and logged."""
    page = account_page(reads(), actor(), public_id, today())
    record(page.record_id)
    return page
