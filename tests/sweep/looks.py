"""Looks at one page in a browser as no test client can: axe, the console, the width, words left in English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python  # type: ignore[import-untyped]
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

ROOT = Path(__file__).resolve().parents[2]
GERMAN = ROOT / "placement" / "translations" / "de" / "LC_MESSAGES" / "messages.po"
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
WIDTHS = (1280, 360)
THEMES = ("light", "dark")

_RUN = """async () => {
  const found = await axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    resultTypes: ['violations'],
  });
  return found.violations.map(one => [one.id, one.nodes.length, one.nodes[0].target.join(' '),
                                      one.nodes[0].failureSummary.replace(/\\s+/g, ' ').slice(0, 220)]);
}"""
#: What sticks out to the right, the innermost first: the page itself must not scroll sideways.
_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const all = [...document.body.querySelectorAll('*')];
  const out = all.filter(e => e.getBoundingClientRect().right > root.clientWidth + 1);
  const last = out.at(-1);
  return `${root.scrollWidth} px wide` + (last ? `, sticks out: ${last.tagName.toLowerCase()}.${last.className}` : '');
}"""
_THEME = """theme => {
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.bsTheme = theme === 'dark' ? 'dark' : 'light';
}"""
_WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, text = node.textContent.trim().replace(/\\s+/g, ' ');
    if (text && !node.parentElement.closest('script, style, [lang]:not(html)')) found.push(text);
  }
  return found;
}"""


@dataclass
class Looks:
    """One visitor in one language. ``page(path)`` returns how many variants were looked at; faults gather."""

    context: BrowserContext
    address: str
    language: str
    english: frozenset[str]
    faults: list[str] = field(default_factory=list)
    _heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._page = self.context.new_page()
        self._page.on("console", self._hear)
        self._page.on("pageerror", lambda error: self._heard.append(f"script error: {error}"))

    def page(self, path: str) -> int:
        """Look at a page in every width and theme; 0 for what is no page of HTML."""
        page = self._page
        self._heard.clear()
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        try:
            answer = page.goto(self.address + path)
        except Error as error:
            if "Download is starting" in error.message:
                return 0
            raise
        if answer is None or not answer.ok:
            self.faults.append(f"{path}: answered {answer.status if answer else 'nothing'}")
            return 0
        if "text/html" not in answer.headers.get("content-type", ""):
            return 0
        page.evaluate(AXE)
        self._words(path)
        count = sum(1 for _ in self._variants(path))
        self.faults += [f"{path}: {text}" for text in dict.fromkeys(self._heard)]
        return count

    def _variants(self, path: str) -> Iterator[None]:
        page = self._page
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900 if width > 500 else 740})
            for theme in THEMES:
                # Dark is the device's wish on a phone and the account's on a desk: both ways are drawn.
                if width < 500:
                    page.evaluate(_THEME, "auto")
                    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
                else:
                    page.evaluate(_THEME, theme)
                self._variant(page, f"{path} [{width} {theme}]")
                yield

    def _variant(self, page: Page, name: str) -> None:
        wide = page.evaluate(_WIDE)
        if wide:
            self.faults.append(f"{name}: {wide}")
        found: list[list[Any]] = page.evaluate(_RUN)
        self.faults += [f"{name}: axe {rule} × {count} at {where}: {why}" for rule, count, where, why in found]

    def _words(self, path: str) -> None:
        language = self._page.get_attribute("html", "lang")
        if language != self.language:
            self.faults.append(f"{path}: is in {language} instead of {self.language}")
        if self.language != "en":
            left = sorted({text for text in self._page.evaluate(_WORDS) if text in self.english})
            self.faults += [f"{path}: not translated: {left}"] if left else []

    def _hear(self, message: ConsoleMessage) -> None:
        # Pages name their icon; a browser looks for one by itself where it shows a bare picture.
        if str(message.location.get("url", "")).endswith("/favicon.ico"):
            return
        if message.type in ("error", "warning"):
            self._heard.append(f"console {message.type}: {message.text[:300]}")


def open_looks(browser: Browser, address: str, cookie: dict[str, str] | None, language: str) -> Looks:
    """A visitor's own context; without a cookie it is somebody signed out whose browser speaks ``language``."""
    context = browser.new_context(locale={"en": "en-US", "de": "de-DE"}[language])
    if cookie is not None:
        context.add_cookies([cookie])  # type: ignore[list-item]
    context.set_default_timeout(15_000)
    return Looks(context, address, language, english_sentences() if language != "en" else frozenset())


def english_sentences() -> frozenset[str]:
    """Sources whose German differs: none of them may stand on a German page."""
    if not GERMAN.exists():
        return frozenset()
    with GERMAN.open("rb") as file:
        messages = read_po(file, locale="de")
    return frozenset(
        message.id
        for message in messages
        if isinstance(message.id, str) and message.string and message.string != message.id and len(message.id) > 3
    )
