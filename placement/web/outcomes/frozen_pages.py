"""Reports as they were on the day they were frozen."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.adapters.spreadsheet import workbook
from placement.domain.outcomes import Verdict, verdict_words
from placement.policy.permissions import Permission
from placement.queries.outcomes.frozen import Frozen, frozen, frozen_list
from placement.web.current import actor, reads
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.outcomes.blueprint import outcomes
from placement.web.outcomes.view import parts_of, sheet_of
from placement.web.paper import XLSX, download, pdf_file
from placement.web.words import day_short


@outcomes.get("/outcomes/frozen")
@requires(Permission.OUTCOME_SEE)
def frozen_index() -> ResponseReturnValue:
    page = frozen_list(reads(), actor(), cursor())
    return render_template("outcomes/frozen_index.html", rows=page.rows, **neighbors(page))


@outcomes.get("/outcomes/frozen/<public_id>")
@requires(Permission.OUTCOME_SEE)
def frozen_report(public_id: str) -> ResponseReturnValue:
    found, outside = frozen(reads(), actor(), public_id), bool(asked("outside", ("1",)))
    record()
    return render_template(
        "outcomes/frozen.html",
        row=found.row,
        parts=parts_of(found.figures, outside),
        outside=outside,
        verdicts=list(Verdict),
        verdict_words=verdict_words,
    )


@outcomes.get("/outcomes/frozen/<public_id>/report.pdf")
@requires(Permission.OUTCOME_SEE)
def frozen_pdf(public_id: str) -> ResponseReturnValue:
    """For outside: small counts are hidden."""
    found = frozen(reads(), actor(), public_id)
    record()
    return pdf_file(
        "print/outcomes.html",
        _name(found),
        url_for("outcomes.frozen_report", public_id=public_id),
        landscape=True,
        program=actor().program_name,
        first=found.row.first_day,
        last=found.row.last_day,
        as_of=found.row.as_of,
        parts=parts_of(found.figures, True),
        verdicts=list(Verdict),
        verdict_words=verdict_words,
    )


@outcomes.get("/outcomes/frozen/<public_id>/report.xlsx")
@requires(Permission.OUTCOME_SEE)
def frozen_sheet(public_id: str) -> ResponseReturnValue:
    """For outside: small counts are hidden."""
    found = frozen(reads(), actor(), public_id)
    record()
    title = f"{day_short(found.row.first_day)} – {day_short(found.row.last_day)}"
    sheet = sheet_of(parts_of(found.figures, True), _("Figures"))
    return download(workbook([sheet], title), XLSX, f"{_name(found)}.xlsx")


def _name(found: Frozen) -> str:
    return f"outcomes-{found.row.first_day.isoformat()}-{found.row.last_day.isoformat()}"
