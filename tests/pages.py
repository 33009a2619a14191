"""A fetched page, parsed, and the checks every page must pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

HEADERS = {
    "Content-Security-Policy": "default-src 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: Fields nobody sees or that say themselves what they do.
_NO_LABEL = ("hidden", "submit", "button", "reset", "image")
_SKIPPED = ("script", "style", "template", "title")


def words_of(element: Element) -> str:
    """The text in an element, blanks single."""
    parts: list[str] = []
    _collect(element, parts)
    return " ".join(" ".join(parts).split())


def _collect(element: Element, parts: list[str]) -> None:
    if element.tag not in _SKIPPED:
        parts.append(element.text or "")
        for child in element:
            _collect(child, parts)
            parts.append(child.tail or "")


@dataclass(frozen=True)
class FormOnPage:
    """A form with the values it would send as it stands."""

    action: str
    method: str
    fields: dict[str, list[str]]
    names: frozenset[str]


class Page:
    """An answer: ``status``, ``text``, ``location``; for HTML also ``h1``, ``words``, ``links``, ``forms``."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.response = response
        self.path = path
        self.status = response.status_code
        self.headers = response.headers
        self.text = response.get_data(as_text=True) if not _binary(response) else ""
        self.location = response.headers.get("Location", "")

    @property
    def is_html(self) -> bool:
        return self.response.mimetype == "text/html" and not 300 <= self.status < 400

    @cached_property
    def root(self) -> Element:
        """The parsed document. Raises html5lib's ParseError on the first mistake in the markup."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        root: Element = parser.parse(self.text)
        return root

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of that tag whose attributes have these values (``class_`` for class: one of the classes)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [e for e in self.root.iter(tag) if all(_has(e, key, value) for key, value in wanted.items())]

    @cached_property
    def h1(self) -> str:
        return words_of(self.find("h1")[0])

    @cached_property
    def title(self) -> str:
        return " ".join((self.find("title")[0].text or "").split())

    @cached_property
    def words(self) -> str:
        """All text a reader sees."""
        return words_of(self.find("body")[0])

    @cached_property
    def content(self) -> str:
        """The text inside ``main``."""
        return words_of(self.find("main")[0])

    @property
    def links(self) -> list[str]:
        """Targets of the links, as written."""
        return [e.get("href", "") for e in self.find("a")]

    @cached_property
    def forms(self) -> list[FormOnPage]:
        return [_form(e, self.path) for e in self.find("form")]

    @cached_property
    def main_forms(self) -> list[FormOnPage]:
        """The forms inside ``main``: those the page is about."""
        return [_form(e, self.path) for e in self.find("main")[0].iter("form")]

    @property
    def csrf_token(self) -> str | None:
        tokens = [form.fields["csrf_token"][0] for form in self.forms if form.fields.get("csrf_token")]
        return tokens[0] if tokens else None

    @property
    def errors(self) -> list[str]:
        """Messages beside fields: what elements referred to by a field in error say."""
        ids = {
            name
            for field in self.root.iter()
            if isinstance(field.tag, str) and field.get("aria-invalid") == "true"
            for name in (field.get("aria-describedby", "") + " " + field.get("aria-errormessage", "")).split()
        }
        return [words_of(e) for e in self.root.iter() if isinstance(e.tag, str) and e.get("id") in ids]


def _binary(response: TestResponse) -> bool:
    kind = response.mimetype or ""
    return not (kind.startswith("text/") or "json" in kind or "svg" in kind)


def _has(element: Element, name: str, value: str) -> bool:
    found = element.get(name)
    return found is not None and (value in found.split() if name == "class" else found == value)


def _form(element: Element, path: str) -> FormOnPage:
    fields: dict[str, list[str]] = {}
    names: set[str] = set()
    for field in element.iter():
        name = field.get("name") if isinstance(field.tag, str) else None
        if not name or field.tag not in ("input", "select", "textarea", "button"):
            continue
        names.add(name)
        if field.get("disabled") is None:
            values = _values(field)
            if values:
                fields.setdefault(name, []).extend(values)
    action = urljoin(path, element.get("action") or path)
    return FormOnPage(action, (element.get("method") or "get").lower(), fields, frozenset(names))


def _values(field: Element) -> list[str]:
    if field.tag == "button":
        return []
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None]
        if not chosen and field.get("multiple") is None:
            chosen = options[:1]
        return [o.get("value", words_of(o)) for o in chosen]
    kind = field.get("type", "text")
    if kind in ("checkbox", "radio"):
        return [field.get("value", "on")] if field.get("checked") is not None else []
    if kind in ("submit", "button", "image", "reset", "file"):
        return []
    return [field.get("value", "")]


def check(page: Page, app: Flask, signed_in: bool) -> None:
    """Raise AssertionError listing everything wrong with a page."""
    problems = [*_header_problems(page, signed_in)]
    if page.is_html:
        problems += [
            *_document_problems(page),
            *_id_problems(page),
            *_form_problems(page),
            *_inline_problems(page),
            *_link_problems(page, app),
        ]
    assert not problems, f"{page.path} ({page.status}):\n  " + "\n  ".join(problems)


def _header_problems(page: Page, signed_in: bool) -> list[str]:
    problems = [
        f"header {name}: {page.headers.get(name)!r}"
        for name, start in {**HEADERS, **_stricter(page.path)}.items()
        if not str(page.headers.get(name)).startswith(start)
    ]
    if (
        signed_in
        and "no-store" not in (page.headers.get("Cache-Control") or "")
        and not page.path.startswith(("/static", "/calendar/"))
    ):
        problems.append(f"a private page may be stored: {page.headers.get('Cache-Control')!r}")
    return problems


def _stricter(path: str) -> dict[str, str]:
    """Addresses of cards, invitations and calendars are nobody else's business."""
    secret = path in ("/card", "/family") or path.startswith(("/card/", "/calendar/", "/family/"))
    return {"Referrer-Policy": "no-referrer"} if secret else {}


