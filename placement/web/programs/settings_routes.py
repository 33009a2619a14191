"""All programs for whoever runs the site; for an admin the own one: settings and help lines."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.programs.admin import all_programs, settings
from placement.queries.programs.help import help_contacts
from placement.usecases.programs.create import CreateProgram, create_program
from placement.usecases.programs.settings import Contact, EditProgram, edit_program, set_contacts
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import requires
from placement.web.locale import LOCALES
from placement.web.programs.blueprint import programs
from placement.web.programs.forms import ContactsForm, NewProgramForm, ProgramForm
from placement.web.rows import Row, change_asked, read_rows, rearranged, with_blank

CONTACT = ("en", "de", "phone", "hours")


@programs.get("/programs")
@requires(Permission.PROGRAM_CREATE)
def index() -> ResponseReturnValue:
    return render_template("programs/index.html", programs=all_programs(reads(), actor()))


@programs.route("/programs/new", methods=["GET", "POST"])
@requires(Permission.PROGRAM_CREATE)
def new() -> ResponseReturnValue:
    form = NewProgramForm(zone="Europe/Berlin", country="DE", locale=actor().locale)
    if form.validate_on_submit():
        values = form.values
        command = CreateProgram(
            values["name"], values["zone"], values["locale"], values["country"], values["admin_name"],
            values["email"], values["coordinates"],
        )  # fmt: skip
        try:
            create_program(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The program is made, with our tasks, traits and rules. A mail to its admin is on its way."))
            return redirect(url_for("programs.index"), 303)
    return render_template("programs/new.html", form=form), 422 if form.errors else 200


@programs.get("/program")
@requires(Permission.PROGRAM_EDIT)
def show() -> ResponseReturnValue:
    program = settings(reads(), actor())
    contacts = help_contacts(reads(), actor().program)
    return render_template("programs/show.html", program=program, contacts=contacts)


@programs.route("/program/edit", methods=["GET", "POST"])
@requires(Permission.PROGRAM_EDIT)
def edit() -> ResponseReturnValue:
    form = ProgramForm(obj=settings(reads(), actor()))
    if form.validate_on_submit():
        values = form.values
        command = EditProgram(form.seen_version, values["name"], values["zone"], values["locale"], values["country"])
        try:
            edit_program(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, url_for("programs.show"))
        else:
            flash(_("Saved."))
            return redirect(url_for("programs.show"), 303)
    return render_template("programs/edit.html", form=form), 422 if form.errors else 200


@programs.route("/program/contacts", methods=["GET", "POST"])
@requires(Permission.PROGRAM_EDIT)
def contacts() -> ResponseReturnValue:
    """The lines behind "I need help now"."""
    form = ContactsForm(obj=settings(reads(), actor()))
    if request.method == "GET":
        return _contacts_page(form, _stored())
    rows = rearranged(read_rows("contact", CONTACT), change_asked())
    if form.validate_on_submit() and not change_asked():
        lines = tuple(Contact({code: row[code] for code in LOCALES}, row["phone"], row["hours"]) for row in rows)
        try:
            set_contacts(work(), actor(), form.seen_version, lines)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            now = [{"label": _("Lines"), "yours": _said(rows), "theirs": _said(_stored())}]
            return conflict_page(form, error, url_for("programs.show"), extra=now)
        else:
            flash(_("Saved."))
            return redirect(url_for("programs.show"), 303)
    return _contacts_page(form, rows)


def _contacts_page(form: ContactsForm, rows: list[Row]) -> ResponseReturnValue:
    page = render_template("programs/contacts.html", form=form, rows=with_blank(rows, CONTACT))
    return page, 422 if form.errors else 200


def _stored() -> list[Row]:
    return [
        {"en": line.label.get("en", ""), "de": line.label.get("de", ""), "phone": line.phone, "hours": line.hours}
        for line in help_contacts(reads(), actor().program)
    ]


def _said(rows: list[Row]) -> str:
    return "; ".join(f"{row['en'] or row['de']} {row['phone']}" for row in rows)
