"""A participant reads their own attendance before a funder does."""

from __future__ import annotations

from placement.domain.shifts import Attendance
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_what_is_written_down(client_for: ClientFor, cast: Cast, make: Make, statements: Counter) -> None:
    make.shift(cast.a.placement, make.day(-8), attendance=Attendance.ABSENT)
    make.shift(cast.a.placement, make.day(-9), attendance=Attendance.EXCUSED)
    make.shift(cast.b.placement, make.day(-9), attendance=Attendance.ABSENT)
    visitor = client_for(cast.accounts.noa)
    assert "/me/attendance" in visitor.get("/me").links
    with statements:
        page = visitor.get("/me/attendance")
    assert statements.count <= 4
    assert page.h1 == "You were there at 1 shift"
    assert "did not come 1" in page.words
    assert "excused 1" in page.words
    assert page.words.count("Corner Grocery, Market Street") == 5, "five have begun; the one to come is not here"


def test_nothing_yet(client_for: ClientFor, cast: Cast) -> None:
    assert "No shift yet" in client_for(cast.accounts.kim).get("/me/attendance").words


def test_many_shifts_have_pages(client_for: ClientFor, cast: Cast, make: Make) -> None:
    for days in range(20, 66):
        make.shift(cast.a.placement, make.day(-days), attendance=Attendance.HERE)
    page = client_for(cast.accounts.noa).get("/me/attendance")
    assert page.find("a", rel="next")
    assert page.h1 == "You were there at 47 shifts"
