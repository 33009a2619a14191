"""Many phones at once, and a server that is killed again and again in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Event
from time import perf_counter

from flask import Flask

from tests.factories.make import Make
from tests.torture.evidence import faults
from tests.torture.phones import Asked, Phone, Told
from tests.torture.server import Server
from tests.torture.shop import open_shop

#: Seconds all of it may take.
BOUND = 600
#: Within so many seconds after "has come so far" the kill falls.
SPREAD = 0.08


@dataclass(frozen=True)
class Figures:
    """Times in seconds; waits of requests that met no restart. ``faults``: what is not as it must be."""

    phones: int
    acknowledged: int
    kills: int
    requests: int
    cut_off: int
    answered_503: int
    rate: float
    median_wait: float
    p99_wait: float
    longest_wait: float
    longest_was: str
    longest_restart: float
    seconds: float
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Size:
    """``pause``: seconds a phone rests between two answers, on average; 0 is a flood."""

    phones: int = 32
    feedbacks: int = 2000
    kills: int = 10
    pause: float = 1.0


def torture(app: Flask, make: Make, environ: dict[str, str], folder: Path, size: Size) -> Figures:
    """``app``: on the same database with the same keys, to write and to look. ``folder``: for what the site says."""
    chance = Random(7)
    rounds = open_shop(make, size.feedbacks, chance)
    server, told, stop = Server(environ, folder / "server.log"), Told(), Event()
    server.start()
    began = perf_counter()
    try:
        with ThreadPoolExecutor(size.phones) as pool:
            try:
                for number in range(size.phones):
                    phone = Phone(server.port, told, stop, Random(number), size.pause)
                    pool.submit(phone.go, rounds[number :: size.phones])
                for kill in range(1, size.kills + 1):
                    told.wait_for(size.feedbacks * kill // (size.kills + 1), BOUND)
                    stop.wait(chance.uniform(0, SPREAD))
                    server.kill_and_start()
                told.wait_for(size.feedbacks, BOUND)
            finally:
                # Whoever still waits gives up.
                stop.set()
        took = perf_counter() - began
    finally:
        server.stop()
    wrong = [*told.odd, *server.errors(), *faults(app, told.acknowledged)]
    return _figures(told, server.downs, size, took, wrong)


def undisturbed(asked: Sequence[Asked], downs: Sequence[tuple[float, float]]) -> list[Asked]:
    """Requests that met no restart."""
    return [one for one in asked if not any(one.began < up and one.ended > down for down, up in downs)]


def _figures(told: Told, downs: list[tuple[float, float]], size: Size, took: float, wrong: list[str]) -> Figures:
    calm = undisturbed(told.asked, downs)
    waits = [one.ended - one.began for one in calm]
    longest = max(calm, key=lambda one: one.ended - one.began)
    statuses = Counter(one.status for one in told.asked)
    unanswered = [one for one in calm if one.status is None]
    wrong += [f"{one.what}: no answer, and no restart to blame" for one in unanswered[:5]]
    return Figures(
        phones=size.phones,
        acknowledged=len(told.acknowledged),
        kills=size.kills,
        requests=len(told.asked),
        cut_off=statuses[None],
        answered_503=statuses[503],
        rate=len(calm) / (took - sum(up - down for down, up in downs)),
        median_wait=median(waits),
        p99_wait=quantiles(waits, n=100)[-1],
        longest_wait=longest.ended - longest.began,
        longest_was=longest.what,
        longest_restart=max((up - down for down, up in downs), default=0.0),
        seconds=took,
        faults=tuple(wrong),
    )
