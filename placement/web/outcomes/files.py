"""The figures of a period as files, as they may leave the program."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.adapters.spreadsheet import workbook
from placement.domain.outcomes import Verdict, figures, packed, verdict_words
from placement.policy.permissions import Permission
from placement.queries.outcomes.facts import outcome_facts
from placement.web.current import actor, reads, today
from placement.web.gate import record, requires
from placement.web.outcomes.blueprint import outcomes
from placement.web.outcomes.periods import Period, asked_period
from placement.web.outcomes.view import Part, parts_of, sheet_of
from placement.web.paper import XLSX, download, pdf_file


@outcomes.get("/outcomes/report.pdf")
@requires(Permission.OUTCOME_SEE)
def pdf() -> ResponseReturnValue:
    period = asked_period(today())
    return pdf_file(
        "print/outcomes.html",
        f"outcomes-{period.value}",
        url_for("outcomes.show", period=period.value),
        landscape=True,
        program=actor().program_name,
        first=period.first,
        last=period.last,
        as_of=today(),
        parts=_outside(period),
        verdicts=list(Verdict),
        verdict_words=verdict_words,
    )


@outcomes.get("/outcomes/report.xlsx")
@requires(Permission.OUTCOME_SEE)
def sheet() -> ResponseReturnValue:
    period = asked_period(today())
    made = sheet_of(_outside(period), _("Figures"))
    return download(workbook([made], period.label), XLSX, f"outcomes-{period.value}.xlsx")


def _outside(period: Period) -> list[Part]:
    facts = outcome_facts(reads(), actor(), period.first, period.last, today())
    record()
    return parts_of([packed(one) for one in figures(facts)], True)
