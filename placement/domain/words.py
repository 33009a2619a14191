"""How a rule speaks without knowing a language.

Rules, charts and explanations return :class:`Say`; only templates, mails and
the command line translate. The functions :func:`say` and :func:`say_n` mark
their message ids for extraction (see ``babel.cfg``), so message ids are always
literals at the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

#: Catalog wording as stored: locale code → text, the program's locale always present.
Wording = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence still without a language.

    ``msgid`` is the English source with ``%(name)s`` placeholders. With
    ``plural`` set, ``params['n']`` chooses the form. Dates, times and numbers
    are written in the reader's format, wordings in the reader's language, nested
    Say first.
    """

    msgid: str
    plural: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, for sentences kept with a stored result."""
        return {"msgid": self.msgid, "plural": self.plural, "params": {k: _pack(v) for k, v in self.params.items()}}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Say:
        """The inverse of :meth:`to_json`. Raises KeyError on a foreign shape."""
        return Say(data["msgid"], data["plural"], {k: _unpack(v) for k, v in data["params"].items()})


def say(msgid: str, /, **params: Any) -> Say:
    """Mark and build a sentence: ``say("needs %(need)s, has %(has)s", need=3, has=2)``."""
    return Say(msgid, None, params)


def say_n(msgid: str, plural: str, n: int, /, **params: Any) -> Say:
    """Mark and build a counted sentence; ``n`` is also available as ``%(n)s``."""
    return Say(msgid, plural, {"n": n, **params})


def _pack(value: Any) -> Any:
    if isinstance(value, Say):
        return {"$say": value.to_json()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, time):
        return {"$time": value.isoformat()}
    if isinstance(value, Mapping):
        return {"$wording": dict(value)}
    return value


def _unpack(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if "$say" in value:
        return Say.from_json(value["$say"])
    if "$date" in value:
        return date.fromisoformat(value["$date"])
    if "$time" in value:
        return time.fromisoformat(value["$time"])
    return dict(value["$wording"])
