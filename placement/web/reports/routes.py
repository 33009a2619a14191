"""Reports: which there are, and each as a page, a PDF and a spreadsheet."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.adapters.spreadsheet import workbook
from placement.domain.reports import ReportReader, reader_words, state_words
from placement.domain.text import fold
from placement.policy.permissions import Permission
from placement.queries.progress.page import own_public_id
from placement.queries.reports.content import report_content
from placement.queries.reports.head import own_reports, report_head, reports_of, shop_reports
from placement.queries.reports.records import Head
from placement.web.current import actor, reads, today
from placement.web.gate import record, requires
from placement.web.lists import cursor, neighbors
from placement.web.paper import XLSX, download, pdf_file
from placement.web.reports import certificates, write_pages
from placement.web.reports.blueprint import reports
from placement.web.reports.sheets import sheets_of
from placement.web.reports.view import PAGE, PAPER, view_of

__all__ = ["certificates", "reports", "write_pages"]


@reports.get("/reports")
@requires(Permission.REPORT_RELEASE)
def mine() -> ResponseReturnValue:
    """The participant's own."""
    found = own_reports(reads(), actor(), cursor())
    record(found.participant_id)
    return _list(found, own=True)


@reports.get("/participants/<public_id>/reports")
@requires(Permission.REPORT_LIST)
def index(public_id: str) -> ResponseReturnValue:
    if public_id == own_public_id(reads(), actor()):
        return redirect(url_for("reports.mine"))
    found = reports_of(reads(), actor(), public_id, cursor())
    record(found.participant_id)
    return _list(found, own=False)


@reports.get("/shop/reports")
@requires(Permission.REPORT_SHOP)
def shop() -> ResponseReturnValue:
    """What participants released to the supervisor's shops."""
    page = shop_reports(reads(), actor(), cursor())
    record()
    return render_template("reports/shop.html", page=page, **neighbors(page))


@reports.get("/reports/<public_id>")
@requires(Permission.REPORT_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """As a page; while it waits for the participant's yes, staff see only that it waits."""
    head = report_head(reads(), actor(), public_id)
    record(head.participant_id)
    common = {"head": head, "reader_words": reader_words, "state_words": state_words, "for_shop": _for_shop(head)}
    if not head.opens:
        return render_template("reports/closed.html", **common)
    report = report_content(reads(), actor(), head)
    view = view_of(head, report, PAGE, today())
    return render_template("reports/show.html", report=report, view=view, **common)


@reports.get("/reports/<public_id>/report.pdf")
@requires(Permission.REPORT_SEE)
def pdf(public_id: str) -> ResponseReturnValue:
    head = report_head(reads(), actor(), public_id)
    report = report_content(reads(), actor(), head)
    record(head.participant_id)
    view = view_of(head, report, PAPER, today())
    back = url_for("reports.show", public_id=public_id)
    return pdf_file("print/report.html", _name(head), back, head=head, report=report, view=view, today=today())


@reports.get("/reports/<public_id>/report.xlsx")
@requires(Permission.REPORT_SEE)
def xlsx(public_id: str) -> ResponseReturnValue:
    head = report_head(reads(), actor(), public_id)
    report = report_content(reads(), actor(), head)
    record(head.participant_id)
    view = view_of(head, report, (), today())
    return download(workbook(sheets_of(report, view), view.title), XLSX, f"{_name(head)}.xlsx")


def _list(found: object, own: bool) -> ResponseReturnValue:
    return render_template(
        "reports/index.html", found=found, own=own, reader_words=reader_words, state_words=state_words,
        **neighbors(found.page),  # type: ignore[attr-defined]
    )  # fmt: skip


def _for_shop(head: Head) -> bool:
    """Whether the reader is neither the participant nor one of those who look after them."""
    return not head.by_participant and not head.by_staff


def _name(head: Head) -> str:
    """Of the file: whose first name, and the last day; no family name lies about in folders."""
    who = "".join(letter if letter.isalnum() else "-" for letter in fold(head.first_name))
    what = _("work") if head.reader is ReportReader.EMPLOYER else _("report")
    return f"{what}-{who}-{head.last_day.isoformat()}"
