"""Series of numbers that are not support, beside the progress: the list, and one with its chart and figures."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.charts.measured import Measured, measured_chart, phases
from placement.domain.comparison import NO_PROOF, Comparison, caution, compare, figures
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.queries.progress import measures
from placement.queries.progress.measures import OneSeries
from placement.usecases.progress import series as writing
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress
from placement.web.undo import flash_undo


@progress.get("/participants/<public_id>/progress/series")
@requires(Permission.PROGRESS_SEE)
def series(public_id: str) -> ResponseReturnValue:
    found = measures.all_series(reads(), actor(), public_id)
    record(found.participant_id)
    return render_template("progress/series.html", found=found)


@progress.get("/participants/<public_id>/progress/series/<series>")
@requires(Permission.PROGRESS_SEE)
def one_series(public_id: str, series: str) -> ResponseReturnValue:
    found = measures.one_series(reads(), actor(), public_id, series)
    record(found.participant_id)
    points = [Measured(row.day, row.value, row.phase) for row in found.values]
    compared = _compared(found, points)
    return render_template(
        "progress/one_series.html",
        found=found,
        chart=measured_chart(say("%(name)s", name=found.name), found.unit, points),
        parted=len(phases(points)) > 1,
        caution=caution(compared),
        figures=figures(compared) if compared else (),
        no_proof=NO_PROOF,
    )


@progress.post("/participants/<public_id>/progress/series/<series>/archive")
@requires(Permission.PROGRESS_EVENTS)
def archive_series(public_id: str, series: str) -> ResponseReturnValue:
    """Off the pages, or back on them: the button that undoes it posts here, too."""
    back = request.form.get("back") == "1"
    name = writing.archive_series(work(), actor(), public_id, series, back=back)
    if back:
        flash(_("%(name)s is back.", name=name))
        return redirect(url_for("progress.one_series", public_id=public_id, series=series), 303)
    action = url_for("progress.archive_series", public_id=public_id, series=series)
    flash_undo(_("%(name)s is off the pages.", name=name), action, back="1")
    return redirect(url_for("progress.series", public_id=public_id), 303)


def _compared(found: OneSeries, points: list[Measured]) -> Comparison | None:
    """The last phase against the one before it; what should become less is turned round."""
    parted = phases(points)
    if len(parted) < 2:
        return None
    sign = 1 if found.more_is_better else -1
    before, after = (
        [None if point.value is None else sign * point.value for point in part] for part in parted[-2:]
    )  # fmt: skip
    return compare(before, after)
