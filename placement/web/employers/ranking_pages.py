"""An employer's order of people for an opening: edited without script, every button brings the page back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import HiddenField

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.employers.ranking import Named, people_named, rankable, ranked_opening
from placement.usecases.employers.ranking import set_ranking
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.employers.blueprint import employers
from placement.web.forms import VersionedForm, whole_number
from placement.web.gate import record, requires
from placement.web.rows import Row, change_asked, read_rows, rearranged

#: People in an order at most; more than any employer has met.
MOST_RANKED = 500


class RankingForm(VersionedForm):
    """The rows are read apart; ``seen`` holds the order the page was drawn with."""

    seen = HiddenField()


@employers.route("/openings/<public_id>/ranking", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def opening_ranking(public_id: str) -> ResponseReturnValue:
    opening = ranked_opening(reads(), actor(), public_id)
    stored = [one.public_id for one in opening.order]
    form, order = RankingForm(data={"seen": " ".join(stored)}), list(opening.order)
    q, back = request.form.get("q", "").strip()[:100], url_for("employers.opening", public_id=public_id)
    if form.is_submitted():
        order = _posted()
        if form.validate() and not change_asked():
            wanted = [one.public_id for one in order]
            try:
                set_ranking(work(), actor(), public_id, wanted, seen=(form.seen.data or "").split())
            except Refused as error:
                form.refuse(error)
            except Stale as error:
                row = {"label": _("Order"), "yours": _names(order), "theirs": _names(opening.order)}
                return conflict_page(form, Stale(0, {}), back, extra=[row], seen=" ".join(error.current["order"]))
            else:
                flash(_("Saved."))
                return redirect(back, 303)
    offered = rankable(reads(), actor(), opening, q, [one.public_id for one in order])
    record()
    page = render_template(
        "employers/ranking.html", form=form, opening=opening, order=order, offered=offered, q=q, back=back,
        changed=[one.public_id for one in order] != stored,
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _posted() -> list[Named]:
    """The order as posted: by the numbers, then what a button asks for, then who was ticked to be added."""
    rows = sorted(read_rows("person", ("id", "rank"), MOST_RANKED), key=_number)
    rows = rearranged(rows, change_asked())
    wanted = list(dict.fromkeys([row["id"] for row in rows] + request.form.getlist("add")))[:MOST_RANKED]
    known = people_named(reads(), actor(), wanted)
    return [known[public_id] for public_id in wanted if public_id in known]


def _number(row: Row) -> int:
    """What is no number goes to the end."""
    number = whole_number(row["rank"])
    return 10**9 if number is None else number


def _names(order: list[Named] | tuple[Named, ...]) -> str:
    return ", ".join(one.name for one in order)
