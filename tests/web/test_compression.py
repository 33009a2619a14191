"""What is compressed, for whom, and what is not."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import Phone, link_for

GZIP = {"Accept-Encoding": "gzip, br"}
OURS = {**GZIP, "Sec-Fetch-Site": "same-origin"}
FILES = ["/static/css/theme.css", "/static/js/card/send.js", "/card/shell?locale=en&theme=auto",
         "/card/sw.js?locale=en&theme=auto", "/card/manifest.webmanifest?locale=en&theme=auto"]  # fmt: skip


@pytest.fixture
def phone(app: Flask, cast: Cast, make: Make) -> Phone:
    return Phone(app, link_for(make, cast.a.placement))


def is_small(answer: TestResponse) -> bool:
    return answer.headers.get("Content-Encoding") == "gzip"


@pytest.mark.parametrize("path", FILES)
def test_files_are_the_same_bytes_in_fewer(client_for: ClientFor, path: str) -> None:
    http = client_for().http
    plain, small = http.get(path), http.get(path, headers=GZIP)
    assert not is_small(plain)
    assert is_small(small)
    assert gzip.decompress(small.data) == plain.data
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data)
    for answer in (plain, small):
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_file_that_is_known_is_not_sent_again(client_for: ClientFor) -> None:
    http = client_for().http
    first = http.get(FILES[0], headers=GZIP)
    again = http.get(FILES[0], headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_parts_of_a_file_pictures_and_small_ones_stay_as_they_are(client_for: ClientFor) -> None:
    http = client_for().http
    part = http.get(FILES[0], headers={**GZIP, "Range": "bytes=0-99"})
    assert (part.status_code, len(part.data), is_small(part)) == (206, 100, False)
    assert not is_small(http.get("/static/icons/card-192.png", headers=GZIP))
    assert not is_small(http.get(FILES[0], headers={"Accept-Encoding": "gzip;q=0"}))
    assert not is_small(http.head(FILES[0], headers=GZIP))


def test_the_card_is_compressed_only_for_our_own_pages(phone: Phone) -> None:
    for path in ("/card", "/card/worried", "/card/data"):
        small = phone.http.get(path, headers=OURS)
        assert is_small(small), path
        assert small.status_code == 200
    for site in ("cross-site", "same-site", None):
        headers = {**GZIP, **({"Sec-Fetch-Site": site} if site else {})}
        answer = phone.http.get("/card", headers=headers)
        assert not is_small(answer), site
        assert "Sec-Fetch-Site" in answer.headers["Vary"]


def test_no_other_page_is_compressed(client_for: ClientFor, cast: Cast) -> None:
    desk = client_for(cast.accounts.coordinator)
    for path in ("/", "/participants?q=Noa", "/account"):
        assert not is_small(desk.http.get(path, headers=OURS, follow_redirects=True)), path
