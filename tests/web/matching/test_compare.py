from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from placement.models.system.log import AccessLog, Audit
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter
from tests.usecases.matching.cohort import drawn
from tests.web.matching.workbench import Bench, newest, write_bench


@pytest.fixture
def bench(make: Make, cast: Cast) -> Bench:
    return write_bench(make, cast)


@pytest.fixture
def visitor(client_for: ClientFor, cast: Cast) -> Visitor:
    return client_for(cast.accounts.coordinator)


def test_who_changes_between_two_drafts(visitor: Visitor, bench: Bench, make: Make, statements: Counter) -> None:
    visitor.post(f"{bench.person(bench.bo)}/choose/{bench.cohort.bakery.public_id}", {}, 303)
    made = newest(make).public_id
    url = f"/matching/compare?a={bench.run}&b={made}"
    assert url in visitor.get(f"/matching/{made}").links
    with statements:
        page = visitor.get(url)
    assert statements.count <= 6, statements.texts
    assert page.h1 == "2 people have another place."
    assert "3 of 3" in page.words
    assert "Sum of all fits, in points" in page.words
    assert "1 person stays where they are." in page.words
    for person in (bench.ana, bench.bo):
        assert f"/matching/{made}/people/{person.public_id}" in page.links
    assert "Cem Winter" not in page.content
    up = ["".join(cell.itertext()) for cell in visitor.get(f"{url}&sort=gain").find("th", scope="row")]
    assert [name.split()[0] for name in up if "Winter" in name] == ["Ana", "Bo"]


def test_different_people_and_nobody_changed(visitor: Visitor, bench: Bench, make: Make) -> None:
    few = drawn(make, bench.cohort, participants=(bench.ana.public_id, bench.bo.public_id))
    page = visitor.get(f"/matching/compare?a={bench.run}&b={few}")
    assert page.h1 == "The two runs are about different people."
    assert "only in the first run" in page.words
    assert f"/matching/{bench.run}/people/{bench.cem.public_id}" in page.links
    assert "only in the second run" in visitor.get(f"/matching/compare?a={few}&b={bench.run}").words
    same = drawn(make, bench.cohort)
    page = visitor.get(f"/matching/compare?a={bench.run}&b={same}")
    assert page.h1 == "Everybody has the same place in both runs."
    small = drawn(make, bench.cohort, openings=(bench.cohort.bakery.public_id,))
    assert visitor.get(f"/matching/compare?a={bench.run}&b={small}").h1 == "2 people lose their place."
    assert visitor.get(f"/matching/compare?a={small}&b={bench.run}").h1 == "2 people gain a place."


def test_choosing_what_to_compare(visitor: Visitor, bench: Bench, make: Make) -> None:
    other = drawn(make, bench.cohort)
    page = visitor.get("/matching/compare")
    assert page.h1 == "Which two runs do you want to compare?"
    assert other in page.text
    assert visitor.get(f"/matching/compare?b={other}").h1 == page.h1
    visitor.post(f"{bench.person(bench.bo)}/choose/{bench.cohort.bakery.public_id}", {}, 303)
    made = newest(make).public_id
    assert visitor.get(f"/matching/compare?b={made}", 303).location.endswith(f"?a={bench.run}&b={made}")
    assert visitor.get(f"/matching/compare?a={other}&b={other}", 303).location.endswith(other)
    visitor.get("/matching/compare?a=AAAAAAAAAAAAAAAA&b=BBBBBBBBBBBBBBBB", 404)


def test_everybody_on_paper(visitor: Visitor, bench: Bench, make: Make) -> None:
    run = drawn(make, bench.cohort, openings=(bench.cohort.bakery.public_id,))
    page = visitor.get(f"/matching/{run}/print")
    assert page.h1 == "1 of 3 people has a place, proved best under these rules."
    for person in bench.cohort.people:
        assert person.preferred_name in page.words
    assert "Every place that passes went to someone else" in page.words


def test_a_spreadsheet_of_everybody(visitor: Visitor, bench: Bench, make: Make) -> None:
    run = drawn(make, bench.cohort, openings=(bench.cohort.bakery.public_id,), name="=1+1")
    answer = visitor.http.get(f"/matching/{run}/export.xlsx")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=matching-")
    book = _texts(answer.data)
    assert {"Pairs", "Without a place", "Ana", "Bo Winter", "Cem Winter", "Bakery helper", "Fit, of 100"} <= book
    assert not {text for text in book if text.startswith("=")}
    log = make.all(select(Audit.action).order_by(Audit.id))
    assert log[-1] == "matching.export"
    assert "matching.export" in make.all(select(AccessLog.page))


def _texts(data: bytes) -> set[str]:
    from_file = []
    with ZipFile(BytesIO(data)) as archive:
        for name in ("xl/sharedStrings.xml", "xl/workbook.xml"):
            root = ElementTree.fromstring(archive.read(name))
            from_file += [part.text or part.attrib.get("name", "") for part in root.iter()]
    return set(from_file)
