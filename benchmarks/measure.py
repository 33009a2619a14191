"""Asks every page of every site in turn, so that a slow minute of the machine falls on all of them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from benchmarks.pages import COORDINATOR, PAGES, Spec
from benchmarks.site import FLOOR, Answer, LogMeter, Site

FLOOR_SPEC = Spec("FLOOR", COORDINATOR, lambda _: FLOOR, statements=1)


@dataclass
class Figures:
    """One page on one site. Times in seconds; ``cpu`` without the commit of the access log."""

    spec: Spec
    statements: int
    size: int
    zipped: int
    cpus: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)
    logs: list[float] = field(default_factory=list)

    def take(self, answer: Answer) -> None:
        self.cpus.append(answer.cpu - answer.log)
        self.walls.append(answer.wall)
        self.logs.append(answer.log)

    @property
    def cpu(self) -> float:
        return median(self.cpus)

    @property
    def log(self) -> float:
        return median(self.logs)

    @property
    def p50(self) -> float:
        return median(self.walls)

    @property
    def p95(self) -> float:
        return quantiles(self.walls, n=20)[-1]

    @property
    def noise(self) -> float:
        """How far the medians of every other request are apart, as a share."""
        even, odd = median(self.cpus[::2]), median(self.cpus[1::2])
        return abs(even - odd) / min(even, odd)


def measure(sites: Mapping[str, Site], rounds: int) -> dict[str, list[Figures]]:
    """Size → figures of the floor and of each page, in the order of ``PAGES``."""
    asked: list[tuple[Site, Iterator[dict[str, Any]], Figures]] = []
    found: dict[str, list[Figures]] = {}
    with LogMeter(*sites.values()):
        for size, site in sites.items():
            found[size] = []
            for spec in (FLOOR_SPEC, *PAGES):
                environs = spec.environs(site)
                figures = _first(site, spec, environs)
                found[size].append(figures)
                asked.append((site, environs, figures))
        for _ in range(rounds):
            for site, environs, figures in asked:
                figures.take(_answer(site, figures.spec, next(environs)))
    return found


def _first(site: Site, spec: Spec, environs: Iterator[dict[str, Any]]) -> Figures:
    """Warm up; the second answer is counted."""
    _answer(site, spec, next(environs))
    environ = next(environs)
    with site.counter:
        answer = _answer(site, spec, environ)
    return Figures(spec, site.counter.count, len(answer.page), len(gzip.compress(answer.page, 6)))


def _answer(site: Site, spec: Spec, environ: dict[str, Any]) -> Answer:
    answer = site.ask(environ)
    if answer.status != spec.status:
        said = re.findall(r'<li><a href="#[^>]*>([^<]*)', answer.text) or answer.text[:200]
        raise RuntimeError(f"{spec.name} ({environ['PATH_INFO']}) answered {answer.status}: {said}")
    return answer


def faults(name: str, found: Mapping[str, Sequence[Figures]]) -> list[str]:
    """What breaks the budget: statements and ratios, never times."""
    out = []
    for size, rows in found.items():
        floor = rows[0]
        for row in rows[1:]:
            where = f"{name}, {size}: {row.spec.name}"
            if row.spec.statements is not None and row.statements > row.spec.statements:
                out.append(f"{where} takes {row.statements} statements, {row.spec.statements} are allowed")
            times = row.cpu / floor.cpu
            if row.spec.floors is not None and times > row.spec.floors * (1 + max(row.noise, floor.noise)):
                out.append(f"{where} costs {times:.1f} × FLOOR, {row.spec.floors:g} are allowed")
    if len(found) == 2:
        small, large = found.values()
        pairs = [pair for pair in zip(small[1:], large[1:], strict=True) if not pair[0].spec.writes]
        out += [text for pair in pairs if (text := _growth(name, *pair))]
    return out


def growth(small: Figures, large: Figures) -> float:
    """Cost at the large size in multiples of the small one, for the same payload: what a page draws more of (or
    less) is taken out in proportion to its bytes."""
    return large.cpu / small.cpu * small.size / large.size


def _growth(name: str, small: Figures, large: Figures) -> str:
    times, allowed = growth(small, large), 1.1 + small.noise + large.noise
    if small.statements != large.statements:
        return (
            f"{name}: {small.spec.name} takes {small.statements} statements when small, {large.statements} when large"
        )
    if times > allowed:
        return (
            f"{name}: {small.spec.name} costs {times:.2f} × itself when small, {allowed:.2f} are allowed with the noise"
        )
    return ""
