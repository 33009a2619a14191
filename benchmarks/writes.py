"""Feedback through the whole application: one after the other, then from many threads at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from benchmarks.site import Answer, Site
from placement.domain.shifts import Attendance
from placement.models.accounts.account import Account
from placement.models.employers.employer import SiteSupervisor
from placement.models.feedback.rater import Rater
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.job import IdempotencyKey

_HIDDEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_ANSWER = re.compile(r'name="(task-[^"]+)"[^>]*?value="([^"]+)"')
_COOKIE = re.compile(r"^([^=]+=[^;]+)")
SHIFTS = 48


@dataclass(frozen=True)
class Form:
    """A shift's form as its supervisor holds it: the address, the session, and what may be answered."""

    path: str
    email: str
    cookie: str
    token: str
    answers: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Crowd:
    """Many at once. Times in seconds; ``lost``: acknowledged, but not in the database."""

    threads: int
    sent: int
    rate: float
    p50: float
    p99: float
    longest: float
    errors: int
    lost: int


def forms(site: Site) -> list[Form]:
    """The forms of shifts of the last week, each opened once by a supervisor of its shop."""
    today = site.work.clock().date()
    with site.work.transaction() as session:
        rows = session.execute(
            select(Occasion.public_id, func.min(Account.email))
            .join(Shift, Shift.id == Occasion.id)
            .join(SiteSupervisor, SiteSupervisor.site_id == Shift.site_id)
            .join(Rater, Rater.id == SiteSupervisor.rater_id)
            .join(Account, Account.id == Rater.account_id)
            .where(
                Occasion.local_day.between(today - timedelta(days=6), today - timedelta(days=1)),
                Shift.cancelled_at.is_(None),
                # What is owed yet the card's phone sends.
                Shift.feedback_due_at.is_(None),
                # What the program has noted as excused only the program can change.
                Occasion.attendance.not_in([Attendance.EXCUSED, Attendance.ABSENT]),
                Account.email.endswith("@bridgeway.example"),
            )
            .group_by(Occasion.id, Occasion.public_id)
            .order_by(Occasion.id)
            .limit(SHIFTS)
        ).all()
    return [_open(site, f"/feedback/{public_id}", email) for public_id, email in rows]


def _open(site: Site, path: str, email: str) -> Form:
    answer = site.ask(site.environ(path, email))
    page = answer.body.decode()
    found: dict[str, tuple[str, ...]] = {}
    for name, value in _ANSWER.findall(page):
        if not name.endswith("-reason"):
            found[name] = (*found.get(name, ()), value)
    token, cookie = _HIDDEN.search(page), _COOKIE.match(answer.headers.get("Set-Cookie", ""))
    if answer.status != 200 or token is None or not found:
        raise RuntimeError(f"{path} answered {answer.status} without a form")
    return Form(path, email, cookie.group(1) if cookie else site.cookie(email), token.group(1), found)


def posts(site: Site, opened: Sequence[Form], count: int, chance: Random) -> list[dict[str, Any]]:
    """``count`` sendings with keys of their own; a shift that is sent again is corrected."""
    made = []
    for number in range(count):
        form = opened[number % len(opened)]
        sent = {name: chance.choice(values) for name, values in form.answers.items()}
        key = str(UUID(int=chance.getrandbits(128), version=4))
        environ = site.environ(form.path, form.email, {**sent, "csrf_token": form.token, "key": key})
        made.append({**environ, "HTTP_COOKIE": form.cookie})
    return made


def signed_in(site: Site) -> Iterator[dict[str, Any]]:
    """What supervisors send from their forms, one after the other, without end."""
    opened, chance = forms(site), Random(1)
    while True:
        yield from posts(site, opened, len(opened), chance)


def crowd(site: Site, opened: Sequence[Form], threads: int, count: int, chance: Random) -> Crowd:
    """``count`` POSTs from so many threads; whatever was acknowledged must be there afterwards.

    Each form is one page in somebody's hand: its sendings follow each other, as they would from there. Two pages that
    answer the same shift at the same moment are asked which of them counts, and are no part of this.
    """
    waiting, before = posts(site, opened, count, chance), _kept(site)
    pages = [waiting[number :: len(opened)] for number in range(len(opened))]
    began = perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        answers: list[Answer] = [answer for sent in pool.map(_one_by_one(site), pages) for answer in sent]
    took = perf_counter() - began
    walls = [answer.wall for answer in answers]
    acknowledged = sum(answer.status == 303 for answer in answers)
    return Crowd(
        threads, count, count / took, median(walls), quantiles(walls, n=100)[-1], max(walls),
        errors=count - acknowledged, lost=acknowledged - (_kept(site) - before),
    )  # fmt: skip


def _one_by_one(site: Site) -> Callable[[Sequence[dict[str, Any]]], list[Answer]]:
    return lambda page: [site.ask(environ) for environ in page]


def _kept(site: Site) -> int:
    with site.work.transaction() as session:
        return session.scalar(select(func.count()).select_from(IdempotencyKey)) or 0


def faults(name: str, crowds: Sequence[Crowd]) -> list[str]:
    """What breaks the budget."""
    return [
        f"{name}: {many.threads} threads posting: {many.errors} errors, {many.lost} acknowledged and lost"
        for many in crowds
        if many.errors or many.lost
    ]