def _document_problems(page: Page) -> list[str]:
    problems = []
    html = page.root if page.root.tag == "html" else page.find("html")[0]
    if html.get("lang") not in ("en", "de"):
        problems.append(f"lang is {html.get('lang')!r}")
    headings = page.find("h1")
    if len(headings) != 1:
        problems.append(f"{len(headings)} h1")
    elif not page.h1:
        problems.append("the h1 is empty")
    elif not page.title.startswith(page.h1):
        problems.append(f"title {page.title!r} does not start with h1 {page.h1!r}")
    if len(page.find("main")) != 1:
        problems.append(f"{len(page.find('main'))} main")
    if "%(" in page.words:
        problems.append(f"unfilled placeholder near {_around(page.words, '%(')!r}")
    problems += [f"{word!r} is shown near {_around(page.words, word)!r}" for word in _LEFTOVERS if word in page.words]
    levels = [int(e.tag[1]) for e in page.root.iter() if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    if any(after > before + 1 for before, after in zip(levels, levels[1:], strict=False)):
        problems.append(f"heading levels jump: {levels}")
    return problems


#: What a template lets through when a value is missing or of the wrong type.
_LEFTOVERS = ("None", "Undefined", "<placement.", "{'", "datetime.", "Decimal(", "frozenset(")


def _around(text: str, part: str) -> str:
    at = text.index(part)
    return text[max(0, at - 40) : at + 40]


def _id_problems(page: Page) -> list[str]:
    ids = [e.get("id", "") for e in page.root.iter() if isinstance(e.tag, str) and e.get("id") is not None]
    problems = [f"id {name!r} stands {ids.count(name)} times" for name in sorted(set(ids)) if ids.count(name) > 1]
    known = set(ids)
    for element in page.root.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage"):
            for name in (element.get(attribute) or "").split() if isinstance(element.tag, str) else ():
                if name not in known:
                    problems.append(f"{attribute}={name!r} points to nothing")
    problems += [f"link to missing #{href[1:]}" for href in page.links if href[:1] == "#" and href[1:] not in known]
    return problems


def _form_problems(page: Page) -> list[str]:
    problems = []
    for element in page.find("form"):
        method = (element.get("method") or "").lower()
        if not method and not element.get("action"):
            problems.append("a form has neither action nor method")
        tokens = [e for e in element.iter("input") if e.get("name") == "csrf_token" and e.get("value")]
        if method == "post" and len(tokens) != 1:
            problems.append(f"{len(tokens)} csrf_token in the form to {element.get('action')!r}")
        if method != "post" and tokens:
            problems.append(f"the form to {element.get('action')!r} puts its csrf_token into the address")
    labelled = {e.get("for") for e in page.find("label")}
    wrapped = {id(inner) for label in page.find("label") for inner in label.iter()}
    for field in page.root.iter():
        if field.tag in ("input", "select", "textarea") and not _is_labelled(field, labelled, wrapped):
            problems.append(f"no label: {field.tag} name={field.get('name')!r}")
        if field.tag == "button" and not (words_of(field) or field.get("aria-label")):
            problems.append("a button says nothing")
    return problems


def _is_labelled(field: Element, labelled: set[str | None], wrapped: set[int]) -> bool:
    if field.get("type") in _NO_LABEL or field.get("aria-label") or field.get("aria-labelledby"):
        return True
    return (field.get("id") in labelled and field.get("id") is not None) or id(field) in wrapped


def _inline_problems(page: Page) -> list[str]:
    problems = []
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        problems += [f"{element.tag} has {name}" for name in element.attrib if _is_inline(str(name))]
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            problems.append(f"inline {element.tag}")
        if element.tag == "img" and element.get("alt") is None:
            problems.append(f"no alt: {element.get('src')}")
        if element.tag == "a" and not (words_of(element) or element.get("aria-label") or _image(element)):
            problems.append(f"a link to {element.get('href')!r} says nothing")
    return problems


def _is_inline(name: str) -> bool:
    return name == "style" or (name.startswith("on") and name.isalpha())


def _image(element: Element) -> bool:
    return any(e.tag == "img" and e.get("alt") for e in element.iter())


def _link_problems(page: Page, app: Flask) -> list[str]:
    """Links, forms and files of ours must lead somewhere."""
    targets = [(e.get("href"), "GET") for tag in ("a", "link") for e in page.find(tag)]
    targets += [(e.get("src"), "GET") for tag in ("script", "img") for e in page.find(tag)]
    targets += [(e.get("action") or page.path, (e.get("method") or "get").upper()) for e in page.find("form")]
    problems = [
        f"{method} {target} leads nowhere"
        for target, method in dict.fromkeys(targets)
        # A link within the page was looked at with the ids; the page itself may answer POST alone.
        if target is not None and not target.startswith("#") and not _resolves(app, urljoin(page.path, target), method)
    ]
    problems += ["a link without href" for e in page.find("a") if e.get("href") is None]
    return problems


def _resolves(app: Flask, target: str, method: str) -> bool:
    parts = urlsplit(target)
    if parts.scheme in ("tel", "mailto", "data") or (parts.scheme == "https" and parts.netloc):
        return True
    if parts.scheme or parts.netloc:
        return False
    adapter: Any = app.url_map.bind("localhost")
    try:
        adapter.match(parts.path, method=method)
    except RequestRedirect:
        return False
    except HTTPException:
        return False
    return True
