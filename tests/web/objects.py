"""What stands in an address: public ids of the cast's objects, by kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Select, select

from placement.domain.absences import BusySource
from placement.domain.feeds import FeedKind
from placement.domain.jobs import JobKind
from placement.domain.mails import MailKind
from placement.domain.measures import MeasureKind, Unit
from placement.domain.milestones import RuleKind
from placement.domain.notices import NoticeKind
from placement.domain.placements import Answer, PlacementState
from placement.domain.roles import Role
from placement.domain.stop_mails import ACCOUNT, Stop, stop_token
from placement.domain.tokens import feed_token
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.models.accounts.session import SignInSession
from placement.models.employers.opening import Opening
from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.models.limits.limits import StepPlan, WorkLimit
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.notices.notice import Incident, Notice
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion
from placement.models.progress.measure import MeasureItem
from placement.models.progress.milestone import MilestoneRule
from placement.models.rights.rights import Representative, RightsRequest
from placement.models.sessions.one_to_one import SessionNote
from placement.models.shifts.absence import Busy, CalendarFeed
from placement.models.shifts.occasion import Occasion
from placement.models.system.job import Job
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast, Side
from tests.factories.groups import Made, make_group
from tests.factories.make import Make
from tests.web.activities.made import activity_rows
from tests.web.calendars.addresses import busy_row, feed_row
from tests.web.cards.phones import card_rows
from tests.web.checklists.rows import check_rows
from tests.web.diary.logs import diary_rows
from tests.web.employers.talks import talk_row
from tests.web.enrollments.rows import entry_row, frozen_row, way_rows
from tests.web.exposures.ladders import ladder_rows
from tests.web.imports.files import upload_rows
from tests.web.limits.rows import limit_row, plan_row
from tests.web.practice.rows import invitation, shared_practice
from tests.web.questionnaires.papers import paper_rows
from tests.web.rights.asked import rights_rows
from tests.web.sessions.talks import talk_rows

OWN, FOREIGN, ABSENT = "own", "foreign", "absent"
_NOWHERE = "AAAAAAAAAAAAAAAA"


class Objects:
    """``objects.id(kind, side)``: an object of program A (own) or B (foreign), or of nobody (absent)."""

    def __init__(self, cast: Cast, work: Work) -> None:
        self.cast = cast
        self._work = work
        self._offered: dict[int, str] = {}
        self._cards: dict[int, dict[str, str]] = {}
        self._reports: dict[int, str] = {}
        self._earned: dict[int, str] = {}
        self._talks: dict[int, dict[str, str]] = {}
        self._practiced: dict[int, dict[str, str]] = {}
        self._handed_out: dict[int, dict[str, str]] = {}
        self._groups: dict[int, Made] = {}
        self._logs: dict[int, dict[str, str]] = {}
        self._made: dict[int, dict[str, str]] = {}
        self._ways: dict[int, dict[str, str]] = {}

    def id(self, kind: str, side: str) -> str:
        if side == ABSENT:
            return _NOWHERE
        return _FIND[kind](self, self.cast.a if side == OWN else self.cast.b)

    def is_own(self, side: Side) -> bool:
        return side is self.cast.a

    def exclude(self) -> None:
        """In both programs: an excluded employer, a suggested level, own rules, papers, a place a shop answers."""
        self._offer()
        self._measure()
        self.own_rules()
        for side in (self.cast.a, self.cast.b):
            self.card(side)
        self._give_up()
        self._papers()
        for side in (self.cast.a, self.cast.b):
            self.talk(side)
            self.log(side)
            self.practiced(side)
            self.made(side)
            self.way(side)
        self._tell()
        self._gather()
        self._ask()
        with self._work.transaction() as session:
            for side in (self.cast.a, self.cast.b):
                session.add(
                    EmployerExclusion(
                        program_id=side.program.id, participant_id=side.participant.id, employer_id=side.employer.id
                    )
                )
                session.add(
                    ProfileSuggestion(
                        program_id=side.program.id, participant_id=side.participant.id, to_level=3,
                        trait_id=side.catalog.traits[1].id, evidence=say("Seen.").to_json(),
                        created_at=side.run.created_at,
                    )
                )  # fmt: skip

    def _give_up(self) -> None:
        """A mail that could not be sent, in both programs."""
        with self._work.transaction() as session:
            for side in (self.cast.a, self.cast.b):
                now = side.run.created_at
                session.add(
                    Job(
                        kind=JobKind.MAIL_NOTICE, program_id=side.program.id, refs={}, run_after=now, dead_at=now,
                        attempts=8, last_error="SMTPRecipientsRefused", created_at=now,
                    )
                )  # fmt: skip

    def undelivered(self, side: Side) -> str:
        dead = (Job.program_id == side.program.id, Job.dead_at.is_not(None))
        return self._first(select(Job.public_id).where(*dead))

    def stop(self, side: Side) -> str:
        account = self.cast.accounts.noa if self.is_own(side) else self.cast.accounts.ben
        return stop_token(self._work.link_key, Stop(ACCOUNT, account.public_id, MailKind.MILESTONE))

    def _ask(self) -> None:
        """In both programs: a correction asked for, a note that was opened, and somebody who decides by law."""
        make, accounts = Make(self._work, Clock()), self.cast.accounts
        for side in (self.cast.a, self.cast.b):
            own = self.is_own(side)
            rights_rows(
                make,
                side.participant,
                accounts.noa if own else accounts.ben,
                accounts.coordinator if own else accounts.outsider_coordinator,
            )

    def _measure(self) -> None:
        """A series of numbers of the participant, in both programs."""
        with self._work.transaction() as session:
            for side in (self.cast.a, self.cast.b):
                session.add(
                    MeasureItem(
                        program_id=side.program.id, participant_id=side.participant.id, kind=MeasureKind.SERIES,
                        name="On time", unit=Unit.PERCENT, created_at=side.run.created_at,
                    )
                )  # fmt: skip

    def series(self, side: Side) -> str:
        return self._first(select(MeasureItem.public_id).where(MeasureItem.participant_id == side.participant.id))

    def own_rules(self) -> None:
        """A rule for the participant alone, and words they chose, in both programs."""
        with self._work.transaction() as session:
            for side in (self.cast.a, self.cast.b):
                for key, kind, chosen in (
                    ("person", RuleKind.FIRST_WEEK, False), ("chosen", RuleKind.OWN_WORDS, True),
                ):  # fmt: skip
                    session.add(
                        MilestoneRule(
                            program_id=side.program.id, participant_id=side.participant.id, key=key, number=1,
                            kind=kind, chosen=chosen, name={"en": "Ask first"}, created_at=side.run.created_at,
                        )
                    )  # fmt: skip

    def _papers(self) -> None:
        """In both programs: an employer's report, released, and a milestone in the participant's own words."""
        make = Make(self._work, Clock())
        for side in (self.cast.a, self.cast.b):
            therapist = make.one(select(Account).where(Account.id == side.assignment.account_id))
            released = make.report(side.placement, therapist, released_at=side.run.created_at)
            self._reports[side.program.id] = released.public_id
            mine = (MilestoneRule.participant_id == side.participant.id, MilestoneRule.key == "chosen")
            rule = make.one(select(MilestoneRule).where(*mine))
            self._earned[side.program.id] = make.milestone(side.participant, rule, side.rated).public_id

    def report(self, side: Side) -> str:
        return self._reports[side.program.id]

    def earned(self, side: Side) -> str:
        return self._earned[side.program.id]

    def card(self, side: Side) -> dict[str, str]:
        """A link's public id and token, a line of the card and an entry that waits; made once."""
        if side.program.id not in self._cards:
            self._cards[side.program.id] = card_rows(Make(self._work, Clock()), side.placement, side.owed)
        return self._cards[side.program.id]

    def talk(self, side: Side) -> dict[str, str]:
        """Yesterday's one-to-one session with the therapist, whose deputy is a coach; made once."""
        if side.program.id not in self._talks:
            make, accounts = Make(self._work, Clock()), self.cast.accounts
            who = (accounts.noa, accounts.therapist, accounts.coach)
            if not self.is_own(side):
                coach = make.account("Ida Moor", [Role.COACH], side.program)
                who = (accounts.ben, accounts.outsider_therapist, coach)
            self._talks[side.program.id] = talk_rows(make, side.participant, *who)
        return self._talks[side.program.id]

    def log(self, side: Side) -> dict[str, str]:
        """The participant's log, with an entry shared with their therapist; made once."""
        if side.program.id not in self._logs:
            make, accounts = Make(self._work, Clock()), self.cast.accounts
            who = (accounts.noa, accounts.therapist)
            if not self.is_own(side):
                who = (accounts.ben, accounts.outsider_therapist)
            self._logs[side.program.id] = diary_rows(make, side.program.id, *who)
        return self._logs[side.program.id]

    def practiced(self, side: Side) -> dict[str, str]:
        """Something everybody around the participant sees, with their invitation to it; made once."""
        if side.program.id not in self._practiced:
            make, accounts = Make(self._work, Clock()), self.cast.accounts
            account = accounts.noa if self.is_own(side) else accounts.ben
            practice = shared_practice(make, side.participant, account)
            link, path = invitation(make, practice, account)
            found = {"practice": practice, "family_link": link, "family_token": path.rsplit("/", 1)[1]}
            self._practiced[side.program.id] = found
        return self._practiced[side.program.id]

    def paper(self, side: Side, kind: str) -> str:
        """Questionnaires the therapist handed out, one of them handed in; made once."""
        if side.program.id not in self._handed_out:
            accounts = self.cast.accounts
            who = (accounts.noa, accounts.therapist)
            if not self.is_own(side):
                who = (accounts.ben, accounts.outsider_therapist)
            self._handed_out[side.program.id] = paper_rows(Make(self._work, Clock()), side.participant, *who)
        return self._handed_out[side.program.id][kind]

    def made(self, side: Side) -> dict[str, str]:
        """What the participant made with their therapist, with words, and a picture; made once."""
        if side.program.id not in self._made:
            make, accounts = Make(self._work, Clock()), self.cast.accounts
            who = (accounts.noa, accounts.therapist)
            if not self.is_own(side):
                who = (accounts.ben, accounts.outsider_therapist)
            self._made[side.program.id] = activity_rows(make, side.participant, *who)
        return self._made[side.program.id]

    def way(self, side: Side) -> dict[str, str]:
        """The participant's way through the program, an entry of a list and a frozen report; made once."""
        if side.program.id not in self._ways:
            make = Make(self._work, Clock())
            self._ways[side.program.id] = way_rows(make, side.participant) | {
                "list_entry": entry_row(make, side.program).public_id,
                "frozen": frozen_row(make, side.program).public_id,
                **check_rows(make, side.placement),
                "employer_contact": talk_row(make, side.employer).public_id,
                **upload_rows(make, side.program.id),
            }
        return self._ways[side.program.id]

    def card_link(self, side: Side) -> str:
        """The token of somebody without an account."""
        return self.card(side)["token"]

    def rule(self, side: Side) -> str:
        return str(side.catalog.rules[1].public_id)

    def _rule_of(self, side: Side, key: str) -> str:
        mine = (MilestoneRule.participant_id == side.participant.id, MilestoneRule.key == key)
        return self._first(select(MilestoneRule.public_id).where(*mine))

    def person_rule(self, side: Side) -> str:
        return self._rule_of(side, "person")

    def chosen(self, side: Side) -> str:
        return self._rule_of(side, "chosen")

    def _offer(self) -> None:
        """Somebody nobody looks after said yes: in program A to Harbor, in B to its one shop."""
        make = Make(self._work, Clock())
        harbor = make.one(select(Opening).where(Opening.id == self.cast.proposed.opening_id))
        for side, opening in ((self.cast.a, harbor), (self.cast.b, self.cast.b.opening)):
            person = make.participant(side.program, "Ona", "Reed")
            row = make.placement(person, opening, PlacementState.OFFERED, answer=Answer.YES, shared=["first_name"])
            self._offered[side.program.id] = row.public_id

    def _tell(self) -> None:
        """In both programs: somebody who did not come, and what a participant told their therapist."""
        make, accounts = Make(self._work, Clock()), self.cast.accounts
        people = ((accounts.noa, accounts.therapist), (accounts.ben, accounts.outsider_therapist))
        for side, (by, to) in zip((self.cast.a, self.cast.b), people, strict=True):
            make.notice(side.participant, NoticeKind.DID_NOT_COME)
            make.ill(side.participant)
            busy_row(make, side.participant)
            limit_row(make, side.participant)
            plan_row(make, side.placement)
            ladder_rows(make, side.participant, to)
            feed_row(make, FeedKind.PARTICIPANT, side.participant)
            make.notice(side.participant, NoticeKind.UNLISTED_TASK, text="Watering the plants")
            make.incident(side.participant)
            make.notice(
                side.participant, NoticeKind.SOMETHING_WRONG, from_account_id=by.id, to_account_id=to.id, text="Loud"
            )

    def _gather(self) -> None:
        """In both programs: a group with its session, a member, a task and a photo."""
        make, accounts = Make(self._work, Clock()), self.cast.accounts
        for side, leader in ((self.cast.a, accounts.coach), (self.cast.b, accounts.outsider_therapist)):
            self._groups[side.program.id] = make_group(make, leader, (side.participant,), (side.catalog.tasks[0],))

    def group(self, side: Side) -> Made:
        return self._groups[side.program.id]

    def incident(self, side: Side) -> str:
        return self._first(select(Incident.public_id).where(Incident.participant_id == side.participant.id))

    def _busy(self, side: Side, source: BusySource) -> str:
        return self._first(
            select(Busy.public_id).where(Busy.participant_id == side.participant.id, Busy.source == source)
        )

    def illness(self, side: Side) -> str:
        return self._busy(side, BusySource.ILL)

    def taken_over(self, side: Side) -> str:
        return self._busy(side, BusySource.CALENDAR)

    def of_participant(self, model: Any, side: Side) -> str:
        return self._first(select(model.public_id).where(model.participant_id == side.participant.id))

    def planned_try(self, side: Side) -> str:
        mine = (ExposureTry.participant_id == side.participant.id, ExposureTry.done_at.is_(None))
        return self._first(select(ExposureTry.public_id).where(*mine))

    def feed(self, side: Side) -> str:
        return self._first(select(CalendarFeed.public_id).where(CalendarFeed.participant_id == side.participant.id))

    def feed_token(self, side: Side) -> str:
        with self._work.transaction() as session:
            mine = CalendarFeed.participant_id == side.participant.id
            row = session.scalars(select(CalendarFeed).where(mine)).first()
            assert row is not None
            return feed_token(self._work.link_key, row.id, row.generation)

    def notice(self, side: Side, kind: NoticeKind) -> str:
        mine = (Notice.participant_id == side.participant.id, Notice.kind == kind)
        return self._first(select(Notice.public_id).where(*mine))

    def offered(self, side: Side) -> str:
        return self._offered[side.program.id]

    def suggestion(self, side: Side) -> str:
        found = select(ProfileSuggestion.public_id).where(ProfileSuggestion.participant_id == side.participant.id)
        return self._first(found)

    def _first(self, statement: Select[str]) -> str:
        # A transaction of its own: one left open would keep the pages' from writing.
        with self._work.transaction() as session:
            return str(session.scalars(statement).first())

    def occasion(self, key: int) -> str:
        return self._first(select(Occasion.public_id).where(Occasion.id == key))

    def membership(self, side: Side) -> str:
        account = self.account(side)
        found = select(Membership.public_id).where(Membership.account_id == account.id)
        return self._first(found)

    def session(self, side: Side) -> str:
        """A device of the participant's, who must be signed in."""
        account = self.cast.accounts.noa if side is self.cast.a else self.cast.accounts.ben
        found = select(SignInSession.public_id).where(SignInSession.account_id == account.id).order_by(SignInSession.id)
        return self._first(found)

    def account(self, side: Side) -> Any:
        return self.cast.accounts.kim if side is self.cast.a else self.cast.accounts.ben

    def candidate(self, side: Side) -> str:
        return self._first(select(Participant.public_id).where(Participant.id == side.proposal.participant_id))

    def proposed(self, side: Side) -> str:
        return self.cast.proposed.public_id if side is self.cast.a else side.placement.public_id


