from __future__ import annotations

import pytest
from flask import Flask

from tests.application import ClientFor
from tests.factories.cast import Cast

PAGE = "/account/reading"


def test_somebody_chooses_how_they_read(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.noa)
    page = visitor.get(PAGE)
    assert page.root.attrib["lang"] == "en"
    assert "data-large" not in page.root.attrib
    assert "Short sentences and easy words" in page.content
    done = visitor.submit(PAGE, 303, plain="y", large_type="y", pictograms="y", read_aloud="y")
    after = visitor.follow(done)
    assert "Short sentences. Easy words." in after.content
    assert "data-large" in after.root.attrib
    assert after.find("div", class_="aloud")
    assert visitor.get("/me").find("span", class_="picto")
    back = visitor.follow(visitor.post(PAGE, {}, 303))
    assert "Short sentences and easy words" in back.content
    assert not visitor.get("/me").find("span", class_="picto")


def test_plain_german_lies_over_german(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.noa)
    visitor.post("/preferences", {"locale": "de"}, 303)
    visitor.post(PAGE, {"plain": "y"}, 303)
    page = visitor.get(PAGE)
    assert "Kurze Sätze. Leichte Wörter." in page.content
    assert "Größere Schrift" in page.content


def test_nobody_else_reads_plainly(client_for: ClientFor, cast: Cast) -> None:
    client_for(cast.accounts.noa).post(PAGE, {"plain": "y"}, 303)
    assert "Short sentences and easy words" in client_for(cast.accounts.kim).get(PAGE).content


@pytest.mark.parametrize(("chosen", "words"), [(True, "Kisten tragen"), (False, "Waren verräumen")])
def test_catalog_wording_has_a_plain_variant(
    app: Flask, chosen: bool, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wording = app.jinja_env.filters["say"]
    text = {"de": "Waren verräumen", "de-plain": "Kisten tragen", "en": "Put goods away"}
    monkeypatch.setattr("placement.web.words.reads_plain", lambda: chosen)
    with app.test_request_context(headers={"Accept-Language": "de"}):
        assert wording(text) == words
