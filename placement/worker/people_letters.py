"""Letters about milestones, proposals, ends and notices: that there is something, and the page where it stands."""

from __future__ import annotations

from placement.domain.letters import Letter, Link
from placement.domain.notices import CALLS, TO_ONE, NoticeKind
from placement.domain.reminders import ENDS_IN
from placement.domain.words import Say, say, say_n
from placement.queries.mails.people_facts import (
    PlacementFacts,
    notice_facts,
    placement_facts,
    unseen_milestones,
)
from placement.worker.desk import Desk


def milestone(desk: Desk) -> Letter | None:
    """For the participant. Which one it is stands on their own page."""
    if desk.reader.account_id is None:
        return None
    found = unseen_milestones(desk.db, desk.refs["participant"], desk.reader.account_id, desk.now)
    if not found:
        return None
    return Letter(
        say_n("You have reached a milestone", "You have reached %(n)s milestones", len(found)),
        say_n("you have reached a milestone. Well done!", "you have reached %(n)s milestones. Well done!", len(found)),
        links=(Link(say("See what it is"), desk.url("progress.mine")),),
    )


def proposal_waiting(desk: Desk) -> Letter | None:
    """For the participant as long as it waits for their word; after their yes for the shop."""
    facts = placement_facts(desk.db, desk.refs["placement"])
    if facts is None:
        return None
    if "rater" in desk.refs:
        return _for_shop(desk, facts) if facts.waits_for_shop else None
    if not facts.waits_for_participant or facts.account_id != desk.reader.account_id:
        return None
    return Letter(
        say("A place is proposed to you"),
        say("a place is proposed to you: %(role)s at %(shop)s.", role=facts.role, shop=facts.shop),
        lines=_begins(desk, facts),
        links=(Link(say("Read about it and answer"), desk.url("placements.answer", public_id=facts.public_id)),),
        more=(say("Yes, not now and no are all good answers, and need no reason."),),
    )


def _begins(desk: Desk, facts: PlacementFacts) -> tuple[Say, ...]:
    """Nothing where the first day has passed while somebody thought it over."""
    if facts.first_day < desk.local_day(facts.zone):
        return ()
    return (say("It would begin on %(day)s.", day=facts.first_day),)


def _for_shop(desk: Desk, facts: PlacementFacts) -> Letter:
    return Letter(
        say("Somebody would like to start at %(shop)s", shop=facts.shop),
        say("somebody would like to start at %(shop)s: %(role)s.", shop=facts.shop, role=facts.role),
        lines=_begins(desk, facts),
        links=(Link(say("Read about it and answer"), desk.url("placements.offer", public_id=facts.public_id)),),
    )


def placement_ending(desk: Desk) -> Letter | None:
    """For the participant and those who look after them, if it still ends soon."""
    facts = placement_facts(desk.db, desk.refs["placement"])
    if facts is None or not facts.is_running() or facts.last_day is None:
        return None
    today = desk.local_day(facts.zone)
    if not today <= facts.last_day <= today + ENDS_IN:
        return None
    if facts.account_id == desk.reader.account_id:
        return Letter(
            say("Your placement ends on %(day)s", day=facts.last_day),
            say("your placement at %(shop)s ends on %(day)s.", shop=facts.shop, day=facts.last_day),
            links=(Link(say("See your placement"), desk.url("placements.show", public_id=facts.public_id)),),
            more=(say("What comes next is a good thing to talk about with the people who accompany you."),),
        )
    return Letter(
        say("A placement ends on %(day)s", day=facts.last_day),
        say("%(name)s's placement at %(shop)s ends on %(day)s.", name=facts.name, shop=facts.shop, day=facts.last_day),
        links=(Link(say("Open the placement"), desk.url("placements.show", public_id=facts.public_id)),),
    )


def notice(desk: Desk) -> Letter | None:
    """That there is something to take care of: what and whom it is about, only the page says."""
    facts = notice_facts(desk.db, desk.refs["notice"], desk.now)
    if facts is None:
        return None
    subject, lead = _notice_words(facts.kind)
    page = "notices.told" if facts.kind in TO_ONE else "notices.show"
    return Letter(subject, lead, links=(Link(say("Read it"), desk.url(page, public_id=facts.public_id)),))


def _notice_words(kind: NoticeKind) -> tuple[Say, Say]:
    if kind in CALLS:
        return say("Please call somebody today"), say(
            "there is somebody to call today. Whom and why stands on the page."
        )
    if kind in TO_ONE:
        return say("Somebody has told you something"), say("somebody chose you to tell something to.")
    return say("Something to look at today"), say("there is something new to look at today.")
