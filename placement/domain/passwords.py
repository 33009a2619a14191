"""What makes a password good enough (OWASP ASVS 5.0, 6.2): length and not guessable, no composition rules."""

from __future__ import annotations

import re
from collections.abc import Collection

from placement.domain.words import Say, say

MIN_LENGTH = 15
MAX_LENGTH = 256


def password_problem(password: str, blocklist: Collection[str], personal: Collection[str]) -> Say | None:
    """What is wrong with a new password, or None.

    ``blocklist`` holds case-folded passwords; ``personal`` names and addresses that may not be all of it.
    """
    if len(password) < MIN_LENGTH:
        return say("Please use at least %(length)s characters. Three or four words in a row are easy to keep.",
                   length=MIN_LENGTH)  # fmt: skip
    if len(password) > MAX_LENGTH:
        return say("Please use at most %(length)s characters.", length=MAX_LENGTH)
    folded = password.casefold()
    if folded in blocklist or _bare(folded) in {_bare(word) for word in blocklist}:
        return say("Many people use this password, so it is easy to guess. Please choose another.")
    if len(set(folded)) < 5:
        return say("This password repeats itself too much. Please choose another.")
    for word in personal:
        bare = _bare(word.casefold())
        if len(bare) >= 4 and len(_bare(folded).replace(bare, "")) < 8:
            return say("This password is mostly your name or address. Please choose another.")
    return None


def _bare(text: str) -> str:
    """Letters alone: what is left when somebody adds digits and signs to a common word."""
    return re.sub(r"[^a-zäöüß]", "", text)
