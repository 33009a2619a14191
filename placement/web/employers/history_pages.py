"""What there was with an employer: talks, who worked there, and a letter of thanks."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from placement.domain.employer_contacts import EmployerContactKind, employer_contact_words
from placement.domain.errors import Refused
from placement.domain.placement_words import state_words
from placement.policy.permissions import Permission
from placement.queries.employers.history import employer_history, employer_of_contact, employer_year
from placement.usecases.employers.contacts import (
    AddEmployerContact,
    add_employer_contact,
    finish_employer_follow_up,
    remove_employer_contact,
)
from placement.web.current import actor, reads, today, work
from placement.web.employers.blueprint import employers
from placement.web.employers.forms import EmployerContactForm
from placement.web.forms import whole_number
from placement.web.gate import record, requires
from placement.web.lists import asked
from placement.web.paper import pdf_file
from placement.web.undo import flash_undo
from placement.web.words import upper_first


@employers.get("/employers/<public_id>/history")
@requires(Permission.EMPLOYER_SEE)
def history(public_id: str) -> ResponseReturnValue:
    found = employer_history(reads(), actor(), public_id)
    record()
    return render_template(
        "employers/history.html", found=found, words=employer_contact_words, state_words=state_words, today=today(),
        upper_first=upper_first,
    )  # fmt: skip


@employers.route("/employers/<public_id>/contacts/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def contact_new(public_id: str) -> ResponseReturnValue:
    found = employer_history(reads(), actor(), public_id)
    form, back = EmployerContactForm(data={"key": str(uuid4()), "day": today()}), _back(public_id)
    form.offer()
    if form.validate_on_submit():
        command = AddEmployerContact(
            public_id, form.day.data, EmployerContactKind(form.kind.data), form.key.data or "", form.note.data or "",
            form.follow_up_on.data, form.not_now.data,
        )  # fmt: skip
        try:
            held = add_employer_contact(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Written down."))
            if held:
                flash(ngettext("%(num)s opening is on hold.", "%(num)s openings are on hold.", held))
            return redirect(back, 303)
    return render_template("employers/contact_new.html", form=form, found=found, back=back), 422 if form.errors else 200


@employers.post("/employer-contacts/<public_id>/done")
@requires(Permission.EMPLOYER_EDIT)
def contact_done(public_id: str) -> ResponseReturnValue:
    """``open``: it is not, after all."""
    employer, opens = employer_of_contact(reads(), actor(), public_id), request.form.get("open") == "1"
    finish_employer_follow_up(work(), actor(), public_id, done=not opens)
    if opens:
        flash(_("It is open again."))
    else:
        flash_undo(_("Done."), url_for("employers.contact_done", public_id=public_id), open="1")
    return redirect(_back(employer), 303)


@employers.post("/employer-contacts/<public_id>/remove")
@requires(Permission.EMPLOYER_EDIT)
def contact_remove(public_id: str) -> ResponseReturnValue:
    """Take it out; ``again``: bring it back."""
    employer, again = employer_of_contact(reads(), actor(), public_id), request.form.get("again") == "1"
    remove_employer_contact(work(), actor(), public_id, removed=not again)
    if again:
        flash(_("The entry stands there again."))
    else:
        flash_undo(_("The entry is taken out."), url_for("employers.contact_remove", public_id=public_id), again="1")
    return redirect(_back(employer), 303)


@employers.get("/employers/<public_id>/thanks.pdf")
@requires(Permission.EMPLOYER_EDIT)
def thanks(public_id: str) -> ResponseReturnValue:
    """A letter of thanks for a year, in the program's language; nobody is named in it."""
    year = whole_number(asked("year")) or today().year
    found, given = employer_year(reads(), actor(), public_id, min(max(year, 2000), today().year))
    locale = actor().program_locale
    with force_locale(locale):
        return pdf_file(
            "print/thanks.html", f"{_('thanks')}-{year}", _back(public_id), employer=found, given=given, year=year,
            locale=locale, program=actor().program_name, today=today(), writer=actor().name,
        )  # fmt: skip


def _back(public_id: str) -> str:
    return url_for("employers.history", public_id=public_id)
