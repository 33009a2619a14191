"""What stands behind a secret address, for whoever knows it and nobody else."""

from __future__ import annotations

import logging

import pytest
from icalendar import Calendar

from placement.domain.feeds import FeedKind
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.calendars.addresses import feed_row, path_of


def test_no_sign_in_no_cookie_and_nobody_keeps_it(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = path_of(make, feed_row(make, FeedKind.PARTICIPANT, cast.a.participant))
    answer = client_for().http.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers
    titles = {str(event["SUMMARY"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    assert titles == {"Shift"}
    for secret in ("Noa", "Lind", "Corner", "Market", *(task.name["en"] for task in cast.a.catalog.tasks)):
        assert secret not in answer.get_data(as_text=True)


def test_asked_again_nothing_is_sent_unless_something_changed(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path, http = path_of(make, feed_row(make, FeedKind.PARTICIPANT, cast.a.participant)), client_for().http
    tag = http.get(path).headers["ETag"]
    again = http.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"
    make.shift(cast.a.placement, make.day(6))
    changed = http.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_ended_and_unknown_look_the_same(client_for: ClientFor, cast: Cast, make: Make) -> None:
    ended = path_of(make, feed_row(make, FeedKind.PARTICIPANT, cast.a.participant, revoked_at=make.clock.now))
    old = path_of(make, feed_row(make, FeedKind.PARTICIPANT, cast.kim), generation=2)
    answers = [client_for().http.get(path) for path in (ended, old, "/calendar/made-up.ics")]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.headers["Referrer-Policy"] for answer in answers} == {"no-referrer"}
    assert len({answer.headers["Cache-Control"] for answer in answers}) == 1


def test_a_shop_reads_first_names(client_for: ClientFor, cast: Cast, make: Make) -> None:
    text = client_for().http.get(path_of(make, feed_row(make, FeedKind.SITE, cast.a.site))).get_data(as_text=True)
    assert "SUMMARY:Shift: Noa" in text
    assert "Lind" not in text
    named = path_of(make, feed_row(make, FeedKind.SUPERVISOR, cast.a.rater, names_site=True, locale="de"))
    assert "LOCATION:Corner Grocery\\, Market Street" in client_for().http.get(named).get_data(as_text=True)


def test_the_address_stands_in_no_log(
    client_for: ClientFor, cast: Cast, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    path = path_of(make, feed_row(make, FeedKind.PARTICIPANT, cast.a.participant))
    visitor = client_for()
    visitor.http.application.testing = False
    visitor.http.application.logger.propagate = True
    try:
        with caplog.at_level(logging.INFO):
            assert visitor.http.get(path).status_code == 200
    finally:
        visitor.http.application.testing = True
        visitor.http.application.logger.propagate = False
    lines = [repr(record.__dict__) for record in caplog.records]
    assert any("calendars.feed" in line for line in lines)
    assert not any(path.split("/")[-1].removesuffix(".ics") in line for line in lines)
