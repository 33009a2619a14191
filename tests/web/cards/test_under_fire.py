"""Cards while the database is gone or full, while others answer, and when a script sends what can't be taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text

from placement.domain.shifts import Attendance
from placement.extensions import db
from placement.models.feedback.observation import Feedback
from tests.application import dispose
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import HEADERS, Phone, entry, link_for, shift_id
from tests.web.test_gone import gone

SCRIPT = {**HEADERS, "Accept": "application/json"}


@pytest.fixture
def phone(app: Flask, cast: Cast, make: Make) -> Phone:
    return Phone(app, link_for(make, cast.a.placement))


@pytest.fixture
def owed(cast: Cast, make: Make) -> str:
    return shift_id(make, cast.a.owed)


def sent(make: Make) -> int:
    return int(make.one(select(func.count()).select_from(Feedback)))


@contextmanager
def full(app: Flask) -> Iterator[None]:
    """No room for another page in the file, as on a disk that is full."""
    with app.app_context():
        engine = db.engine

    def limit(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=1")

    event.listen(engine, "connect", limit)
    dispose(app)
    try:
        yield
    finally:
        event.remove(engine, "connect", limit)
        dispose(app)


def test_without_a_database_an_entry_waits_on_the_phone(app: Flask, phone: Phone, make: Make, owed: str) -> None:
    before, body = sent(make), entry(owed, attendance="here", went_well="Calm")
    with gone(app):
        for _ in range(2):
            answer = phone.http.post("/card/entries", json=body, headers=SCRIPT)
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.get_json() == {"error": 503}
        assert phone.http.get("/card/data", headers=SCRIPT).status_code == 503
    for _ in range(2):
        answer = phone.http.post("/card/entries", json=body, headers=SCRIPT)
        assert (answer.status_code, answer.get_json()) == (200, {"saved": body["key"]})
    assert sent(make) == before + 1


def test_without_a_database_the_form_says_that_nothing_was_saved(app: Flask, phone: Phone, make: Make) -> None:
    form, before = next(found for found in phone.get("/card").main_forms if found.method == "post"), sent(make)
    filled = {**form.fields, "attendance": "here", "went_well": "Calm"}
    with gone(app):
        answer = phone.http.post("/card", data=filled)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "Nothing was saved" in answer.get_data(as_text=True)
    # Sent again as the browser offers: the same form, the same key.
    for _ in range(2):
        assert phone.http.post("/card", data=filled).status_code == 303
    assert sent(make) == before + 1


@pytest.mark.parametrize("path", ["/no-such-page", "/card/no-such-page", "/card?x=%00", "/card/open/unknown"])
def test_whatever_is_asked_for_meanwhile_gets_a_page(app: Flask, phone: Phone, path: str) -> None:
    with gone(app):
        assert phone.http.get(path).status_code in (400, 404, 503)


def test_a_full_disk_is_no_false_thanks(app: Flask, phone: Phone, make: Make, owed: str) -> None:
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        pytest.skip("what a full disk does to PostgreSQL is PostgreSQL's")
    before, long = sent(make), "Calm and friendly. " * 100
    bodies = [entry(owed, f"full-disk-{number}", attendance="here", went_well=long) for number in range(40)]
    with full(app):
        answers = [phone.http.post("/card/entries", json=body, headers=SCRIPT) for body in bodies]
        refused = [answer for answer in answers if answer.status_code != 200]
        assert refused, "the disk was never full"
        for answer in refused:
            assert (answer.status_code, answer.get_json()) == (503, {"error": 503})
            assert int(answer.headers["Retry-After"]) > 0
        kept = make.one(text("SELECT count(*) FROM idempotency_key WHERE key LIKE 'full-disk-%'"))
        assert kept == len(bodies) - len(refused)
        assert phone.http.get("/healthz").status_code == 200
    for body in bodies:
        assert phone.http.post("/card/entries", json=body, headers=SCRIPT).status_code == 200
    assert sent(make) == before + 1


@pytest.mark.parametrize(
    ("body", "status"),
    [({"note": "a\x00b"}, 400), ({"note": "\ud800"}, 400), ({"note": "x" * 10_000_000}, 413), ({"note": []}, 400)],
)
def test_a_script_is_told_in_its_own_language_what_can_never_be_taken(
    phone: Phone, owed: str, body: dict[str, Any], status: int
) -> None:
    """JSON: whatever is no answer of ours, the phone sends again for ever."""
    answer = phone.http.post("/card/entries", json=entry(owed, attendance="here", **body), headers=SCRIPT)
    assert answer.status_code == status
    assert answer.get_json()["error"]


def test_what_is_being_written_while_a_colleague_answers_has_a_place_to_go(
    app: Flask, phone: Phone, cast: Cast, make: Make, owed: str
) -> None:
    """Once somebody has answered, nobody is asked any more; a form that is open already is taken."""
    form = next(found for found in phone.get(f"/card?shift={owed}").main_forms if found.method == "post")
    other = Phone(app, link_for(make, cast.a.placement, "Pia", email="pia@shop.example"))
    assert other.deliver(entry(owed, "from-pia-1", attendance="here")).status_code == 200
    assert owed not in [one["id"] for one in phone.data().get_json()["shifts"]]
    phone.submit(form, 303, attendance=Attendance.HERE.value, went_well="Mine as well")
    words = select(Feedback.went_well).where(Feedback.rater_id == phone.link.rater.id)
    assert make.all(words) == ["Mine as well"]


def test_a_shift_of_long_ago_stays_closed(phone: Phone, cast: Cast, make: Make) -> None:
    old = make.shift(cast.a.placement, make.day(-8), feedback_due_at=None)
    page = phone.get(f"/card?shift={shift_id(make, old)}")
    assert page.find("input", name="shift", value=shift_id(make, cast.a.current))
