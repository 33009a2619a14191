"""Counts the statements a page costs."""

from __future__ import annotations

import re
from types import TracebackType

#: Not counted: transaction control, loading who is asking, touching their session, the access log.
_FREE = re.compile(
    r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|SET|SHOW)\b"
    r"|\s*INSERT INTO access_log\b"
    r"|\s*UPDATE session SET last_seen_at"
    r"|\s*SELECT session\.id, session\.account_id, session\.last_seen_at, account\.name",
    re.IGNORECASE,
)


class Counter:
    """Listens between ``with`` and its end; each ``with`` starts anew."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._listening = False

    @property
    def count(self) -> int:
        return len(self.texts)

    def hear(self, statement: str) -> None:
        if self._listening and not _FREE.match(statement):
            self.texts.append(" ".join(statement.split()))

    def __enter__(self) -> Counter:
        self.texts = []
        self._listening = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening = False
