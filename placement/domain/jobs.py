"""What the worker may be asked to do."""

from __future__ import annotations

from enum import StrEnum


class JobKind(StrEnum):
    MAIL_WELCOME = "mail_welcome"


class LinkPurpose(StrEnum):
    SET_PASSWORD = "set_password"
