"""The matching runs: one confirmed some days ago and answered, and this morning's drafts."""

from __future__ import annotations

from datetime import timedelta

from placement.cli.demo.desk import Desk
from placement.domain.matching.presets import PRESETS
from placement.domain.matching.problem import Settings
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Answer
from placement.queries.matching.pairs import PairFilter, PairLine, run_pairs
from placement.queries.matching.runs import run_head
from placement.queries.programs import demo
from placement.usecases.matching.confirm import ConfirmMatching, confirm_matching
from placement.usecases.matching.marks import BanPair, MarkPair, ban_pair, discard_run, mark_pair
from placement.usecases.matching.run import RunMatching, run_matching
from placement.usecases.placements.answer import AnswerPlacement, answer_placement

#: How many of those who wait were matched some days ago, where there are enough of them.
EARLY = 3
_NAMES = {
    "en": ("Autumn group", "Winter cohort", "Winter cohort, wishes first"),
    "de": ("Herbstgruppe", "Wintergruppe", "Wintergruppe, Wünsche zuerst"),
}
_WHY_NOT = {
    "en": "Too noisy there for a start. We agreed to look for something calmer.",
    "de": "Für den Anfang ist es dort zu laut. Wir suchen gemeinsam etwas Ruhigeres.",
}


def write_runs(desk: Desk) -> None:
    """Runs of everybody who waits. Who answered "not now" or "talk first" is left out of the drafts, and it says so."""
    waiting = [row.key for row in desk.story.interns if row.status is ParticipantStatus.WAITING]
    early, winter, wishes = _NAMES[desk.story.locale]
    if len(waiting) > 2 * EARLY:
        # The third of them still has a proposal to answer, and is not matched again meanwhile.
        _confirmed(desk, early, waiting[:EARLY])
        del waiting[EARLY - 1]
    people = tuple(desk.interns[key] for key in waiting)
    who = desk.actor("coordinator1")
    command = RunMatching(winter, people, tuple(desk.places.values()))
    first = run_matching(desk.work, who, command)
    pairs = _pairs(desk, first)
    if len(pairs) < 2:
        return
    worst = pairs[-1]
    ban_pair(
        desk.work, who, BanPair(first, worst.person_public_id, worst.opening_public_id, _WHY_NOT[desk.story.locale])
    )
    second = run_matching(desk.work, who, RunMatching(winter, people, command.openings, from_run=first))
    discard_run(desk.work, who, first)
    mark_pair(desk.work, who, MarkPair(second, _pairs(desk, second)[0].public_id, True))
    # A colleague tries other weights without what was set by hand, so that two drafts can be compared.
    other = Settings(next(preset for preset in PRESETS if preset.key == "wishes").weights)
    run_matching(desk.work, desk.actor("coordinator2"), RunMatching(wishes, people, command.openings, other))


def _confirmed(desk: Desk, name: str, waiting: list[str]) -> None:
    """Matched ten days ago; one is still to answer, one wants to talk first, one does not want to begin now."""
    today = desk.work.clock().date()
    then, who = desk.on(today - timedelta(days=10)), desk.actor("coordinator1")
    people = tuple(desk.interns[key] for key in waiting)
    run = run_matching(then, who, RunMatching(name, people, tuple(desk.places.values())))
    confirm_matching(then, who, ConfirmMatching(run, run_head(desk.reads, who, run).version))
    accounts = {desk.interns[row.key]: row.account for row in desk.story.interns}
    placed = demo.placements_of(desk.reads, run)
    answers = ((Answer.TALK_FIRST, None), (Answer.NOT_NOW, today + timedelta(days=20)))
    for (answer, again), person in zip(answers, (key for key in people if key in placed), strict=False):
        account = accounts[person]
        if account is not None:
            command = AnswerPlacement(placed[person], answer, again)
            answer_placement(desk.on(today - timedelta(days=7)), desk.actor(account), command)


def _pairs(desk: Desk, run: str) -> list[PairLine]:
    """The best fit first."""
    head = run_head(desk.reads, desk.actor("coordinator1"), run)
    return list(run_pairs(desk.reads, head, PairFilter(sort="-fit"), None).rows)
