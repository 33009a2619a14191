"""A report from the form to the shop: read before it is released, released, saved, taken back."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select, update

from placement.adapters import pdf as adapter
from placement.domain.placements import PlacementKind
from placement.domain.reports import ReportReader
from placement.models.accounts.account import Account
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement
from placement.models.progress.summary import PlacementSummary
from placement.models.reports.report import Report
from placement.models.system.log import AccessLog
from tests.adapters.test_pdf import tags
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.pages import Page, words_of

#: What must not reach an employer: beginnings of words of both languages.
NOT_FOR_SHOPS = (
    "health", "therap", "clinic", "patient", "diagnos", "illness", "disab", "anxi", "medic", "depress", "treatment",
    "gesund", "klinik", "krank", "behinder", "angst", "behandl", "belastungserprobung", "arbeitstherapie",
    "growing", "steady", "more help again", "too early", "besser", "schlechter", "rückschritt", "braucht wieder",
    "friendly with everybody", "ask early", "excused", "absent", "did not come", "entschuldigt",
)  # fmt: skip


def pdf_of(visitor: Visitor, path: str) -> PdfReader:
    answer = visitor.http.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    return PdfReader(BytesIO(answer.data))


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def sheets_of(visitor: Visitor, path: str) -> str:
    """Everything written in a workbook, formulas included."""
    answer = visitor.http.get(path)
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.data)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


def body(page: Page) -> list[str]:
    """What the report itself says on a page: its figures and its tables."""
    return [words_of(one) for one in (*page.find("table"), *page.find("div", class_="stats"))]


def test_the_person_reads_first_then_the_shop_and_then_nobody(client_for: ClientFor, cast: Cast, make: Make) -> None:
    cora, noa, sol = (
        client_for(who) for who in (cast.accounts.coordinator, cast.accounts.noa, cast.accounts.supervisor)
    )
    new = f"/participants/{cast.a.participant.public_id}/reports/new?for=employer"
    make.do(lambda s: s.execute(update(Placement).values(kind=PlacementKind.WORK_THERAPY)))
    make_worked(make, cast)
    done = cora.submit(new, 303, placement=cast.a.placement.public_id, period="four_weeks")
    address = done.location
    assert "waits for Noa" in cora.follow(done).h1
    cora.get(f"{address}/report.pdf", 403)
    cora.get(f"{address}/report.xlsx", 403)
    sol.get(address, 404)

    preview = noa.get(address)
    assert "exactly what Corner Grocery would read" in preview.content
    (yes,) = [form for form in preview.main_forms if form.action.endswith("/release")]
    assert "can read this" in noa.follow(noa.submit(yes, 303)).content
    assert address in sol.get("/shop/reports").links
    shown = sol.get(address)
    assert body(shown) == body(preview)
    assert body(cora.get(address)) == body(preview)
    assert pdf_of(sol, f"{address}/report.pdf")

    (back,) = [form for form in noa.get(address).main_forms if form.action.endswith("/take-back")]
    noa.submit(back, 303)
    for path in (address, f"{address}/report.pdf", f"{address}/report.xlsx"):
        sol.get(path, 404)
    assert "took this report back" in cora.get(address).h1


def make_worked(make: Make, cast: Cast) -> None:
    """The form offers placements with shifts that took place."""
    from_summary = {
        "first_shift_day": make.day(-6),
        "last_shift_day": make.day(-6),
        "shifts_done": 1,
        "minutes_worked": 240,
    }
    make.do(
        lambda s: s.execute(
            update(PlacementSummary).where(PlacementSummary.placement_id == cast.a.placement.id).values(**from_summary)
        )
    )


@pytest.mark.parametrize("locale", ["en", "de"])
def test_no_word_on_paper_or_screen_says_more_than_work(
    locale: str, client_for: ClientFor, cast: Cast, make: Make
) -> None:
    sol = cast.accounts.supervisor
    make.do(lambda s: s.execute(update(Account).where(Account.id == sol.id).values(locale=locale)))
    make.do(lambda s: s.execute(update(Placement).values(kind=PlacementKind.WORK_THERAPY)))
    report = make.report(cast.a.placement, cast.accounts.therapist, released_at=make.clock.now)
    visitor, address = client_for(sol), f"/reports/{report.public_id}"
    reader = pdf_of(visitor, f"{address}/report.pdf")
    said = (visitor.get(address).content, text_of(reader), sheets_of(visitor, f"{address}/report.xlsx"))
    for text in said:
        assert "Noa" in text
        assert "Lind" not in text
        assert [word for word in NOT_FOR_SHOPS if word in text.lower()] == []
    assert reader.root_object["/Lang"] == locale
    assert "/StructTreeRoot" in reader.root_object


def test_the_therapists_report_has_it_all_but_quotes_nobody(client_for: ClientFor, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.coach, ReportReader.THERAPIST)
    visitor, address = client_for(cast.accounts.therapist), f"/reports/{report.public_id}"
    page, text = visitor.get(address), text_of(pdf_of(visitor, f"{address}/report.pdf"))
    for said in (page.content, text):
        assert "Too early to tell" in said
        assert "Did not come" in said
        assert "Friendly with everybody." not in said
    task = cast.a.catalog.tasks[0].public_id
    assert any(link.endswith(task) for link in page.links)


def test_every_chart_says_in_words_what_it_shows(client_for: ClientFor, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.coach, ReportReader.THERAPIST)
    reader = pdf_of(client_for(cast.accounts.therapist), f"/reports/{report.public_id}/report.pdf")
    found = list(tags(reader.root_object["/StructTreeRoot"]))
    told = [str(one["/Alt"]) for one in found if one.get("/S") == "/Figure"]
    assert len(told) == 3
    assert all("One answer so far" in text for text in told)
    assert {cast.a.catalog.tasks[n].name["en"] in " ".join(told) for n in range(3)} == {True}
    tables = [one for one in found if one.get("/S") == "/Table"]
    assert len(tables) == 1
    assert "/TH" in {str(one.get("/S")) for one in tags(tables[0])}


def test_ones_own_report_quotes_what_was_written_to_one(client_for: ClientFor, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.noa, ReportReader.PARTICIPANT)
    visitor, address = client_for(cast.accounts.noa), f"/reports/{report.public_id}"
    page, text = visitor.get(address), text_of(pdf_of(visitor, f"{address}/report.pdf"))
    for said in (page.content, text):
        assert "Friendly with everybody." in said
        assert "Too early to tell" not in said
    assert visitor.get("/reports").find("a", href=address)


def test_the_person_sees_that_one_was_written_for_therapists(client_for: ClientFor, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.coach, ReportReader.THERAPIST)
    page = client_for(cast.accounts.noa).get(f"/reports/{report.public_id}")
    assert "Ask Jo Field to look at it with you" in page.content
    client_for(cast.accounts.noa).get(f"/reports/{report.public_id}/report.pdf", 403)


def test_texts_stay_texts_in_the_spreadsheet(client_for: ClientFor, cast: Cast, make: Make) -> None:
    evil = '=HYPERLINK("http://x.example","y")'
    make.do(lambda s: s.execute(update(Opening).where(Opening.id == cast.a.opening.id).values(role=evil)))
    report = make.report(cast.a.placement, cast.accounts.coach, released_at=make.clock.now)
    written = sheets_of(client_for(cast.accounts.supervisor), f"/reports/{report.public_id}/report.xlsx")
    assert "'=HYPERLINK(" in written
    assert "<f>" not in written
    assert "<hyperlink" not in written


def test_every_opening_is_written_down(client_for: ClientFor, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.coach, released_at=make.clock.now)
    visitor, address = client_for(cast.accounts.supervisor), f"/reports/{report.public_id}"
    for path in (address, f"{address}/report.pdf", f"{address}/report.xlsx"):
        visitor.http.get(path)
    rows = make.all(
        select(AccessLog.page).where(
            AccessLog.account_id == cast.accounts.supervisor.id, AccessLog.participant_id == cast.a.participant.id
        )
    )
    assert rows == ["reports.show", "reports.pdf", "reports.xlsx"]


def test_days_of_ones_own_choice(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coach)
    new = f"/participants/{cast.a.participant.public_id}/reports/new"
    page = visitor.submit(new, 422, reader="therapist", period="days")
    assert "Please choose the first day." in page.content
    page = visitor.submit(new, 422, reader="therapist", period="days", first_day=make.day(-3), last_day=make.day(2))
    assert "A report ends today or earlier." in page.content
    visitor.submit(new, 303, reader="therapist", period="days", first_day=make.day(-3), last_day=make.day(-1))
    row = make.one(select(Report))
    assert (row.first_day, row.last_day, row.reader) == (make.day(-3), make.day(-1), ReportReader.THERAPIST)


def test_removed_after_asking(client_for: ClientFor, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.coach, ReportReader.THERAPIST)
    visitor = client_for(cast.accounts.coach)
    page = visitor.follow(visitor.submit(f"/reports/{report.public_id}/remove", 303))
    assert "No report yet" in page.content
    assert make.one(select(Report)) is None


def test_without_pango_the_page_says_so(
    app: Flask, client_for: ClientFor, cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "weasyprint", None)
    report = make.report(cast.a.placement, cast.accounts.coach, ReportReader.THERAPIST)
    visitor = client_for(cast.accounts.coach)
    page = visitor.follow(visitor.get(f"/reports/{report.public_id}/report.pdf", 303))
    assert "a part of the system is missing" in page.words
