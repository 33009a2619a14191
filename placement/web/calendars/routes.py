"""All pages about calendars, registered by importing them."""

from __future__ import annotations

from placement.web.calendars import busy_pages, feed_pages, own_pages
from placement.web.calendars.blueprint import calendars

ROUTES = (busy_pages, feed_pages, own_pages)

__all__ = ["ROUTES", "calendars"]
