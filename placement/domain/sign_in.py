"""How long a session lasts and how often somebody may try."""

from __future__ import annotations

from datetime import timedelta

#: A session ends after this long without a page, and in any case after ABSOLUTE.
IDLE = timedelta(hours=24)
ABSOLUTE = timedelta(days=14)

#: Failures within the window before an account or a network address has to wait.
WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 6
PER_ADDRESS = 40

#: How long a link to set a password works.
LINK_LIFE = timedelta(days=7)
