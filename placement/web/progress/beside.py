"""Independence with up to two other series on one axis of time: chosen in the address, remembered nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.charts.scale import Words
from placement.charts.scores import Mark
from placement.charts.stacked import Panel, stacked_chart
from placement.domain.beside import PERIODS, SeriesKind, months_of, series_words
from placement.domain.diary import ENERGIES, MOODS
from placement.domain.milestone_words import milestone_words
from placement.domain.sessions import answer_words
from placement.domain.words import Say, say
from placement.policy.permissions import Permission
from placement.queries.progress.laid_beside import Beside, Laid, laid_beside
from placement.queries.progress.told import Offered
from placement.web.current import actor, cipher, reads, today
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress
from placement.web.words import say as in_words

_SHARE: list[tuple[float, Words]] = [(value, say("%(percent)s %%", percent=value)) for value in (100, 50, 0)]
_FEAR: list[tuple[float, Words]] = [
    (100, say("most: 100")),
    (50, say("%(number)s", number=50)),
    (0, say("none: 0")),
]


@progress.get("/progress/side-by-side")
@requires(Permission.PLACEMENT_ANSWER)
def my_beside() -> ResponseReturnValue:
    """The participant's own: everything they wrote."""
    return _page(None)


@progress.get("/participants/<public_id>/progress/side-by-side")
@requires(Permission.BESIDE_SEE)
def beside(public_id: str) -> ResponseReturnValue:
    """For whoever looks after them: what is shared with the reader, and nothing that tells of anything else."""
    return _page(public_id)


def _page(public_id: str | None) -> ResponseReturnValue:
    months = months_of(request.args.get("months"))
    wanted = [request.args.get(name, "") for name in ("first", "second")]
    found = laid_beside(reads(), actor(), cipher(), today(), public_id, wanted, months)
    record(found.participant_id)
    panels = [Panel(_("Tasks done alone"), _SHARE, found.alone, _percent)]
    panels += [_panel(found, one) for one in found.laid]
    return render_template(
        "progress/beside.html",
        found=found,
        chart=stacked_chart(panels, _marks(found)),
        choices=[(one.choice.value, _name(one)) for one in found.offered],
        picked=[one.offered.choice.value for one in found.laid],
        living=any(one.offered.choice.kind is SeriesKind.LIVING for one in found.laid),
        months=months,
        periods=list(PERIODS),
    )


def _marks(found: Beside) -> list[Mark]:
    return [
        Mark(
            one.day,
            milestone_words(
                one.kind, task=one.task, percent=one.percent, occasions=one.occasions, amount=one.amount, name=one.name
            ),
        )
        for one in found.milestones
    ]


def _name(one: Offered) -> str:
    kind = one.choice.kind
    if kind is SeriesKind.TOGETHER:
        return _("Working together with %(name)s", name=one.who)
    return in_words(series_words(kind) or one.name)


def _panel(found: Beside, one: Laid) -> Panel:
    kind, name = one.offered.choice.kind, _name(one.offered)
    if kind in (SeriesKind.FEAR_EXPECTED, SeriesKind.FEAR_HIGHEST):
        return Panel(name, _FEAR, one.weeks, lambda value: say("%(fear)s of 100", fear=round(value)))
    if kind is SeriesKind.QUESTIONNAIRE:
        low, high = one.ends or (0, 1)
        scale: list[tuple[float, Words]] = [
            (high, say("highest (%(score)s)", score=high)),
            (low, say("lowest (%(score)s)", score=low)),
        ]
        return Panel(name, scale, one.weeks, lambda value: say("%(number)s", number=round(value, 1)))
    words = _words(found, kind)
    return Panel(name, _few(words), one.weeks, lambda value: _between(words, value))


def _words(found: Beside, kind: SeriesKind) -> Mapping[int, Words]:
    if kind is SeriesKind.LIVING:
        return found.levels
    if kind is SeriesKind.MOOD:
        return MOODS
    return ENERGIES if kind is SeriesKind.ENERGY else {value: answer_words(value) for value in range(1, 6)}


def _few(words: Mapping[int, Words]) -> list[tuple[float, Words]]:
    """The highest, the lowest and, where there is one, the middle."""
    at = sorted(words, reverse=True)
    if len(at) < 2:
        return [(6, say("most independent")), (0, say("with the most help"))]
    shown = dict.fromkeys([at[0], at[len(at) // 2], at[-1]] if len(at) > 2 else at)
    return [(float(value), words[value]) for value in shown]


def _between(words: Mapping[int, Words], value: float) -> Words:
    """In words; the middle of two answers stands between theirs."""
    below = max((one for one in words if one <= value), default=min(words, default=None))
    above = min((one for one in words if one >= value), default=max(words, default=None))
    if below is None or above is None:
        return say("%(number)s", number=round(value, 1))
    if below == above:
        return words[below]
    return say("between “%(low)s” and “%(high)s”", low=words[below], high=words[above])


def _percent(value: float) -> Say:
    return say("%(percent)s %% alone", percent=round(value))
