"""PDF files: tagged, titled, in a language, and made of nothing from outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from placement.adapters import pdf as adapter
from placement.adapters.pdf import PdfUnavailable, pdf

PAGE = """<!doctype html><html lang="de"><head><title>Bericht für Jörg</title></head><body>
<h1>Grüße aus Köln</h1><p>Übung macht den Meister: „weiß“.</p>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><title>Drei Punkte</title>
<circle cx="4" cy="4" r="3" fill="#0b6b63"/></svg>
<table><tr><th scope="col">Aufgabe</th></tr><tr><td>Regale füllen</td></tr></table>{}</body></html>"""


def tags(element: Any) -> Iterator[Any]:
    """Every element of the structure tree."""
    element = element.get_object()
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if not isinstance(kid, int) and hasattr(kid.get_object(), "get"):
            yield from tags(kid)


def test_the_library_it_draws_with_is_there() -> None:
    """Missing system packages are a failure, never a reason to skip."""
    assert not adapter.missing, f"{adapter.missing}: {adapter.INSTALL}"


def test_tagged_titled_and_in_its_language() -> None:
    reader = PdfReader(BytesIO(pdf(PAGE.format(""), "h1 { color: #123456 }")))
    catalog = reader.root_object
    assert catalog["/Lang"] == "de"
    assert catalog["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Bericht für Jörg"
    found = list(tags(catalog["/StructTreeRoot"]))
    kinds = {str(one.get("/S")) for one in found}
    assert {"/H1", "/P", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    assert [one["/Alt"] for one in found if one.get("/S") == "/Figure"] == ["Drei Punkte"]
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()


def test_umlauts_can_be_read_out() -> None:
    text = PdfReader(BytesIO(pdf(PAGE.format(""), ""))).pages[0].extract_text()
    for words in ("Grüße aus Köln", "Übung macht den Meister: „weiß“.", "Regale füllen"):
        assert words in text


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and the paths somebody asked it for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


def test_nothing_is_fetched(asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    outside = f'<img alt="x" src="{address}/i.png"><img alt="y" src="file:///etc/hostname">'
    outside += f'<link rel="stylesheet" href="{address}/s.css">'
    sheet = f"@import url({address}/c.css); body {{ background: url({address}/b.png) }}"
    reader = PdfReader(BytesIO(pdf(PAGE.format(outside), sheet)))
    assert "Grüße" in reader.pages[0].extract_text()
    assert paths == []
    assert len(reader.pages[0].images) == 0


def test_without_pango_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "weasyprint", None)
    monkeypatch.setattr(adapter, "missing", "cannot load library 'libpango-1.0-0'")
    with pytest.raises(PdfUnavailable, match=r"libpango-1\.0-0.*apt-get install libpango"):
        pdf(PAGE.format(""), "")
