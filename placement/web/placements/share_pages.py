"""What the shop may know: the participant ticks it, reads what the shop will read, and only then says yes."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.placements import PlacementState
from placement.domain.sharing import ticked, ticks
from placement.domain.week import hours
from placement.policy.permissions import Permission
from placement.queries.placements.offer import preview
from placement.queries.placements.told import own_sharing
from placement.usecases.placements.share import ShareWithShop, share_with_shop
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.placements.answer_pages import MOST_SHARED
from placement.web.placements.blueprint import placements
from placement.web.placements.forms import ShareForm
from placement.web.weeks import week_triples
from placement.web.words import say


@placements.route("/placements/<public_id>/sharing", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_ANSWER)
def sharing(public_id: str) -> ResponseReturnValue:
    """Before a yes, and until the shop has answered. Nothing is ticked that the participant has not ticked."""
    own = own_sharing(reads(), actor(), public_id)
    record(own.participant_id)
    if own.state not in (PlacementState.PROPOSED, PlacementState.OFFERED):
        return redirect(url_for("placements.answered", public_id=public_id), 303)
    form = ShareForm()
    given = tuple(request.form.getlist("share")[:MOST_SHARED])
    done = form.do.data if form.validate_on_submit() else ""
    if done == "save":
        return _save(public_id, given)
    if done == "preview":
        return render_template(
            "placements/sharing_preview.html", offer=preview(own, given), given=given,
            yes_first=own.state is PlacementState.PROPOSED, spans=week_triples(own.pattern), weekly=hours(own.pattern),
        )  # fmt: skip
    chosen = ticked(given, own.now) if form.is_submitted() else [item.key for item in own.told]
    page = render_template("placements/sharing.html", form=form, own=own, ticks=ticks(own.now), chosen=set(chosen))
    return page, 422 if form.errors else 200


def _save(public_id: str, given: tuple[str, ...]) -> ResponseReturnValue:
    try:
        share_with_shop(work(), actor(), ShareWithShop(public_id, given))
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("Saved. From now on the shop reads just this."))
    return redirect(url_for("placements.answered", public_id=public_id), 303)
