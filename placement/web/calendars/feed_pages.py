"""What calendar programs fetch: no sign-in, no cookie; the secret is the address."""

from __future__ import annotations

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from placement.adapters.calendar_file import Entry, write_calendar
from placement.domain.errors import NotFound
from placement.domain.feeds import FeedShift, feed_name, title
from placement.domain.tokens import token_hash
from placement.policy.permissions import Permission
from placement.queries.calendars.feed import feed_shifts, open_feed
from placement.web.calendars.blueprint import calendars
from placement.web.current import now, reads
from placement.web.gate import requires
from placement.web.words import say


@calendars.get("/calendar/<token>.ics")
@requires(Permission.PUBLIC)
def feed(token: str) -> ResponseReturnValue:
    """The shifts of an address. An ended one and one that never was get the same answer."""
    reader = open_feed(reads(), token_hash(token), now())
    if reader is None:
        raise NotFound
    shifts = feed_shifts(reads(), reader, now())
    with force_locale(reader.locale):
        body = write_calendar(say(feed_name(reader.kind)), [_entry(shift) for shift in shifts])
    answer = make_response(body)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'inline; filename="shifts.ics"'
    answer.add_etag()
    return answer.make_conditional(request)


@calendars.after_request
def _tell_nobody(response: Response) -> Response:
    """The address is the secret: no other site hears of it, and nobody between keeps what it hands out."""
    if request.endpoint == "calendars.feed":
        response.headers["Referrer-Policy"] = "no-referrer"
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = "private, no-cache"
    return response


def _entry(shift: FeedShift) -> Entry:
    return Entry(
        shift.uid, shift.revision, say(title(shift)), shift.place, shift.starts_at, shift.ends_at, shift.zone,
        shift.cancelled, shift.created_at, shift.changed_at,
    )  # fmt: skip
