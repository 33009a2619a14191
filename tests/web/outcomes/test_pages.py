"""Reports for funders as pages and files: every figure opens its rows, and what may leave hides small counts."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from sqlalchemy import select

from placement.models.outcomes.frozen import FrozenReport
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.enrollments.rows import enrollment_row, frozen_row, job_row


def cohort(make: Make, cast: Cast) -> None:
    for number in range(7):
        person = make.participant(cast.a.program, f"P{number}", f"Sand{number}")
        row = enrollment_row(make, person)
        if number < 2:
            job_row(make, row, integrated=True, subsidised=False, four_hours=True)


def test_figures_open_their_rows(client_for: ClientFor, cast: Cast, make: Make) -> None:
    cora = client_for(cast.accounts.coordinator)
    assert "People served" in cora.get("/outcomes").words
    cohort(make, cast)
    page = cora.get(f"/outcomes?period={make.today.year}")
    assert "29%" in page.words
    rows = [link for link in page.links if "figure=ips_employed" in link]
    opened = cora.get(rows[0])
    assert "P0 Sand0" in opened.words
    assert "IPS supported employment" in opened.words
    assert "Nobody counts here" in cora.get("/outcomes/rows?figure=graded_load").words
    assert cast.a.employer.name in cora.get("/outcomes/rows?figure=employers_served").words
    assert "People served" in cora.get("/outcomes/rows?figure=nonsense&period=1999").words


def test_what_may_leave_hides_small_counts(client_for: ClientFor, cast: Cast, make: Make) -> None:
    cora = client_for(cast.accounts.coordinator)
    cohort(make, cast)
    inside = cora.get(f"/outcomes?period={make.today.year}")
    outside = cora.get(f"/outcomes?period={make.today.year}&outside=1")
    assert "hidden" not in inside.content.replace("Files hide", "")
    assert "hidden" in outside.content
    assert "29%" not in outside.words
    assert not [link for link in outside.links if "figure=" in link]
    book = cora.http.get(f"/outcomes/report.xlsx?period={make.today.year}")
    texts = ZipFile(BytesIO(book.data)).read("xl/sharedStrings.xml").decode()
    assert "hidden" in texts
    assert "29%" not in texts
    assert "Sand0" not in texts
    file = cora.http.get("/outcomes/report.pdf")
    assert file.data.startswith(b"%PDF")
    assert file.headers["Cache-Control"] == "no-store"


def test_freezing_and_looking_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    cora = client_for(cast.accounts.coordinator)
    assert "Nothing is frozen yet" in cora.get("/outcomes/frozen").words
    cohort(make, cast)
    page = cora.follow(cora.post(f"/outcomes/freeze?period={make.today.year}", {}))
    assert "Frozen by" in page.words
    key = make.one(select(FrozenReport)).public_id
    before = cora.get(f"/outcomes/frozen/{key}").content
    cohort(make, cast)
    assert cora.get(f"/outcomes/frozen/{key}").content == before
    assert "hidden" in cora.get(f"/outcomes/frozen/{key}?outside=1").content
    assert cora.http.get(f"/outcomes/frozen/{key}/report.pdf").data.startswith(b"%PDF")
    assert cora.http.get(f"/outcomes/frozen/{key}/report.xlsx").data.startswith(b"PK")
    assert len(cora.get("/outcomes/frozen").links) > 3
    foreign = frozen_row(make, cast.b.program)
    cora.get(f"/outcomes/frozen/{foreign.public_id}", 404)


def test_months_and_hours(client_for: ClientFor, cast: Cast, make: Make) -> None:
    cora = client_for(cast.accounts.coordinator)
    assert "Shifts that took place" in cora.get(f"/outcomes/activity?period={make.today.year}").words
    month = f"{cast.a.rated.day:%Y-%m}"
    page = cora.get(f"/outcomes/hours?month={month}")
    assert "no approval on that day" in page.words
    assert "Noa Lind" in page.words
    for odd in ("2026-13", "x", "9999-01", ""):
        cora.get(f"/outcomes/hours?month={odd}")
