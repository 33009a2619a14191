"""Reports for funders: figures of a period, the rows behind each, files, and what was frozen."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.enrollments import expense_words
from placement.domain.errors import Refused
from placement.domain.outcomes import DEFINITIONS, OF_EMPLOYERS, Verdict, figure, figures, packed, verdict_words
from placement.policy.permissions import Permission
from placement.queries.outcomes.facts import employer_names, missing_exits, names, outcome_facts
from placement.queries.outcomes.months import activity, month_page
from placement.usecases.outcomes.freeze import freeze_report
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.lists import asked
from placement.web.outcomes import files, frozen_pages
from placement.web.outcomes.blueprint import outcomes
from placement.web.outcomes.periods import asked_month, asked_period, months_offered, offered
from placement.web.outcomes.view import parts_of
from placement.web.words import say

__all__ = ["files", "frozen_pages", "outcomes"]

#: Rows behind a figure shown at once.
MOST_ROWS = 500


@outcomes.get("/outcomes")
@requires(Permission.OUTCOME_SEE)
def show() -> ResponseReturnValue:
    """All figures of a period; ``outside``: as they may leave the program."""
    period, outside = asked_period(today()), bool(asked("outside", ("1",)))
    facts = outcome_facts(reads(), actor(), period.first, period.last, today())
    made = [packed(one) for one in figures(facts)]
    missing = missing_exits(reads(), actor(), period.first)
    record()
    return render_template(
        "outcomes/show.html",
        parts=parts_of(made, outside),
        period=period,
        periods=offered(today()),
        outside=outside,
        missing=missing,
        verdicts=list(Verdict),
        verdict_words=verdict_words,
    )


@outcomes.get("/outcomes/rows")
@requires(Permission.OUTCOME_SEE)
def rows() -> ResponseReturnValue:
    """Who counts in the asked figure, and as what."""
    key, period = asked("figure", list(DEFINITIONS)) or "served", asked_period(today())
    found = figure(outcome_facts(reads(), actor(), period.first, period.last, today()), key)
    keys = {row.person for row in found.rows[:MOST_ROWS]}
    named = (employer_names if key in OF_EMPLOYERS else names)(reads(), actor(), keys)
    record()
    return render_template(
        "outcomes/rows.html",
        found=found,
        about=DEFINITIONS[key],
        named=named,
        period=period,
        of_employers=key in OF_EMPLOYERS,
        most=MOST_ROWS,
        verdict_words=verdict_words,
    )


@outcomes.get("/outcomes/activity")
@requires(Permission.OUTCOME_SEE)
def months() -> ResponseReturnValue:
    """A period month by month, and why people left."""
    period = asked_period(today())
    found = activity(reads(), actor(), period.first, min(period.last, today()))
    record()
    return render_template("outcomes/months.html", found=found, period=period, periods=offered(today()))


@outcomes.get("/outcomes/hours")
@requires(Permission.OUTCOME_SEE)
def hours() -> ResponseReturnValue:
    """Hours and costs of a month: per participant and site, per funder, against what is approved."""
    month = asked_month(today())
    found = month_page(reads(), actor(), month)
    record()
    return render_template(
        "outcomes/hours.html", found=found, month=month, months=months_offered(today()), expense_words=expense_words
    )


@outcomes.post("/outcomes/freeze")
@requires(Permission.OUTCOME_FREEZE)
def freeze() -> ResponseReturnValue:
    """Keep the figures of the asked period as they are today."""
    period = asked_period(today())
    try:
        made = freeze_report(work(), actor(), period.first, period.last)
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("outcomes.show", period=period.value), 303)
    flash(_("Frozen. These figures stay as they are today."))
    return redirect(url_for("outcomes.frozen_report", public_id=made), 303)
