"""The only endpoints without a CSRF token, and what stands in its place."""

from __future__ import annotations

from flask import Flask

from placement.extensions import csrf

#: Endpoint → what it asks for instead.
EXEMPT = {
    "mails.stop": "a signed address; mail programs send the POST of RFC 8058 without ever having seen the page",
    "cards.entries": "a phone's cookie, JSON, the header X-Card and same-origin Sec-Fetch-Site",
}


def init_app(app: Flask) -> None:
    """Call it once the blueprints are registered."""
    for endpoint in EXEMPT:
        csrf.exempt(app.view_functions[endpoint])
