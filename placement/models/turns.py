"""Whose turn it is to write to a SQLite file: first come, first served.

SQLite lets one connection write at a time and has no queue: whoever waits tries again now and then, so that among
many a few are passed over until their time is up. Within a process everybody therefore draws a ticket first; between
processes it stays SQLite's own waiting.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from threading import Event, Lock
from weakref import WeakValueDictionary


class Turns:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Event] = deque()

    def take(self, seconds: float) -> bool:
        """Wait at most so long for one's turn; whether it came. Whoever got it must :meth:`leave`."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._guard:
            if mine.is_set():  # handed over just as the time was up
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        """Hand the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


_guard = Lock()
_of_file: WeakValueDictionary[Path, Turns] = WeakValueDictionary()


def turns_for(database: str) -> Turns:
    """The turns of a database file, the same for every engine on it."""
    path = Path(database).resolve()
    with _guard:
        turns = _of_file.get(path)
        if turns is None:
            turns = _of_file[path] = Turns()
        return turns
