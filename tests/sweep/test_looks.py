"""The sweep itself can fail: a page with one fault of each kind, and each is named."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Browser

from tests.live import serving
from tests.sweep.looks import open_looks

_BAD = """<!doctype html><html lang="en"><title>Bad</title>
<style>p { color: #aaa; background: #fff } @media (max-width: 500px) { hr { width: 900px } }
@media (prefers-color-scheme: dark) { h1 { color: #333; background: #222 } }
[data-theme=dark] h2 { color: #333; background: #222 }</style>
<h1>Bad</h1><h2>Worse</h2><p>Pale words</p><input type="text"><hr>
<ul><li><a href="#a" style="display:block;font-size:10px;line-height:12px">First</a>
<li><a href="#b" style="display:block;font-size:10px;line-height:12px">Second</a></ul>
<script src="https://elsewhere.example/x.js"></script><script>console.error("said so"); nowhere()</script>"""


def test_faults_are_found(browser: Browser) -> None:
    site = Flask("bad")

    @site.get("/bad")
    def bad() -> tuple[str, dict[str, str]]:
        policy = "default-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
        return _BAD, {"Content-Security-Policy": policy}

    with serving(site) as address:
        looks = open_looks(browser, address, None, "en")
        assert looks.page("/bad") == 4
        assert looks.page("/absent") == 0
        looks.context.close()
    said = "\n".join(looks.faults)
    for fault in (
        "[1280 light]: axe color-contrast × 1 at p",
        "[1280 dark]: axe color-contrast × 2",
        "[360 dark]: axe color-contrast × 2",
        "[1280 light]: axe label × 1 at input",
        "axe target-size",
        "[360 light]: 9",
        "sticks out: hr",
        "console error: said so",
        "Content Security Policy",
        "nowhere is not defined",
        "/absent: answered 404",
    ):
        assert fault in said, f"{fault} is missing in\n{said}"
    assert "[1280 light]: 9" not in said
