"""Two runs beside each other."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from placement.domain.matching.aims import weights_words
from placement.domain.proposals import RunState
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.queries.matching.compare import SORTS, Change, Comparison, compare_runs
from placement.queries.matching.runs import RunLine, run_head, run_list
from placement.web.current import actor, reads
from placement.web.gate import record, requires
from placement.web.lists import asked
from placement.web.matching.blueprint import matching
from placement.web.matching.run_pages import TITLES
from placement.web.words import all_of, clock, day_short, local_day

CHANGES = {
    Change.MOVED: say("another place"),
    Change.GAINED: say("has a place now"),
    Change.LOST: say("has no place now"),
    Change.ONLY_FIRST: say("only in the first run"),
    Change.ONLY_SECOND: say("only in the second run"),
}
#: Changed people shown at first; all of them once asked.
MOST = 200


@matching.get("/matching/compare")
@requires(Permission.MATCHING_RUN)
def compare() -> ResponseReturnValue:
    """``a`` and ``b`` are runs; with ``b`` alone it is compared with the draft it was made from."""
    first, second = asked("a"), asked("b")
    before = run_head(reads(), actor(), second).from_run if second and not first else None
    if before is not None:
        return redirect(url_for("matching.compare", a=before, b=second), 303)
    runs = run_list(reads(), actor(), None).rows
    options = [(run.public_id, _name(run)) for run in runs if run.state not in (RunState.SOLVING, RunState.FAILED)]
    if not first or not second:
        record()
        return render_template("matching/compare.html", found=None, options=options, a=first, b=second)
    if first == second:
        return redirect(url_for("matching.show", public_id=first), 303)
    sort = asked("sort", SORTS) or SORTS[0]
    found = compare_runs(reads(), actor(), first, second, sort)
    record()
    shown = found.changed if asked("all") else found.changed[:MOST]
    return render_template(
        "matching/compare.html", found=found, options=options, a=first, b=second, sort=sort, shown=shown,
        changes=CHANGES, headline=_headline(found), aims=TITLES, weights=weights_words,
    )  # fmt: skip


def _name(run: RunLine) -> str:
    made = _("%(day)s, %(time)s", day=day_short(local_day(run.created_at)), time=clock(run.created_at))
    return f"{run.name} · {made}"


def _headline(found: Comparison) -> str:
    """What matters first: who gains or loses a place, then who moves."""
    people = {change: sum(one.change is change for one in found.changed) for change in Change}
    if not found.changed:
        return _("Everybody has the same place in both runs.")
    moved, gained, lost = people[Change.MOVED], people[Change.GAINED], people[Change.LOST]
    parts = [
        ngettext("%(num)s person has another place", "%(num)s people have another place", moved) if moved else "",
        ngettext("%(num)s person gains a place", "%(num)s people gain a place", gained) if gained else "",
        ngettext("%(num)s person loses their place", "%(num)s people lose their place", lost) if lost else "",
    ]
    told = all_of(part for part in parts if part)
    return f"{told}." if told else _("The two runs are about different people.")
