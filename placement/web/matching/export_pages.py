"""A run as a spreadsheet: everybody with a place, everybody without."""

from __future__ import annotations

from io import BytesIO

from flask import redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.adapters.spreadsheet import Sheet, Value, workbook
from placement.domain.proposals import Mark
from placement.policy.permissions import Permission
from placement.queries.matching.pairs import LeftOutLine, PairLine, all_pairs, run_left_out
from placement.queries.matching.runs import run_head
from placement.usecases.matching.export import record_export
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.matching.blueprint import matching
from placement.web.matching.fit import FACTORS
from placement.web.matching.run_pages import MOST_ON_PAPER
from placement.web.matching.solving_pages import solving_page
from placement.web.words import day_short, local_day, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@matching.get("/matching/<public_id>/export.xlsx")
@requires(Permission.MATCHING_RUN)
def export(public_id: str) -> ResponseReturnValue:
    run = run_head(reads(), actor(), public_id)
    if solving_page(run) is not None:
        return redirect(url_for("matching.show", public_id=public_id), 303)
    pairs = all_pairs(reads(), run, MOST_ON_PAPER)
    left = run_left_out(reads(), run, size=MOST_ON_PAPER).rows
    record()
    record_export(work(), actor(), run.id, len(pairs) + len(left))
    day = local_day(run.created_at)
    data = workbook([_pairs_sheet(pairs), _left_sheet(left)], f"{run.name}, {day_short(day)}")
    name = f"{_('matching')}-{day.isoformat()}.xlsx"
    answer = send_file(BytesIO(data), XLSX, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pairs_sheet(pairs: list[PairLine]) -> Sheet:
    factors = [say(words) for words in FACTORS.values()]
    columns = [_("Preferred name"), _("Family name"), _("Opening"), _("Employer"), _("Site"), _("Fit, of 100"),
               *factors, _("Contested by"), _("Way, km straight"), _("Mark"), _("Reason")]  # fmt: skip
    return Sheet(_("Pairs"), columns, [_row(pair) for pair in pairs])


def _row(pair: PairLine) -> list[Value]:
    return [
        pair.preferred_name, pair.family_name, pair.role, pair.employer, pair.site, pair.fit / 100,
        *(pair.parts.get(name, 0) / 100 for name in FACTORS),
        pair.contested, None if pair.km is None else round(pair.km, 1), _mark(pair), pair.ban_reason or _forced(pair),
    ]  # fmt: skip


def _left_sheet(left: list[LeftOutLine]) -> Sheet:
    return Sheet(_("Without a place"), [_("Person"), _("Reason")], [[one.person, say(one.reason)] for one in left])


def _mark(pair: PairLine) -> str:
    if pair.banned:
        return _("taken out")
    return {Mark.FREE: "", Mark.LOCKED: _("kept"), Mark.FORCED: _("against a rule")}[pair.mark]


def _forced(pair: PairLine) -> str:
    return pair.force_reason if pair.mark is Mark.FORCED else ""
