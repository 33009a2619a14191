"""Employers: list, one, new, edit, archive, restore."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.employers.employers import (
    employer_alone,
    employer_list,
    employer_page,
)
from placement.usecases.employers.employer import (
    CreateEmployer,
    EditEmployer,
    archive_employer,
    create_employer,
    edit_employer,
    restore_employer,
)
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.employers.blueprint import employers
from placement.web.employers.forms import EmployerForm
from placement.web.gate import requires
from placement.web.list_filters import employer_filter
from placement.web.lists import given, neighbors
from placement.web.words import say


@employers.get("/employers")
@requires(Permission.EMPLOYER_SEE)
def index() -> ResponseReturnValue:
    wanted = employer_filter()
    q, show, sort = wanted.q, wanted.show, wanted.sort
    page = employer_list(reads(), actor(), wanted, today())
    args = given(q=q, show=show, sort=sort)
    return render_template(
        "employers/index.html", rows=page.rows, q=q, show=show, sort=sort, args=args, **neighbors(page, **args)
    )


@employers.get("/employers/<public_id>")
@requires(Permission.EMPLOYER_SEE)
def show(public_id: str) -> ResponseReturnValue:
    employer = employer_page(reads(), actor(), public_id)
    return render_template("employers/show.html", employer=employer, today=today())


@employers.route("/employers/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def new() -> ResponseReturnValue:
    form = EmployerForm()
    if form.validate_on_submit():
        try:
            public_id = create_employer(work(), actor(), CreateEmployer(**_values(form)))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved. Now add the shop people will work in."))
            return redirect(url_for("employers.show", public_id=public_id), 303)
    return render_template("employers/edit.html", form=form, employer=None), 422 if form.errors else 200


@employers.route("/employers/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def edit(public_id: str) -> ResponseReturnValue:
    employer = employer_alone(reads(), actor(), public_id)
    back = url_for("employers.show", public_id=public_id)
    form = EmployerForm(obj=employer)
    if form.validate_on_submit():
        try:
            edit_employer(work(), actor(), EditEmployer(public_id, form.seen_version, **_values(form)))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return render_template("employers/edit.html", form=form, employer=employer), 422 if form.errors else 200


@employers.route("/employers/<public_id>/archive", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def archive(public_id: str) -> ResponseReturnValue:
    """Asks first; the button does it."""
    return _confirmed(public_id)


@employers.post("/employers/<public_id>/restore")
@requires(Permission.EMPLOYER_EDIT)
def restore(public_id: str) -> ResponseReturnValue:
    restore_employer(work(), actor(), public_id)
    flash(_("The employer is back. Its openings are closed until you open them."))
    return redirect(url_for("employers.show", public_id=public_id), 303)


def _confirmed(public_id: str) -> ResponseReturnValue:
    employer = employer_alone(reads(), actor(), public_id)
    form = EmployerForm()
    if not form.is_submitted():
        return render_template("employers/archive.html", employer=employer)
    try:
        archive_employer(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("employers.show", public_id=public_id), 303)
    flash(_("%(name)s is archived. You can bring it back any time.", name=employer.name))
    return redirect(url_for("employers.index"), 303)


def _values(form: EmployerForm) -> dict[str, str]:
    return {name: value or "" for name, value in form.values.items() if name != "version"}
