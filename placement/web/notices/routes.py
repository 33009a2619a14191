"""What needs somebody's care: the list, one notice, and what was told to the reader alone."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.notices import (
    CALLS,
    FEELINGS,
    FOR_TEAM,
    FROM_SHOP,
    TO_ONE,
    Found,
    NoticeKind,
    found_words,
    notice_words,
    title_of,
)
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.notices.ill import illness_of
from placement.queries.notices.listing import NoticeFilter, NoticeRow, notices_page
from placement.queries.notices.one import one_notice
from placement.queries.notices.one import told as told_to
from placement.usecases.notices.close import CloseNotice, NoteCall, close_notice, note_call, reopen_notice
from placement.web.current import actor, now, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.notices import concern_pages, ill_pages, incident_pages, task_pages, tell_pages
from placement.web.notices.actions import actions_for
from placement.web.notices.blueprint import notices
from placement.web.notices.forms import CallForm, CloseForm
from placement.web.undo import flash_undo
from placement.web.words import say

__all__ = ["concern_pages", "ill_pages", "incident_pages", "notices", "task_pages", "tell_pages"]

#: Domain words a page says.
WORDS = {
    "title_of": title_of, "found_words": found_words, "notice_words": notice_words, "feelings": FEELINGS,
    "from_shop": FROM_SHOP, "calls": CALLS,
}  # fmt: skip


@notices.get("/notices")
@requires(Permission.NOTICE_LIST)
def index() -> ResponseReturnValue:
    kind, show, q = asked("kind", list(NoticeKind)), asked("show", ("done",)), asked("q")
    wanted = NoticeFilter(q, NoticeKind(kind) if kind else None, show == "done")
    page = notices_page(reads(), actor(), wanted, cursor())
    record()
    return render_template(
        "notices/index.html",
        page=page,
        q=q,
        kind=kind,
        show=show,
        kinds=[(one.value, say(notice_words(one))) for one in _kinds()],
        now=now(),
        **WORDS,
        **neighbors(page, kind=kind, show=show, q=q),
    )


@notices.route("/notices/<public_id>", methods=["GET", "POST"])
@requires(Permission.NOTICE_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """One notice, and what was done about it."""
    row = one_notice(reads(), actor(), public_id)
    record(row.participant_id)
    form = _form(row)
    answer = _taken_care_of(form, row)
    if answer is not None:
        return answer
    ill = illness_of(reads(), actor(), row.participant_id, now()) if row.kind is NoticeKind.ILL else None
    return render_template("notices/show.html", row=row, form=form, ill=ill, links=actions_for(row), **WORDS), (
        422 if form.errors else 200
    )


@notices.route("/notices/told/<public_id>", methods=["GET", "POST"])
@requires(Permission.NOTICE_SEE)
def told(public_id: str) -> ResponseReturnValue:
    """What a participant told the reader alone. Opening it is how they know that it was read."""
    found = told_to(reads(), actor(), public_id)
    record(found.row.participant_id)
    form = _form(found.row)
    answer = _taken_care_of(form, found.row)
    if answer is not None:
        return answer
    return render_template("notices/told.html", found=found, row=found.row, form=form, **WORDS), (
        422 if form.errors else 200
    )


@notices.post("/notices/<public_id>/reopen")
@requires(Permission.NOTICE_CLOSE)
def reopen(public_id: str) -> ResponseReturnValue:
    reopen_notice(work(), actor(), public_id)
    flash(_("It is open again."))
    return redirect(url_for("notices.index"), 303)


def _kinds() -> list[NoticeKind]:
    """What the reader's list can hold."""
    if allowed(actor(), Permission.NOTICE_SEE, Facts(actor().program)):
        return list(NoticeKind)
    return [kind for kind in NoticeKind if kind in FOR_TEAM | TO_ONE]


def _form(row: NoticeRow) -> CloseForm | CallForm:
    values: dict[str, Any] = {"version": row.version, "outcome": row.outcome}
    if row.kind not in CALLS:
        return CloseForm(data=values)
    form = CallForm(data=values)
    form.offer()
    return form


def _taken_care_of(form: CloseForm | CallForm, row: NoticeRow) -> ResponseReturnValue | None:
    """The answer to a form that was sent and accepted, or to one that came too late; None for any other."""
    if not form.validate_on_submit():
        return None
    try:
        open_still = _save(form, row)
    except Refused as error:
        form.refuse(error)
        return None
    except Stale as error:
        return conflict_page(form, Stale(error.version, {"outcome": error.current["outcome"]}), _own(row))
    if open_still:
        flash(_("It stays open. It comes back on the day page."))
    else:
        flash_undo(_("Thank you. It is taken care of."), url_for("notices.reopen", public_id=row.public_id))
    return redirect(url_for("notices.index"), 303)


def _save(form: CloseForm | CallForm, row: NoticeRow) -> bool:
    """Whether it is still open afterwards."""
    outcome = form.outcome.data or ""
    if isinstance(form, CloseForm):
        close_notice(work(), actor(), CloseNotice(row.public_id, form.seen_version, outcome))
        return False
    found = Found(form.found.data)
    again = int(form.again_in.data) if form.again_in.data else 1
    note_call(work(), actor(), NoteCall(row.public_id, form.seen_version, found, outcome, form.minutes.data, again))
    return found is Found.NOT_REACHED


def _own(row: NoticeRow) -> str:
    return url_for("notices.told" if row.private else "notices.show", public_id=row.public_id)
