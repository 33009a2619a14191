"""A visitor of the site who looks closely at every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.pages import FormOnPage, Page, check

#: A single value, or several of a field that stands more than once.
Values = Mapping[str, "str | int | None | Sequence[str]"]


class Visitor:
    """Fetches pages, checks each (see ``tests/pages.py``) and fills in forms with CSRF protection on.

    ``status=`` is what the answer must be; without it, anything below 500 is let through for the test to look at.
    """

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self.app = app
        self.http = app.test_client()
        self.page: Page | None = None
        self._signed_in = token is not None
        if token is not None:
            with self.http.session_transaction() as cookie:
                cookie["_user_id"] = token
                cookie["_fresh"] = True

    def get(self, path: str, status: int | None = 200, **options: Any) -> Page:
        """Fetch a page."""
        return self._take(self.http.get(path, **options), path, status)

    def post(
        self, path: str, data: Values | None = None, status: int | None = None, csrf: bool = True, **options: Any
    ) -> Page:
        """Send values with a valid CSRF token (``csrf=False`` leaves it out)."""
        values = _plain(data or {})
        if csrf:
            values.setdefault("csrf_token", self.csrf_token())
        return self._take(self.http.post(path, data=values, **options), path, status)

    def submit(self, form: str | FormOnPage, status: int | None = 303, /, **values: Any) -> Page:
        """Fill in a form as it stands and send it.

        ``form`` is one of ``page.forms`` or the path of a page whose main form is meant: the first one by POST
        inside ``main``. A value for a field that the form does not have is an error; ``None`` takes a field out.
        """
        if isinstance(form, str):
            form = next(found for found in self.get(form).main_forms if found.method == "post")
        unknown = set(values) - form.names
        assert not unknown, f"the form to {form.action} has no field {sorted(unknown)}, but {sorted(form.names)}"
        filled = {**form.fields, **_plain(values)}
        sent = {name: value for name, value in filled.items() if values.get(name, "") is not None}
        if form.method == "post":
            return self._take(self.http.post(form.action, data=sent), form.action, status)
        return self._take(self.http.get(form.action, query_string=sent), form.action, 200)

    def follow(self, page: Page, status: int = 200) -> Page:
        """Fetch where a redirect leads."""
        assert 300 <= page.status < 400, f"{page.path} answered {page.status}, which leads nowhere"
        parts = urlsplit(page.location)
        assert not parts.netloc, f"leads away: {page.location}"
        return self.get(page.location, status)

    def csrf_token(self) -> str:
        """A token that holds for this visitor's session."""
        if self.page is None or not (self.page.is_html and self.page.csrf_token):
            self.get("/help-now")
        found = self.page.csrf_token if self.page else None
        assert found, "no form on the page carries a token"
        return found

    def _take(self, response: TestResponse, path: str, status: int | None) -> Page:
        page = Page(response, urlsplit(path).path)
        check(page, self.app, self._signed_in)
        if status is not None:
            assert page.status == status, f"{path}: {page.status} instead of {status}\n{_gist(page)}"
        else:
            assert page.status < 500, f"{path}: {page.status}"
        # After a redirect the session may be another one: its token comes from a page fetched anew.
        self.page = page if page.is_html else None
        return page


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in values.items():
        if value is not None:
            out[name] = [str(v) for v in value] if isinstance(value, list | tuple | set | frozenset) else str(value)
    return out


def _gist(page: Page) -> str:
    return f"to {page.location}" if page.location else (page.content[:600] if page.is_html else page.text[:600])
