"""What a list needs from the address: search, filters, neighbors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request, url_for

from placement.queries.pages import Page

#: Longer searches find nothing anyway.
LONGEST = 100


def asked(name: str, allowed: Sequence[str] = ()) -> str:
    """A parameter of the address; one that is not among ``allowed`` counts as not given."""
    text = request.args.get(name, "").strip()[:LONGEST]
    return text if not allowed or text in allowed else ""


def cursor() -> str | None:
    """Where in the list."""
    return request.args.get("page") or None


def neighbors(page: Page[Any], **args: str) -> dict[str, str | None]:
    """Addresses of the previous and the next page of this list; ``args`` that say something are kept."""
    kept = given(**args) | (request.view_args or {})
    endpoint = request.endpoint or ""
    return {
        "previous_url": url_for(endpoint, **kept, page=page.previous) if page.previous else None,
        "next_url": url_for(endpoint, **kept, page=page.next) if page.next else None,
    }


def given(**args: str) -> dict[str, Any]:
    """Only the parameters that say something, for links that keep them."""
    return {name: value for name, value in args.items() if value}
