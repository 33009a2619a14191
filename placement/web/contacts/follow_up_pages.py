"""Done, or later: one tap each, with a way back."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.policy.permissions import Permission
from placement.usecases.contacts.finish_follow_up import finish_follow_up, put_off_follow_up
from placement.web.contacts.blueprint import contacts
from placement.web.current import actor, work
from placement.web.gate import requires
from placement.web.undo import flash_undo
from placement.web.words import day as day_words


@contacts.post("/contacts/<public_id>/done")
@requires(Permission.CONTACT_EDIT)
def done(public_id: str) -> ResponseReturnValue:
    """``open``: it is not, after all."""
    came_from = request.form.get("came_from", "")
    opens = request.form.get("open") == "1"
    finish_follow_up(work(), actor(), public_id, done=not opens)
    if opens:
        flash(_("It is open again."))
    else:
        flash_undo(_("Done."), url_for("contacts.done", public_id=public_id), open="1", came_from=came_from)
    return redirect(_back(came_from), 303)


@contacts.post("/contacts/<public_id>/later")
@requires(Permission.CONTACT_EDIT)
def later(public_id: str) -> ResponseReturnValue:
    """A week later, or on the day in ``until``."""
    came_from = request.form.get("came_from", "")
    until = _day(request.form.get("until", ""))
    moved = put_off_follow_up(work(), actor(), public_id, until)
    if until is not None:
        flash(_("It comes back on %(day)s.", day=day_words(moved.on)))
    else:
        flash_undo(
            _("It comes back on %(day)s.", day=day_words(moved.on)),
            url_for("contacts.later", public_id=public_id),
            until=moved.before.isoformat(),
            came_from=came_from,
        )
    return redirect(_back(came_from), 303)


def _back(came_from: str) -> str:
    return url_for("day.show" if came_from == "day" else "contacts.due")


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(2200, 1, 1) else None
