"""The lock on what two people may edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from placement.domain.errors import Stale


class HasVersion(Protocol):
    version: Any


def check_version(row: HasVersion, expected: int, current: Mapping[str, Any]) -> None:
    """Raise Stale unless ``expected`` is the row's version, then raise it by one."""
    if row.version != expected:
        raise Stale(row.version, current)
    row.version = expected + 1
