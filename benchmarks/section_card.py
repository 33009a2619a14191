"""What a phone loads for the card: the first visit with everything it keeps, and every visit after that."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from flask_migrate import upgrade

from tests.application import build_app, dispose
from tests.clock import Clock
from tests.factories.cast import write_cast
from tests.factories.make import Make
from tests.web.cards.phones import HEADERS, Phone, link_for

#: Most bytes, as the application serves them.
FIRST, AFTER = 60 * 1024, 10 * 1024
_LINKED = re.compile(r'<(?:link rel="(?:stylesheet|icon|manifest)"|script)[^>]*?(?:href|src)="(/[^"]+)"')
_KEPT = re.compile(r'"(/[^"]+)"')


def run() -> list[str]:
    """Measure and print; returns what is over its budget."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        app = build_app(f"sqlite:///{Path(folder) / 'card.db'}", clock)
        with app.app_context():
            upgrade()
        make = Make(app.extensions["placement_work"], clock)
        phone = Phone(app, link_for(make, write_cast(make).a.placement))
        first, after = _first(phone), _after(phone)
        dispose(app)
    return _told("first visit", first, FIRST) + _told("each after that", after, AFTER)


def _first(phone: Phone) -> dict[str, int]:
    """The link's page, the card, what both name, and what the worker puts aside for later; each address once."""
    pages = [phone.link.path, "/card"]
    worker = phone.http.get(_worker(phone)).text
    linked = [found.replace("&amp;", "&") for page in pages for found in _LINKED.findall(phone.http.get(page).text)]
    kept = _KEPT.findall(worker.split("const FILES = ")[1].split(";\n")[0])
    return {path: _size(phone, path) for path in [*pages, *linked, *kept, _worker(phone), "/card/data"]}


def _after(phone: Phone) -> dict[str, int]:
    """Addresses with a hash come from the phone; the rest of the scripts is only asked for whether it changed."""
    return {path: _size(phone, path) for path in ("/card", _worker(phone), "/card/data")}


def _worker(phone: Phone) -> str:
    found = re.search(r'data-worker="([^"]+)"', phone.http.get("/card").text)
    if found is None:
        raise LookupError("the card names no worker")
    return found[1].replace("&amp;", "&")


def _size(phone: Phone, path: str) -> int:
    """Bytes of the body as the application itself sends it to a phone that opened the link in its browser."""
    return len(phone.http.get(path, headers={**HEADERS, "Accept-Encoding": "gzip, deflate, br"}).data)


def _told(name: str, sizes: dict[str, int], most: int) -> list[str]:
    total = sum(sizes.values())
    print(f"\nCard, {name}: {total / 1024:.1f} KB of {most / 1024:.0f} KB as served, {len(sizes)} files")
    for path, size in sorted(sizes.items(), key=lambda one: -one[1])[:8]:
        print(f"  {size / 1024:6.1f} KB  {path.split('?')[0]}")
    return [] if total <= most else [f"card, {name}: {total / 1024:.1f} KB"]


if __name__ == "__main__":
    raise SystemExit(1 if run() else 0)
