"""Lists of placements: everybody's for staff, their own for participants."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.domain.placements import PlacementState
from placement.policy.permissions import Permission
from placement.queries.placements.listing import own_placements, placement_list
from placement.web.current import actor, reads, today
from placement.web.gate import record, requires
from placement.web.list_filters import placement_filter
from placement.web.lists import neighbors
from placement.web.placements.blueprint import placements


@placements.get("/placements")
@requires(Permission.PLACEMENT_LIST)
def index() -> ResponseReturnValue:
    wanted = placement_filter()
    page = placement_list(reads(), actor(), wanted, today())
    record()
    kept = {
        "q": wanted.q,
        "show": wanted.show,
        "mine": "1" if wanted.mine else "",
        "ending": "1" if wanted.ending else "",
    }
    args = {name: value for name, value in kept.items() if value}
    return render_template(
        "placements/index.html", rows=page.rows, wanted=wanted, args=args, states=list(PlacementState),
        filtered=bool(args), **neighbors(page, sort=wanted.sort, **args),
    )  # fmt: skip


@placements.get("/placements/mine")
@requires(Permission.PLACEMENT_ANSWER)
def mine() -> ResponseReturnValue:
    rows = own_placements(reads(), actor())
    record(actor().participant_id)
    return render_template("placements/mine.html", rows=rows)
