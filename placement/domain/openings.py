"""Words of an opening."""

from __future__ import annotations

import re
from enum import StrEnum

from placement.domain.words import Say, say


class OpeningState(StrEnum):
    OPEN = "open"
    ON_HOLD = "on_hold"
    CLOSED = "closed"


_WORDS = {
    OpeningState.OPEN: say("open"),
    OpeningState.ON_HOLD: say("on hold"),
    OpeningState.CLOSED: say("closed"),
}


def shop_name(employer: str, site: str) -> str:
    """A shop so named that no other branch of its employer is meant: "employer, site".

    The employer is left out where the site's name says it, and the site where it has no name of its own.
    """
    branch, firm = site.strip(), employer.strip()
    if not branch:
        return firm
    if re.search(rf"(?<!\w){re.escape(firm.casefold())}(?!\w)", branch.casefold()):
        return branch
    return f"{firm}, {branch}"


def place_name(role: str, employer: str, site: str) -> str:
    """An opening as "role, shop", with the shop named by its branch."""
    return f"{role}, {shop_name(employer, site)}"


def opening_words(state: OpeningState) -> Say:
    return _WORDS[state]
