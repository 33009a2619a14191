"""Two phases of one series compared, as figures with a sentence each about what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain import phases
from placement.domain.phases import DualCriterion, Series
from placement.domain.verdict import FEWEST
from placement.domain.words import Say, say, say_n

#: Stands beside every set of figures.
NO_PROOF = say("Points of one person depend on each other: these figures describe, they are no proof.")


@dataclass(frozen=True, slots=True)
class Comparison:
    """``earlier`` and ``later``: how many points are known in either phase, both at least 1.

    ``tau_bc`` is None beyond 2,000 points in the earlier phase, ``dual`` with fewer than two there.
    """

    earlier: int
    later: int
    nap: float
    interval: tuple[float, float]
    tau: float
    tau_u: float
    tau_bc: float | None
    pnd: float
    dual: DualCriterion | None

    @property
    def enough(self) -> bool:
        """Fewer than five points in a phase say little."""
        return min(self.earlier, self.later) >= FEWEST


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic: its name, its value, and what that value means here."""

    name: Say
    value: Say
    meaning: Say


def compare(a: Series, b: Series) -> Comparison | None:
    """The later phase ``b`` against the earlier ``a``; None where one of them holds no point."""
    nap, interval, tau, tau_u, pnd = (
        phases.nap(a, b), phases.nap_interval(a, b), phases.tau(a, b), phases.tau_u(a, b), phases.pnd(a, b)
    )  # fmt: skip
    if nap is None or interval is None or tau is None or tau_u is None or pnd is None:
        return None
    earlier = sum(value is not None for value in a)
    return Comparison(
        earlier=earlier,
        later=sum(value is not None for value in b),
        nap=nap,
        interval=interval,
        tau=tau,
        tau_u=tau_u,
        tau_bc=phases.tau_bc(a, b) if earlier <= phases.MOST_FOR_THEIL_SEN else None,
        pnd=pnd,
        dual=phases.dual_criterion(a, b),
    )


def caution(found: Comparison | None) -> Say | None:
    """What stands above the figures when they rest on too little."""
    if found is None:
        return say("Too early to tell: one of the two phases holds no point.")
    if found.enough:
        return None
    return say(
        "Too early to tell: %(earlier)s points before and %(later)s after; %(needed)s on either side are needed.",
        earlier=found.earlier, later=found.later, needed=FEWEST,
    )  # fmt: skip


def figures(found: Comparison) -> tuple[Figure, ...]:
    """The figures a page shows: NAP with its interval, Tau-BC and the dual criterion."""
    return tuple(
        figure for figure in (_nap(found), _tau_bc(found), _dual(found.dual, found.later)) if figure is not None
    )


def all_figures(found: Comparison) -> tuple[Figure, ...]:
    """Every figure, for those who check a published series."""
    more = (
        Figure(
            say("Tau"), _number(found.tau), say("Pairs that go up less pairs that go down, of all pairs: −1 to 1.")
        ),
        Figure(
            say("Tau-U"), _number(found.tau_u),
            say("Tau less the trend the earlier phase already had. It can pass 1; read Tau-BC where that phase rises."),
        ),
        Figure(
            say("PND"), say("%(percent)s %%", percent=round(100 * found.pnd)),
            say("Later points above the highest earlier one. A single outlier before ruins it."),
        ),
    )  # fmt: skip
    return (*figures(found), *more)


def _nap(found: Comparison) -> Figure:
    low, high = (round(100 * edge) for edge in found.interval)
    return Figure(
        say("NAP"),
        say(
            "%(percent)s %% (at least as uncertain as %(low)s to %(high)s %%)",
            percent=round(100 * found.nap), low=low, high=high,
        ),
        say(
            "Of 100 comparisons of a later point with an earlier one, %(share)s go up (ties count half);"
            " 50 would be no change.", share=round(100 * found.nap),
        ),
    )  # fmt: skip


def _tau_bc(found: Comparison) -> Figure | None:
    if found.tau_bc is None:
        return None
    return Figure(
        say("Tau-BC"),
        _number(found.tau_bc),
        say("Tau once the trend that was there before is taken out, from −1 to 1; 0 would be no change beyond it."),
    )


def _dual(dual: DualCriterion | None, later: int) -> Figure | None:
    name = say("Dual criterion")
    if dual is None:
        return None
    if dual.needed is None:
        value = say_n("%(above)s of %(n)s", "%(above)s of %(n)s", later, above=dual.above)
        return Figure(name, value, say("Fewer than 5 later points say nothing by this criterion."))
    value = say("%(above)s of %(of)s, %(needed)s needed", above=dual.above, of=dual.of, needed=dual.needed)
    if dual.met:
        return Figure(
            name, value, say("Enough later points lie above both the mean and the trend line of the earlier phase.")
        )
    return Figure(
        name, value, say("Too few later points lie above both the mean and the trend line of the earlier phase.")
    )


def _number(value: float) -> Say:
    return say("%(number)s", number=round(value, 2) + 0.0)
