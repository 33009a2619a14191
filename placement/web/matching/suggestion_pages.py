"""What was seen at work speaks for another level: accept, not now, no, and take back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Stale
from placement.domain.suggestions import Reply
from placement.policy.permissions import Permission
from placement.queries.matching.suggestions import one_suggestion, open_suggestions
from placement.usecases.matching.decide import decide_suggestion, undo_decision
from placement.web.current import actor, now, reads, work
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, given, neighbors
from placement.web.matching.blueprint import matching


@matching.get("/suggestions")
@requires(Permission.PARTICIPANT_ABILITIES)
def suggestions() -> ResponseReturnValue:
    """``about``: one participant or opening; ``decided``: what was just decided, to take back."""
    about, decided = asked("about"), asked("decided")
    page = open_suggestions(reads(), actor(), now(), about, cursor())
    last = one_suggestion(reads(), actor(), decided) if decided else None
    record()
    return render_template(
        "matching/suggestions.html", rows=page.rows, last=last if last and last.decided_at else None, about=about,
        **neighbors(page, about=about),
    )  # fmt: skip


@matching.post("/suggestions/<public_id>/decide")
@requires(Permission.PARTICIPANT_ABILITIES)
def suggestion_decide(public_id: str) -> ResponseReturnValue:
    reply = request.form.get("reply", "")
    if reply not in tuple(Reply):
        raise NotFound
    kept = given(about=asked("about"))
    try:
        decide_suggestion(work(), actor(), public_id, Reply(reply))
    except Stale as error:
        flash(_changed(error), "error")
        return redirect(url_for("matching.suggestions", **kept), 303)
    return redirect(url_for("matching.suggestions", decided=public_id, **kept), 303)


@matching.post("/suggestions/<public_id>/undo")
@requires(Permission.PARTICIPANT_ABILITIES)
def suggestion_undo(public_id: str) -> ResponseReturnValue:
    try:
        undo_decision(work(), actor(), public_id)
    except Stale as error:
        flash(_changed(error), "error")
    else:
        flash(_("Taken back. Everything is as it was."))
    return redirect(url_for("matching.suggestions", **given(about=asked("about"))), 303)


def _changed(error: Stale) -> str:
    level = error.current["level"]
    if level is None:
        return _("Somebody has taken this level out meanwhile. Nothing was changed.")
    return _("Somebody has changed this level meanwhile: it is %(level)s now. Nothing was changed.", level=level)
