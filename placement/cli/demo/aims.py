"""What participants chose to reach, and a rule that holds for one of them alone."""

from __future__ import annotations

from datetime import timedelta

from placement.cli.demo.desk import Desk
from placement.domain.milestones import RuleKind
from placement.usecases.progress.chosen import Choose, choose_milestone, reach_chosen
from placement.usecases.progress.rules import SaveRule, save_rule

#: Own words by locale: one that is reached, one that is on the way.
WORDS = {
    "en": ("Say when I need a break", "Take the bus by myself"),
    "de": ("Sagen, wenn ich eine Pause brauche", "Allein mit dem Bus fahren"),
}


def write_aims(desk: Desk) -> None:
    """For the first participant of the program."""
    intern = next(row for row in desk.story.interns if row.account)
    own, today = desk.actor(intern.account or ""), desk.work.clock().date()
    then = desk.on(today - timedelta(days=20))
    reached, _ = (
        choose_milestone(then, own, Choose(RuleKind.OWN_WORDS, words=words)) for words in WORDS[desk.story.locale]
    )
    reach_chosen(desk.on(today - timedelta(days=4)), own, reached, today - timedelta(days=4))
    choose_milestone(then, own, Choose(RuleKind.HOURS_COMPLETED, 150))
    coordinator = desk.actor("coordinator1")
    numbers = {"percent": 90, "occasions": 5, "raters": 1}
    rule = SaveRule(RuleKind.CONSECUTIVE_TASK, numbers, participant=desk.interns[intern.key])
    save_rule(then, coordinator, rule)
