"""The week at a glance for a coordinator: numbers, and the page with what is behind them."""

from __future__ import annotations

from placement.domain.letters import Letter, Link
from placement.domain.words import Say, say, say_n
from placement.queries.mails.digest import DigestFacts, digest_facts
from placement.worker.desk import Desk


def weekly_digest(desk: Desk) -> Letter | None:
    """Also in a quiet week: then it says so."""
    facts = digest_facts(desk.db, desk.reader, desk.program_id, desk.now)
    lines = _lines(facts)
    return Letter(
        say("Your week from %(day)s", day=facts.monday),
        say_n(
            "%(n)s person is on placement this week.", "%(n)s people are on placement this week.", facts.people
        ),
        lines=lines or (say("Nothing waits for you."),),
        links=(Link(say("Open your day"), desk.url("day.show")),),
    )  # fmt: skip


def _lines(facts: DigestFacts) -> tuple[Say, ...]:
    """What is not zero."""
    lines = (
        (facts.shifts, say_n("%(n)s shift planned until Sunday", "%(n)s shifts planned until Sunday", facts.shifts)),
        (facts.notices, say_n("%(n)s notice is open", "%(n)s notices are open", facts.notices)),
        (facts.owed, say_n("%(n)s shift without feedback", "%(n)s shifts without feedback", facts.owed)),
        (
            facts.waiting,
            say_n("%(n)s placement waits for a step", "%(n)s placements wait for a step", facts.waiting),
        ),
        (
            facts.ending,
            say_n("%(n)s placement ends within two weeks", "%(n)s placements end within two weeks", facts.ending),
        ),
        (
            facts.follow_ups,
            say_n("%(n)s thing to come back to", "%(n)s things to come back to", facts.follow_ups),
        ),
        (facts.free_places, say_n("%(n)s place is free", "%(n)s places are free", facts.free_places)),
        (
            facts.milestones,
            say_n("%(n)s milestone was reached last week", "%(n)s milestones were reached last week", facts.milestones),
        ),
    )
    return tuple(words for count, words in lines if count)
