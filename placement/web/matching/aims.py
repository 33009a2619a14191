"""What a run aims for, as it is chosen: a title, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.matching.problem import Mode
from placement.domain.words import Say, say


@dataclass(frozen=True, slots=True)
class Aim:
    mode: Mode
    title: Say
    words: Say


#: The first is the default.
AIMS = (
    Aim(
        Mode.TOTAL,
        say("As much fit as possible in total"),
        say("The usual choice. Now and then one person gets a weaker pair so that others fit much better."),
    ),
    Aim(
        Mode.LEAST_SHORTFALL,
        say("Spread the shortfall: nobody far behind"),
        say("Large gaps count more than small ones. In total it usually costs less than one percent of the fit."),
    ),
    Aim(
        Mode.MAX_MIN,
        say("Lift the worst-off first"),
        say("The lowest fit becomes as high as it can be. Everybody else may fit clearly less well for it."),
    ),
    Aim(
        Mode.STABLE,
        say("Both sides choose (stable)"),
        say(
            "For programs where shops rank people: no person and shop would both rather have each other."
            " It costs the most fit, and may place fewer people."
        ),
    ),
)
