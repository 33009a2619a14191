"""Answers made smaller where that gives nothing away.

The length of a compressed page tells something of what is in it: whoever can make a reader's browser ask for it again
and again, with other words in it, can guess a secret (BREACH). So files that are the same for everybody are always
compressed; the pages of the card, loaded in shops by phones with little signal, only where the browser says that one of
our own pages, or the reader, asked for them: another site can't. Everything else goes as it is.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

#: The same bytes for everybody.
PUBLIC = frozenset({"static", "bootstrap.static", "cards.shell", "cards.worker", "cards.manifest"})
#: Loaded on phones in shops.
ON_PHONES = frozenset(
    f"cards.{name}"
    for name in (
        "landing", "closed", "show", "send", "sent", "absent", "data", "worried", "accident", "colleague", "help_now",
    )
)  # fmt: skip
#: By whom a page may be asked for: our own pages, or somebody who typed the address or opened it from a mail.
OURS = frozenset({"same-origin", "none"})
#: Other kinds (pictures, fonts) are compressed already.
KINDS = frozenset(
    {
        "text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml",
        "application/manifest+json",
    }
)  # fmt: skip
#: Bytes; below, a header costs as much as is gained.
LEAST = 600
LEVEL = 6


def init_app(app: Flask) -> None:
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if request.endpoint not in PUBLIC | ON_PHONES or response.mimetype not in KINDS:
        return response
    response.vary.add("Accept-Encoding")
    if request.endpoint in ON_PHONES:
        response.vary.add("Sec-Fetch-Site")
        if request.headers.get("Sec-Fetch-Site") not in OURS:
            return response
    if not _fits(response):
        return response
    plain = _whole(response)
    if len(plain) < LEAST:
        return response
    response.set_data(_kept(plain) if request.endpoint in PUBLIC else gzip.compress(plain, LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:
        # The same content in other bytes.
        response.set_etag(tag, weak=True)
    return response


def _fits(response: Response) -> bool:
    """A whole answer, to somebody who can read it."""
    if response.status_code == 206 or response.status_code in (204, 304) or "Content-Encoding" in response.headers:
        return False
    return request.method != "HEAD" and request.accept_encodings.quality("gzip") > 0


def _whole(response: Response) -> bytes:
    """Its bytes; a file it was to be read from is closed."""
    file = response.response
    response.direct_passthrough = False
    plain = response.get_data()
    if hasattr(file, "close"):
        file.close()
    return plain


@lru_cache(maxsize=128)
def _kept(plain: bytes) -> bytes:
    """Files change only with a new version of the program: each is compressed once."""
    return gzip.compress(plain, 9, mtime=0)
