"""The portfolio of strengths: a page to keep, to print, to show."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.charts.bars import HoursChart, HoursPoint, hours_chart
from placement.domain.milestone_words import milestone_words
from placement.domain.milestones import RuleKind
from placement.domain.words import Say
from placement.policy.permissions import Permission
from placement.queries.progress.page import own_public_id
from placement.queries.progress.portfolio import Mark, Portfolio, own_portfolio, portfolio_of
from placement.usecases.progress.portfolio import name_shops
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress


@progress.get("/portfolio")
@requires(Permission.PORTFOLIO_OWN)
def portfolio() -> ResponseReturnValue:
    """The participant's own."""
    found = own_portfolio(reads(), actor())
    record(found.participant_id)
    return render_template(
        "progress/portfolio.html", found=found, own=True, title=_title, today=today(), hours=_hours(found)
    )


@progress.get("/participants/<public_id>/portfolio")
@requires(Permission.PROGRESS_SEE)
def portfolio_of_person(public_id: str) -> ResponseReturnValue:
    """To look at together."""
    if public_id == own_public_id(reads(), actor()):
        return redirect(url_for("progress.portfolio"))
    found = portfolio_of(reads(), actor(), public_id)
    record(found.participant_id)
    return render_template(
        "progress/portfolio.html", found=found, own=False, title=_title, today=today(), hours=_hours(found)
    )


@progress.post("/portfolio/shops")
@requires(Permission.PORTFOLIO_OWN)
def portfolio_shops() -> ResponseReturnValue:
    """Name the shops, or not."""
    wanted = request.form.get("named") == "1"
    name_shops(work(), actor(), wanted)
    flash(_("The shops are named now.") if wanted else _("The shops are not named any more."))
    return redirect(url_for("progress.portfolio"), 303)


def _hours(found: Portfolio) -> HoursChart | None:
    """How the hours grew; None while a single month says no more than their sum."""
    if len(found.months) < 2:
        return None
    return hours_chart([HoursPoint(month.last, month.minutes) for month in found.months])


def _title(mark: Mark) -> Say:
    own = mark.name if mark.kind is RuleKind.OWN_WORDS else None
    return milestone_words(
        mark.kind, task=mark.task, percent=mark.percent, occasions=mark.occasions, amount=mark.amount, name=own
    )
