"""Lists of placements: everybody's for staff, their own for participants."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.domain.placements import PlacementState
from placement.policy.permissions import Permission
from placement.queries.placements.listing import SHOWS, SORTS, PlacementFilter, own_placements, placement_list
from placement.web.current import actor, reads, today
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.placements.blueprint import placements


@placements.get("/placements")
@requires(Permission.PLACEMENT_LIST)
def index() -> ResponseReturnValue:
    mine, ending = asked("mine", ("1",)), asked("ending", ("1",))
    sort = asked("sort", SORTS) or ("end" if ending else "name")
    wanted = PlacementFilter(asked("q"), asked("show", SHOWS), bool(mine), bool(ending), sort, cursor())
    page = placement_list(reads(), actor(), wanted, today())
    record()
    kept = {"q": wanted.q, "show": wanted.show, "mine": mine, "ending": ending}
    args = {name: value for name, value in kept.items() if value}
    return render_template(
        "placements/index.html", rows=page.rows, wanted=wanted, args=args, states=list(PlacementState),
        filtered=bool(args), **neighbors(page, sort=sort, **args),
    )  # fmt: skip


@placements.get("/placements/mine")
@requires(Permission.PLACEMENT_ANSWER)
def mine() -> ResponseReturnValue:
    rows = own_placements(reads(), actor())
    record(actor().participant_id)
    return render_template("placements/mine.html", rows=rows)
