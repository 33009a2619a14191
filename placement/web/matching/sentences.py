"""What a run's page says first, and which factor of a pair is its weakest."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from placement.domain.matching.problem import Mode, Weights
from placement.domain.proposals import RunState
from placement.domain.words import Say
from placement.queries.matching.runs import RunHead
from placement.web.matching.fit import FACTORS


def headline(run: RunHead) -> str:
    """How many have a place, and what was proved of that: never more than the check of the run's mode."""
    count = ngettext(
        "%(num)s of %(people)s people has a place", "%(num)s of %(people)s people have a place", run.standing,
        people=run.people,
    )  # fmt: skip
    if run.state is RunState.CONFIRMED:
        return _("%(count)s. Proposed.", count=count)
    if run.state is RunState.DISCARDED:
        return _("%(count)s. Discarded.", count=count)
    if run.removed:
        return _("%(count)s. Run again to look for other places.", count=count)
    return _proved(run.settings.mode, count) if run.proved_best else _("%(count)s.", count=count)


def _proved(mode: Mode, count: str) -> str:
    match mode:
        case Mode.TOTAL:
            return _("%(count)s, proved best under these rules.", count=count)
        case Mode.LEAST_SHORTFALL:
            return _("%(count)s, proved the fairest share under these rules.", count=count)
        case Mode.MAX_MIN:
            return _("%(count)s, and the lowest fit is proved as high as it can be.", count=count)
        case Mode.STABLE:
            return _("%(count)s, and no person and shop would rather have each other.", count=count)


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
