"""Phones that send what they have until it is acknowledged, as the card's page does: by its script, and by its form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from random import Random
from threading import Condition, Event
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from tests.torture.shop import Plan, Round

#: Seconds: a page's script waits so long for an answer, and up to so long before it tries again (the real one: 15).
PATIENCE, AGAIN = 20, 2.0
#: Times one thing is tried.
MOST = 400
_HIDDEN = re.compile(r'<input(?=[^>]*type="hidden")(?=[^>]*name="(csrf_token|key|seen)")[^>]*value="([^"]*)"')
SCRIPT = {"X-Card": "1", "Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


@dataclass(frozen=True)
class Asked:
    """A request: when by ``perf_counter``, and the answer's status, None where none came."""

    what: str
    began: float
    ended: float
    status: int | None


@dataclass
class Told:
    """What all phones went through. ``acknowledged``: plan and its rater's key, as soon as a phone was told so."""

    asked: list[Asked] = field(default_factory=list)
    acknowledged: list[tuple[int, Plan]] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    changed: Condition = field(default_factory=Condition)

    def acknowledge(self, rater_id: int, plan: Plan) -> None:
        with self.changed:
            self.acknowledged.append((rater_id, plan))
            self.changed.notify_all()

    def wait_for(self, count: int, seconds: float) -> None:
        """Until so many were acknowledged. Raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.acknowledged) >= count or bool(self.odd), seconds):
                raise TimeoutError(f"{len(self.acknowledged)} of {count} were acknowledged in {seconds} s")


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    location: str


class Phone:
    """One phone: a connection it keeps, and its cookies."""

    def __init__(self, port: int, told: Told, stop: Event, chance: Random, pause: float) -> None:
        """``pause``: seconds between two answers, on average."""
        self._port, self._told, self._stop, self._chance, self._pause = port, told, stop, chance, pause
        self._connection: HTTPConnection | None = None
        self._cookies: dict[str, str] = {}

    def go(self, rounds: Sequence[Round]) -> None:
        """Open each link and answer for all its shifts. Whatever is odd is noted, and ends it."""
        try:
            for one in rounds:
                self._open(one)
                card = self._card()
                for plan in one.plans:
                    self._stop.wait(self._chance.uniform(0, 2 * self._pause))
                    (self._by_form if plan.by_form else self._by_script)(card, one, plan)
        except Exception as error:
            with self._told.changed:
                self._told.odd.append(f"{type(error).__name__}: {error}")
                self._told.changed.notify_all()
        finally:
            self._drop()

    def _open(self, one: Round) -> None:
        path = f"/card/open/{one.token}"
        hidden = _hidden(self._until({200}, "GET", path).body)
        self._until({303}, "POST", path, {"csrf_token": hidden["csrf_token"]})

    def _card(self) -> dict[str, Any]:
        card: dict[str, Any] = json.loads(self._until({200}, "GET", "/card/data", headers=SCRIPT).body)
        return card

    def _by_script(self, card: Mapping[str, Any], one: Round, plan: Plan) -> None:
        entry = {
            "shift": plan.shift, "key": plan.key, "attendance": "here", "unlisted": [], "went_well": words_of(plan),
            "try_next": "", "note": "", "seen": 0, "began_at": datetime.now(UTC).isoformat(), "by": "",
            "answers": [{"task": task, "level": level} for task, level in _answers(card, plan)],
        }  # fmt: skip
        for _ in range(1 + plan.twice):
            reply = self._until({200}, "POST", "/card/entries", json.dumps(entry), SCRIPT)
            if json.loads(reply.body) != {"saved": plan.key}:
                raise ValueError(f"answered {reply.body[:200]!r}")
        self._told.acknowledge(one.rater_id, plan)

    def _by_form(self, card: Mapping[str, Any], one: Round, plan: Plan) -> None:
        hidden = _hidden(self._until({200}, "GET", f"/card?shift={plan.shift}").body)
        form = {
            **hidden, "key": plan.key, "shift": plan.shift, "attendance": "here", "went_well": words_of(plan),
            "try_next": "", "note": "", **{f"task-{task}": level for task, level in _answers(card, plan)},
        }  # fmt: skip
        for _ in range(1 + plan.twice):
            reply = self._until({303}, "POST", "/card", form)
            if not reply.location.startswith("/card/sent"):
                raise ValueError(f"the form led to {reply.location}")
        self._told.acknowledge(one.rater_id, plan)

    def _until(
        self, wanted: set[int], method: str, path: str, data: Mapping[str, str] | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:  # fmt: skip
        """Ask until the answer is one of ``wanted``; no answer and 503 mean: again. Raises ValueError for others."""
        for _ in range(MOST):
            reply = self._ask(method, path, data, headers or {})
            if reply is not None and reply.status in wanted:
                return reply
            if reply is not None and reply.status != 503:
                raise ValueError(f"{method} {path} answered {reply.status}: {reply.body[:300]!r}")
            if self._stop.wait(self._chance.uniform(AGAIN / 10, AGAIN)):
                break
        raise TimeoutError(f"{method} {path}: no answer")

    def _ask(
        self, method: str, path: str, data: Mapping[str, str] | str | None, headers: Mapping[str, str]
    ) -> Reply | None:
        body = data if data is None or isinstance(data, str) else urlencode(data)
        kind = "application/json" if isinstance(data, str) else "application/x-www-form-urlencoded"
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = {"Cookie": cookie, **headers, **({"Content-Type": kind} if body is not None else {})}
        began, reply = perf_counter(), None
        try:
            if self._connection is None:
                self._connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
            self._connection.request(method, path, body, sent)
            answer = self._connection.getresponse()
            reply = Reply(answer.status, answer.read(), answer.headers.get("Location", ""))
            for value in answer.headers.get_all("Set-Cookie", []):
                self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(value).items()}
            if answer.will_close:
                self._drop()
        except (OSError, HTTPException):
            self._drop()
        what = f"{method} {path.partition('?')[0]}" if not path.startswith("/card/open/") else f"{method} /card/open"
        self._told.asked.append(Asked(what, began, perf_counter(), None if reply is None else reply.status))
        return reply

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def words_of(plan: Plan) -> str:
    """A text by which an answer is known again."""
    return f"Calm and friendly ({plan.key})"


def _answers(card: Mapping[str, Any], plan: Plan) -> list[tuple[str, str]]:
    """Task → level for the tasks this card asks about; levels stand from the most independent to the least."""
    # Whatever another rater has answered meanwhile is no longer asked about; the tasks are the same.
    shift = card["shifts"][-1]
    levels = card["levels"]
    return [
        (task["id"], levels[place % len(levels)]["id"])
        for task, place in zip(shift["tasks"], plan.places, strict=False)
    ]


def _hidden(page: bytes) -> dict[str, str]:
    found = dict(_HIDDEN.findall(page.decode()))
    if "csrf_token" not in found:
        raise ValueError(f"a page without a form: {page[:300]!r}")
    return found
