"""What a run's page says first, and which factor of a pair is its weakest."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from placement.domain.matching.problem import Mode, Weights
from placement.domain.proposals import RunState
from placement.domain.words import Say
from placement.queries.matching.runs import RunHead
from placement.web.matching.fit import FACTORS


def headline(run: RunHead) -> str:
    """How many have a place, and what was proved of that: never more than the check of the run's mode."""
    counted = {"placed": run.standing, "people": run.people}
    if run.state is RunState.CONFIRMED:
        return _("%(placed)s of %(people)s people have a place. Confirmed.", **counted)
    if run.state is RunState.DISCARDED:
        return _("%(placed)s of %(people)s people have a place. Discarded.", **counted)
    if run.removed:
        return _("%(placed)s of %(people)s people have a place. Run again to look for other places.", **counted)
    if not run.proved_best:
        return _("%(placed)s of %(people)s people have a place.", **counted)
    match run.settings.mode:
        case Mode.TOTAL:
            return _("%(placed)s of %(people)s people have a place, proved best under these rules.", **counted)
        case Mode.LEAST_SHORTFALL:
            return _(
                "%(placed)s of %(people)s people have a place, proved the fairest share under these rules.", **counted
            )
        case Mode.MAX_MIN:
            return _("%(placed)s of %(people)s people have a place, and the lowest fit is proved as high as it can be.",
                     **counted)  # fmt: skip
        case Mode.STABLE:
            return _(
                "%(placed)s of %(people)s people have a place, and no pair would rather have each other.", **counted
            )


def weakest(parts: Mapping[str, int], weights: Weights) -> tuple[Say, int] | None:
    """The factor that earned the smallest share of its weight, and that share in basis points."""
    shares = [
        (parts.get(name, 0) * 10_000 // weight, words)
        for name, words in FACTORS.items()
        if (weight := getattr(weights, name))
    ]
    if not shares:
        return None
    share, words = min(shares, key=lambda one: one[0])
    return words, share
