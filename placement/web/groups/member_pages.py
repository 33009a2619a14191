"""Who belongs to a group."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.text import fold
from placement.policy.permissions import Permission
from placement.queries.groups.head import group_head
from placement.queries.groups.one import candidates
from placement.queries.groups.one import members as members_of
from placement.usecases.groups.members import add_member, end_member
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.groups.blueprint import groups
from placement.web.lists import asked
from placement.web.words import say

#: People offered at once; the search finds the others.
OFFERED = 12


@groups.route("/groups/<public_id>/members", methods=["GET", "POST"])
@requires(Permission.GROUP_LEAD)
def members(public_id: str) -> ResponseReturnValue:
    """Members with a way out, and people to add, found by the beginning of their family name."""
    head = group_head(reads(), actor(), public_id, leading=True)
    q = asked("q")
    if request.method == "POST":
        try:
            add_member(work(), actor(), public_id, request.form.get("participant", ""))
        except Refused as error:
            flash(say(error.reason), "error")
        else:
            flash(_("Added to the group."))
        return redirect(url_for("groups.members", public_id=public_id, q=q or None), 303)
    record()
    rows = members_of(reads(), actor(), today(), head.id)
    found = candidates(reads(), actor(), head.id, fold(q), OFFERED + 1)
    return render_template(
        "groups/members.html", head=head, rows=rows, found=found[:OFFERED], more=len(found) > OFFERED, q=q
    )


@groups.post("/groups/<public_id>/members/<member>/end")
@requires(Permission.GROUP_LEAD)
def end(public_id: str, member: str) -> ResponseReturnValue:
    try:
        end_member(work(), actor(), public_id, member)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("No longer in the group. What was written down stays."))
    return redirect(url_for("groups.members", public_id=public_id), 303)