def _plain(name: str) -> Callable[[Objects, Side], str]:
    return lambda _, side: str(getattr(side, name).public_id)


_FIND: dict[str, Callable[[Objects, Side], str]] = {
    **{
        name: _plain(name)
        for name in (
            *("participant", "employer", "site", "opening", "run", "placement", "step", "feedback", "milestone"),
            *("event", "note", "contact", "fading", "goal", "rating", "assignment", "program", "proposal", "rater"),
        )
    },
    "notice": lambda objects, side: objects.notice(side, NoticeKind.DID_NOT_COME),
    "told": lambda objects, side: objects.notice(side, NoticeKind.SOMETHING_WRONG),
    "sent": lambda objects, side: objects.notice(side, NoticeKind.SOMETHING_WRONG),
    "illness": Objects.illness,
    "taken_over": Objects.taken_over,
    "work_limit": lambda objects, side: objects.of_participant(WorkLimit, side),
    "step_plan": lambda objects, side: objects.of_participant(StepPlan, side),
    "one_to_one": lambda objects, side: objects.talk(side)["one_to_one"],
    "agreed": lambda objects, side: objects.talk(side)["agreed"],
    "agenda_item": lambda objects, side: objects.talk(side)["agenda_item"],
    "deputy": lambda objects, side: objects.talk(side)["deputy"],
    "feed": Objects.feed,
    "feed_token": Objects.feed_token,
    "unlisted": lambda objects, side: objects.notice(side, NoticeKind.UNLISTED_TASK),
    "incident": Objects.incident,
    "rule": Objects.rule,
    "series": Objects.series,
    "person_rule": Objects.person_rule,
    "chosen": Objects.chosen,
    "report": Objects.report,
    "earned": Objects.earned,
    "proposed": Objects.proposed,
    "offered": Objects.offered,
    "shift": lambda objects, side: objects.occasion(side.current.id),
    "owed": lambda objects, side: objects.occasion(side.owed.id),
    "future": lambda objects, side: objects.occasion(side.future.id),
    "rated": lambda objects, side: objects.occasion(side.rated.id),
    "account": lambda objects, side: str(objects.account(side).public_id),
    "membership": Objects.membership,
    "suggestion": Objects.suggestion,
    "session": Objects.session,
    "task": lambda _, side: str(side.catalog.tasks[0].public_id),
    "trait": lambda _, side: str(side.catalog.traits[0].public_id),
    "accommodation": lambda _, side: str(side.catalog.accommodations[0].public_id),
    # Noa must never be matched with her own employer: exclude() has made it so.
    "excluded": lambda _, side: side.employer.public_id,
    # Whom the draft run proposes for the opening.
    "candidate": Objects.candidate,
    # Not a row: a word that must be one of ours.
    "move": lambda objects, side: "pause" if objects.is_own(side) else "nonsense",
    "link": lambda _, side: side.link_token,
    "stop": Objects.stop,
    "undelivered": Objects.undelivered,
    "card_link": Objects.card_link,
    "rater_link": lambda objects, side: objects.card(side)["link"],
    "card_line": lambda objects, side: objects.card(side)["line"],
    "held": lambda objects, side: objects.card(side)["held"],
    "group": lambda objects, side: objects.group(side).group.public_id,
    "group_session": lambda objects, side: objects.group(side).held.public_id,
    "group_member": lambda objects, side: objects.group(side).members[0].public_id,
    "group_task": lambda objects, side: objects.group(side).tasks[0].public_id,
    "group_photo": lambda objects, side: objects.group(side).photo.public_id,
    "practice": lambda objects, side: objects.practiced(side)["practice"],
    "family_link": lambda objects, side: objects.practiced(side)["family_link"],
    "family_token": lambda objects, side: objects.practiced(side)["family_token"],
    "diary_entry": lambda objects, side: objects.log(side)["diary_entry"],
    "share": lambda objects, side: objects.log(side)["share"],
    "open_note": lambda objects, side: objects.of_participant(SessionNote, side),
    "rights_request": lambda objects, side: objects.of_participant(RightsRequest, side),
    "representative": lambda objects, side: objects.of_participant(Representative, side),
    "exposure_step": lambda objects, side: objects.of_participant(ExposureStep, side),
    "exposure_try": Objects.planned_try,
    **{kind: partial(Objects.paper, kind=kind) for kind in ("paper", "paper_open", "questionnaire")},
    **{
        kind: partial(lambda objects, side, kind: objects.way(side)[kind], kind=kind)
        for kind in (
            "enrollment",
            "approval",
            "employment",
            "expense",
            "list_entry",
            "frozen",
            "check_item",
            "check_entry",
            "employer_contact",
            "upload",
            "upload_mapped",
            "upload_done",
        )
    },
    # Not a row: which quarter after the exit.
    "follow_up_number": lambda objects, side: "1" if objects.is_own(side) else "nonsense",
    "activity": lambda objects, side: objects.made(side)["activity"],
    "activity_share": lambda objects, side: objects.made(side)["activity_share"],
    "reflection": lambda objects, side: objects.made(side)["reflection"],
}
