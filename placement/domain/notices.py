"""What somebody wants a person of the program to know and take care of, and how it is closed."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from placement.domain.words import Say, say

#: Longest text of a notice, in characters.
LONGEST_TEXT = 4000


class NoticeKind(StrEnum):
    #: Somebody did not come to a shift: a reason to call, out of concern.
    DID_NOT_COME = "did_not_come"
    #: The participant says that they are ill.
    ILL = "ill"
    #: The shop is worried about the participant.
    WORRIED = "worried"
    #: The shop's words for the coordinator.
    FOR_COORDINATOR = "for_coordinator"
    #: The participant: how the place was.
    HOW_IT_WAS = "how_it_was"
    #: The participant: something is wrong here.
    SOMETHING_WRONG = "something_wrong"
    #: The participant: a comment hurt.
    HURT_ME = "hurt_me"
    #: "Not my intern any more."
    NOT_MINE = "not_mine"
    #: "A colleague does today's": somebody else rates on the same card.
    COLLEAGUE = "colleague"
    #: "No more mails."
    NO_MAILS = "no_mails"
    #: Feedback that was sent too late or in conflict, kept for somebody to look at.
    HELD_FEEDBACK = "held_feedback"
    #: Feedback is missing although the shop was reminded twice.
    FEEDBACK_MISSING = "feedback_missing"
    #: A task was seen that is not in the program's list.
    UNLISTED_TASK = "unlisted_task"
    #: The participant paused or ended a placement by themself.
    PLACEMENT_PAUSED = "placement_paused"
    PLACEMENT_ENDED = "placement_ended"
    #: Staff are concerned: somebody owns it, until a day.
    CONCERN = "concern"
    #: The participant holds, reduces or stops a step of their plan.
    PLAN_CHANGED = "plan_changed"
    #: More hours were worked than the plan or the limits allow.
    OVER_PLAN = "over_plan"
    #: The participant asks something about their record.
    RIGHTS_REQUEST = "rights_request"


class Found(StrEnum):
    """What a call after a missed shift found; nothing of it reaches the shop."""

    WELL = "well"
    ILL = "ill"
    WANTS_TALK = "wants_talk"
    NEEDS_HELP = "needs_help"
    NOT_REACHED = "not_reached"


_KINDS = {
    NoticeKind.DID_NOT_COME: say("did not come"),
    NoticeKind.ILL: say("is ill"),
    NoticeKind.WORRIED: say("the shop is worried"),
    NoticeKind.FOR_COORDINATOR: say("words from the shop"),
    NoticeKind.HOW_IT_WAS: say("how the place was"),
    NoticeKind.SOMETHING_WRONG: say("something is wrong"),
    NoticeKind.HURT_ME: say("a comment hurt"),
    NoticeKind.NOT_MINE: say("no longer the supervisor"),
    NoticeKind.COLLEAGUE: say("a colleague gives feedback, too"),
    NoticeKind.NO_MAILS: say("wants no more mails"),
    NoticeKind.HELD_FEEDBACK: say("feedback to look at"),
    NoticeKind.FEEDBACK_MISSING: say("feedback is missing"),
    NoticeKind.UNLISTED_TASK: say("a task that is not listed"),
    NoticeKind.PLACEMENT_PAUSED: say("paused the placement"),
    NoticeKind.PLACEMENT_ENDED: say("ended the placement"),
    NoticeKind.CONCERN: say("a concern"),
    NoticeKind.PLAN_CHANGED: say("plan changed"),
    NoticeKind.OVER_PLAN: say("more hours than planned"),
    NoticeKind.RIGHTS_REQUEST: say("asks about their record"),
}
_TITLES = {
    NoticeKind.DID_NOT_COME: say("%(name)s was not there. How are they?"),
    NoticeKind.ILL: say("%(name)s is ill"),
    NoticeKind.WORRIED: say("The shop is worried about %(name)s"),
    NoticeKind.FOR_COORDINATOR: say("The shop wrote about %(name)s"),
    NoticeKind.HOW_IT_WAS: say("%(name)s told you how the place was"),
    NoticeKind.SOMETHING_WRONG: say("%(name)s told you that something is wrong"),
    NoticeKind.HURT_ME: say("A comment hurt %(name)s"),
    NoticeKind.NOT_MINE: say("Somebody no longer supervises %(name)s"),
    NoticeKind.COLLEAGUE: say("A colleague in the shop gives feedback about %(name)s, too"),
    NoticeKind.NO_MAILS: say("Somebody wants no more mails about %(name)s"),
    NoticeKind.HELD_FEEDBACK: say("Feedback about %(name)s could not be taken yet"),
    NoticeKind.FEEDBACK_MISSING: say("Feedback about %(name)s is missing"),
    NoticeKind.UNLISTED_TASK: say("%(name)s did a task that is not in the list"),
    NoticeKind.PLACEMENT_PAUSED: say("%(name)s paused their placement"),
    NoticeKind.PLACEMENT_ENDED: say("%(name)s ended their placement"),
    NoticeKind.CONCERN: say("A concern about %(name)s"),
    NoticeKind.PLAN_CHANGED: say("%(name)s decided about their plan"),
    NoticeKind.OVER_PLAN: say("%(name)s worked more than planned"),
    NoticeKind.RIGHTS_REQUEST: say("%(name)s asks about their record"),
}
_FOUND = {
    Found.WELL: say("is well"),
    Found.ILL: say("is ill"),
    Found.WANTS_TALK: say("wants to talk"),
    Found.NEEDS_HELP: say("needs help"),
    Found.NOT_REACHED: say("not reached yet"),
}
#: How the place was, from 1 (bad) to 5 (good).
FEELINGS = {5: say("good"), 4: say("rather good"), 3: say("so-so"), 2: say("rather bad"), 1: say("bad")}
#: What only the person it was told to may read: the participant chose them.
TO_ONE = frozenset({NoticeKind.HOW_IT_WAS, NoticeKind.SOMETHING_WRONG})
#: What concerns everybody who looks after the person; the others are for coordinators.
FOR_TEAM = frozenset(
    {
        NoticeKind.DID_NOT_COME,
        NoticeKind.ILL,
        NoticeKind.WORRIED,
        NoticeKind.PLACEMENT_PAUSED,
        NoticeKind.PLACEMENT_ENDED,
        NoticeKind.PLAN_CHANGED,
        NoticeKind.OVER_PLAN,
    }
)
#: Where somebody calls the participant, and writes down how they are.
CALLS = frozenset({NoticeKind.DID_NOT_COME, NoticeKind.WORRIED})
#: What comes from the shop or concerns it: the number to call is the shop's. "Worried" is both a reason to ask the
#: shop what it saw and to call the participant.
FROM_SHOP = frozenset(
    {
        NoticeKind.WORRIED,
        NoticeKind.FOR_COORDINATOR,
        NoticeKind.NOT_MINE,
        NoticeKind.COLLEAGUE,
        NoticeKind.NO_MAILS,
        NoticeKind.HELD_FEEDBACK,
        NoticeKind.FEEDBACK_MISSING,
        NoticeKind.UNLISTED_TASK,
    }
)
#: Hours until somebody who was not reached is called again, as they are offered.
TRY_AGAIN = (1, 3, 24)
#: What can wait for the next look at the day page, and is no mail of its own.
_CAN_WAIT = frozenset(
    {
        NoticeKind.NOT_MINE,
        NoticeKind.COLLEAGUE,
        NoticeKind.NO_MAILS,
        NoticeKind.HELD_FEEDBACK,
        NoticeKind.FEEDBACK_MISSING,
        NoticeKind.UNLISTED_TASK,
    }
)


def notice_words(kind: NoticeKind) -> Say:
    """A kind as staff read it."""
    return _KINDS[kind]


def found_words(found: Found) -> Say:
    """What a call found, as staff read it."""
    return _FOUND[found]


def closes(found: Found) -> bool:
    """Whether a call with this result closes the item; somebody not reached is tried again."""
    return found is not Found.NOT_REACHED


def is_mailed(kind: NoticeKind) -> bool:
    """Whether somebody should hear of it before they next look at their day page."""
    return kind not in _CAN_WAIT


def subject_of(kind: NoticeKind, key: int) -> str:
    """What a notice is about, for kinds of which there is one for each shift, link or comment (its key)."""
    return f"{kind.value}:{key}"


def title_of(kind: NoticeKind, name: str) -> Say:
    """A notice about somebody, in a sentence; concern, never blame."""
    return replace(_TITLES[kind], params={"name": name})
