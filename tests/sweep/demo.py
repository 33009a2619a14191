"""The small demo as the sweep's data: one database a run, and what its addresses name."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Select, and_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from placement.domain.absences import BusySource
from placement.domain.contacts import ContactKind
from placement.domain.feeds import FeedKind
from placement.domain.mails import MailKind
from placement.domain.milestones import RuleKind
from placement.domain.notices import TO_ONE, NoticeKind
from placement.domain.placements import PlacementState
from placement.domain.proposals import RunState
from placement.domain.reports import ReportReader
from placement.domain.rights import RequestKind
from placement.domain.stop_mails import ACCOUNT, Stop, stop_token
from placement.domain.tokens import family_link_token, feed_token
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.accounts.session import SignInSession
from placement.models.activities.activity import Activity, Reflection
from placement.models.contacts.contact import Contact
from placement.models.diary.entry import DiaryEntry
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.employers.opening import Opening
from placement.models.enrollments.enrollment import ListEntry
from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.groups.group import Group, GroupMember, GroupPhoto, GroupSeat, GroupSession, GroupTask
from placement.models.matching.run import MatchRun, Proposal
from placement.models.notices.notice import Incident
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementStep
from placement.models.practice.practice import FamilyLink
from placement.models.programs.catalog import Accommodation, Task, Trait
from placement.models.programs.program import Program
from placement.models.progress.measure import MeasureItem
from placement.models.progress.milestone import ChartEvent, Milestone, MilestoneRule
from placement.models.progress.plan import FadingStep, Goal, PointNote
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.models.reports.report import Report
from placement.models.rights.rights import Representative, RightsRequest
from placement.models.rights.share import Share
from placement.models.sessions.one_to_one import AgendaItem, AgreedTask, ClinicalDeputy, OneToOne, SessionNote
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.usecases.practice.invite import invite_family
from placement.usecases.practice.plan import AddPractice, PracticeValues, add_practice
from placement.usecases.transaction import Work
from tests.application import build_app, dispose
from tests.clock import Clock
from tests.factories.groups import jpeg
from tests.factories.make import Make
from tests.web.calendars.addresses import busy_row, feed_row
from tests.web.cards.phones import card_rows
from tests.web.checklists.rows import check_rows
from tests.web.enrollments.rows import frozen_row, way_rows
from tests.web.imports.files import upload_rows
from tests.web.limits.rows import limit_row, plan_row

#: Visitor → (role, email). The participant is in the middle; the staff are those who look after them.
PEOPLE = {
    "coordinator": "coordinator1@bridgeway.example",
    "admin": "admin1@bridgeway.example",
    "therapist": "therapist1@bridgeway.example",
    "coach": "coach1@bridgeway.example",
    "supervisor": "supervisor1@bridgeway.example",
    "participant": "participant1@bridgeway.example",
    "participant_asked": "participant19@bridgeway.example",
    "supervisor_asked": "supervisor6@bridgeway.example",
    "site": "site@placement.example",
}


def build(path: Path) -> None:
    """Write the demo to ``path`` unless another worker of this run has; then wait for it."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return
        draft = path.with_suffix(".draft")
        _write(build_app(f"sqlite:///{draft}", Clock()))
        _copy(draft, path)


def copy(path: Path, to: Path) -> str:
    """A database of one's own; returns its URL."""
    _copy(path, to)
    return f"sqlite:///{to}"


def _copy(path: Path, to: Path) -> None:
    source, target = sqlite3.connect(path), sqlite3.connect(to)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _write(app: Flask) -> None:
    with app.app_context():
        upgrade()
    done = app.test_cli_runner().invoke(args=["demo", "load", "--size", "small"])
    if done.exit_code:
        raise RuntimeError(done.output) from done.exception
    dispose(app)


@dataclass(frozen=True)
class Objects:
    """``objects.id(kind)``: what an address names, all around the participant in the middle."""

    work: Work
    clock: Clock

    def account(self, visitor: str) -> Account:
        with self.work.transaction() as session:
            return session.scalars(select(Account).where(Account.email == PEOPLE[visitor])).one()

    def _photo(self) -> str:
        """One of the wall, made here."""
        make, leader = Make(self.work, self.clock), self.account("coach")
        group = make.one(select(Group).where(Group.public_id == self.id("group")))
        row = GroupPhoto(
            program_id=group.program_id, group_id=group.id, image=jpeg(640, 480), thumbnail=jpeg(320, 240), width=640,
            height=480, by_account_id=leader.id, created_at=self.clock.now,
        )  # fmt: skip
        return make.add(row).public_id

    def id(self, kind: str) -> str:
        """Public id (or token) of an object of ``kind``. KeyError for a kind the sweep does not know."""
        if kind == "link":
            return self._link()
        if kind == "stop":
            who = Stop(ACCOUNT, self.account("participant").public_id, MailKind.MILESTONE)
            return stop_token(self.work.link_key, who)
        if kind == "move":
            return "pause"
        if kind in _NOTICES:
            return self._notice(_NOTICES[kind])
        if kind in ("feed", "feed_token"):
            return self._feed(kind)
        if kind == "taken_over":
            return busy_row(Make(self.work, self.clock), self._middle()).public_id
        if kind == "work_limit":
            return limit_row(Make(self.work, self.clock), self._middle()).public_id
        if kind == "step_plan":
            return self._plan()
        if kind == "follow_up_number":
            return "1"
        if kind.startswith("upload"):
            return upload_rows(Make(self.work, self.clock), self._middle().program_id)[kind]
        if kind in ("check_item", "check_entry"):
            return self._checked()[kind]
        if kind == "frozen":
            return frozen_row(Make(self.work, self.clock), self._middle().program_id).public_id
        if kind in ("enrollment", "approval", "employment", "expense"):
            return way_rows(Make(self.work, self.clock), self._middle())[kind]
        if kind == "group_photo":
            return self._photo()
        if kind == "rights_request":
            return self._asked()
        if kind == "open_note":
            self._open_note()
        if kind in _ON_CARD:
            return self._card()[_ON_CARD[kind]]
        if kind in ("practice", "family_link", "family_token"):
            return self._practiced()[kind]
        if kind == "one_to_one":
            self._name_deputy()
        found = FIND[kind](self._middle(), self.clock)
        with self.work.transaction() as session:
            value = session.scalars(found.limit(1)).first()
        if value is None:
            raise LookupError(f"the demo has no {kind}")
        return str(value)

    def _asked(self) -> str:
        """A correction the middle asked for, made here."""
        make, person = Make(self.work, self.clock), self._middle()
        row = RightsRequest(
            program_id=person.program_id, participant_id=person.id, kind=RequestKind.CORRECTION, about="other",
            text="My phone number is a new one.", due_on=make.day(30), created_at=self.clock.now,
        )  # fmt: skip
        return make.add(row).public_id

    def _checked(self) -> dict[str, str]:
        """A line of the checklist and an entry of the middle's placement, made here."""
        make, person = Make(self.work, self.clock), self._middle()
        running = (Placement.participant_id == person.id, Placement.state == PlacementState.ACTIVE)
        return check_rows(make, make.one(select(Placement).where(*running).limit(1)))

    def _open_note(self) -> None:
        """Let the middle read the notes about them."""
        mine = SessionNote.participant_id == self._middle().id
        with self.work.transaction() as session:
            session.execute(update(SessionNote).where(mine).values(opened_to_participant_at=self.clock.now))

    def _middle(self) -> Participant:
        with self.work.transaction() as session:
            return session.scalars(
                select(Participant)
                .join(Account, Account.id == Participant.account_id)
                .where(Account.email == PEOPLE["participant"])
            ).one()

    def _card(self) -> dict[str, str]:
        """A link of the middle's placement, and what hangs on it; the demo has nobody without an account."""
        make, person = Make(self.work, self.clock), self._middle()
        with self.work.transaction() as session:
            placement, shift = session.execute(
                select(Placement, Shift)
                .join(Shift, Shift.placement_id == Placement.id)
                .where(Placement.participant_id == person.id, Placement.state == PlacementState.ACTIVE)
                .limit(1)
            ).one()
        return card_rows(make, placement, shift)

    def _practiced(self) -> dict[str, str]:
        """Phone calls, which the middle practices, and their invitation; made once."""
        make, person = Make(self.work, self.clock), self._middle()
        account = self.account("participant")
        task = make.one(select(Task).where(Task.program_id == person.program_id, Task.key == "make_a_phone_call"))
        command = AddPractice(person.public_id, PracticeValues(plan="Tuesdays"), task=task.public_id)
        practice = add_practice(make.work, make.actor(account), command)
        row = next(iter(make.all(select(FamilyLink).where(FamilyLink.participant_id == person.id))), None)
        if row is None:
            invite_family(make.work, make.actor(account), practice, "Mom")
            row = make.one(select(FamilyLink).where(FamilyLink.participant_id == person.id))
        token = family_link_token(self.work.link_key, row.id, row.generation)
        return {"practice": practice, "family_link": row.public_id, "family_token": token}

    def _name_deputy(self) -> None:
        """The coach may open the therapist's notes."""
        make, whose, who = Make(self.work, self.clock), self.account("therapist"), self.account("coach")
        make.add(
            ClinicalDeputy(
                program_id=self._middle().program_id, account_id=whose.id, deputy_account_id=who.id,
                first_day=make.day(0), last_day=make.day(9), by_account_id=whose.id, created_at=self.clock.now,
            )
        )  # fmt: skip

    def _plan(self) -> str:
        """The middle's step plan, agreed, so that everything about it can be opened."""
        make, person = Make(self.work, self.clock), self._middle()
        running = (Placement.participant_id == person.id, Placement.state == PlacementState.ACTIVE)
        return plan_row(make, make.one(select(Placement).where(*running).limit(1)), agreed=True, hours=8).public_id

    def _feed(self, kind: str) -> str:
        """The address of the middle's own shifts."""
        row = feed_row(Make(self.work, self.clock), FeedKind.PARTICIPANT, self._middle())
        return row.public_id if kind == "feed" else feed_token(self.work.link_key, row.id, row.generation)

    def _notice(self, kind: NoticeKind) -> str:
        """About the middle; what is told to one person, to their therapist."""
        make, told = Make(self.work, self.clock), kind in TO_ONE
        to = self.account("therapist").id if told else None
        by = self.account("participant").id if told else None
        words = "Watering the plants"
        return make.notice(self._middle(), kind, to_account_id=to, from_account_id=by, text=words).public_id

    def _link(self) -> str:
        make = Make(self.work, self.clock)
        return make.link(self.account("participant"))


#: Kinds of objects around a card → what ``card_rows`` calls them.
_ON_CARD = {"card_link": "token", "rater_link": "link", "card_line": "line", "held": "held"}

_NOTICES = {
    "notice": NoticeKind.DID_NOT_COME,
    "unlisted": NoticeKind.UNLISTED_TASK,
    "told": NoticeKind.SOMETHING_WRONG,
    "sent": NoticeKind.SOMETHING_WRONG,
}

Find = Callable[[Participant, Clock], Select[str]]


def _shift(state: str) -> Find:
    """A shift of the middle's: owed, rated, future, or today's."""

    def find(person: Participant, clock: Clock) -> Select[str]:
        base = (
            select(Occasion.public_id)
            .join(Shift, Shift.id == Occasion.id)
            .where(Occasion.participant_id == person.id, Shift.cancelled_at.is_(None))
        )
        return {
            "owed": base.where(Shift.feedback_due_at < clock.now).order_by(Occasion.local_day),
            "rated": base.join(Feedback, Feedback.occasion_id == Occasion.id)
            .join(Rater, Rater.id == Feedback.rater_id)
            .join(Account, Account.id == Rater.account_id)
            .where(Account.email == PEOPLE["supervisor"])
            .order_by(Occasion.local_day.desc()),
            "future": base.where(Occasion.starts_at > clock.now).order_by(Occasion.local_day),
            "shift": base.where(Occasion.ends_at < clock.now).order_by(Occasion.local_day.desc()),
        }[state]

    return find


def _of_placement(column: object) -> Find:
    """Something on the way from the middle's placement up to the employer."""

    def find(person: Participant, _: Clock) -> Select[str]:
        return (
            select(column)  # type: ignore[call-overload]
            .select_from(Placement)
            .join(Opening, Opening.id == Placement.opening_id)
            .join(Site, Site.id == Opening.site_id)
            .join(Employer, Employer.id == Site.employer_id)
            .where(Placement.participant_id == person.id)
        )

    return find


def _of_run(column: object) -> Find:
    """Something of the first pair of this morning's draft."""

    def find(person: Participant, _: Clock) -> Select[str]:
        return (
            select(column)  # type: ignore[call-overload]
            .select_from(Proposal)
            .join(Participant, Participant.id == Proposal.participant_id)
            .join(Opening, Opening.id == Proposal.opening_id)
            .join(MatchRun, MatchRun.id == Proposal.run_id)
            .where(Proposal.program_id == person.program_id, MatchRun.state == RunState.DRAFT)
            .order_by(Proposal.id)
        )

    return find


def _of_group(column: InstrumentedAttribute[str]) -> Find:
    """The latest held of the first group the person belongs to."""
    held = and_(GroupSession.group_id == Group.id, GroupSeat.session_id == GroupSession.id)
    return lambda person, _: (
        select(column)
        .select_from(Group)
        .join(GroupMember, and_(GroupMember.group_id == Group.id, GroupMember.participant_id == person.id))
        .outerjoin(GroupTask, GroupTask.group_id == Group.id)
        .join(GroupSession, GroupSession.group_id == Group.id)
        .join(GroupSeat, held)
        .order_by(Group.id, GroupSession.day.desc(), column)
    )


def _own(table: type) -> Find:
    return lambda person, _: select(table.public_id).where(table.participant_id == person.id)  # type: ignore[attr-defined]


def _program(table: type) -> Find:
    return lambda person, _: select(table.public_id).where(table.program_id == person.program_id)  # type: ignore[attr-defined]


def _rule(*conditions: object) -> Find:
    """A rule in force."""
    return lambda person, _: select(MilestoneRule.public_id).where(
        MilestoneRule.program_id == person.program_id,
        MilestoneRule.archived_at.is_(None),
        *(condition(person) for condition in conditions),  # type: ignore[operator]
    )


FIND: dict[str, Find] = {
    "rule": _rule(lambda _: MilestoneRule.occasions > 1, lambda _: MilestoneRule.participant_id.is_(None)),
    "person_rule": _rule(lambda person: MilestoneRule.participant_id == person.id),
    "chosen": _rule(
        lambda person: MilestoneRule.participant_id == person.id, lambda _: MilestoneRule.kind == RuleKind.OWN_WORDS
    ),
    "participant": lambda person, _: select(Participant.public_id).where(Participant.id == person.id),
    "employer": _of_placement(Employer.public_id),
    "site": _of_placement(Site.public_id),
    "opening": _of_placement(Opening.public_id),
    "placement": _of_placement(Placement.public_id),
    # The first of each kind: theirs are the ``…_asked`` among PEOPLE.
    "proposed": lambda person, _: (
        select(Placement.public_id)
        .where(Placement.program_id == person.program_id, Placement.state == PlacementState.PROPOSED)
        .order_by(Placement.id)
    ),
    "offered": lambda person, _: (
        select(Placement.public_id)
        .where(Placement.program_id == person.program_id, Placement.state == PlacementState.OFFERED)
        .order_by(Placement.id)
    ),
    "step": lambda person, _: (
        select(PlacementStep.public_id)
        .join(Placement, Placement.id == PlacementStep.placement_id)
        .where(Placement.participant_id == person.id)
    ),
    "shift": _shift("shift"),
    "owed": _shift("owed"),
    "rated": _shift("rated"),
    "future": _shift("future"),
    "feedback": lambda person, _: (
        select(Feedback.public_id)
        .join(Occasion, Occasion.id == Feedback.occasion_id)
        .join(Rater, Rater.id == Feedback.rater_id)
        .join(Account, Account.id == Rater.account_id)
        .where(Occasion.participant_id == person.id, Account.email == PEOPLE["supervisor"])
        .order_by(Feedback.sent_at.desc())
    ),
    "rater": lambda person, _: (
        select(Rater.public_id)
        .join(SiteSupervisor, SiteSupervisor.rater_id == Rater.id)
        .join(Opening, Opening.site_id == SiteSupervisor.site_id)
        .join(Placement, Placement.opening_id == Opening.id)
        .where(Placement.participant_id == person.id)
    ),
    "milestone": _own(Milestone),
    "event": _own(ChartEvent),
    "series": _own(MeasureItem),
    "note": _own(PointNote),
    # The therapist writes down calls.
    "contact": lambda person, _: select(Contact.public_id).where(
        Contact.participant_id == person.id, Contact.kind == ContactKind.CALL
    ),
    "fading": _own(FadingStep),
    "goal": _own(Goal),
    "group": _of_group(Group.public_id),
    "group_session": _of_group(GroupSession.public_id),
    "group_member": _of_group(GroupMember.public_id),
    "group_task": _of_group(GroupTask.public_id),
    # The latest that is over; what was agreed there, and what waits for the next one.
    "one_to_one": lambda person, clock: (
        select(OneToOne.public_id)
        .join(Occasion, Occasion.id == OneToOne.id)
        .where(OneToOne.participant_id == person.id, Occasion.ends_at < clock.now)
        .order_by(OneToOne.day.desc())
    ),
    "agreed": lambda person, _: select(AgreedTask.public_id).where(
        AgreedTask.participant_id == person.id, AgreedTask.reviewed_session_id.is_(None)
    ),
    "agenda_item": lambda person, _: select(AgendaItem.public_id).where(
        AgendaItem.by_account_id == person.account_id, AgendaItem.talked_at.is_(None)
    ),
    "deputy": lambda person, _: select(ClinicalDeputy.public_id).where(ClinicalDeputy.program_id == person.program_id),
    # Read by who handed it out; and one that waits.
    "paper": lambda person, _: select(Handout.public_id).where(
        Handout.participant_id == person.id,
        Handout.answered_at.is_not(None),
        Handout.reader_account_id == Handout.by_account_id,
    ),
    "paper_open": lambda person, _: select(Handout.public_id).where(
        Handout.participant_id == person.id, Handout.answered_at.is_(None), Handout.declined_at.is_(None)
    ),
    "questionnaire": _program(Questionnaire),
    "report": lambda person, _: select(Report.public_id).where(
        Report.participant_id == person.id, Report.reader == ReportReader.EMPLOYER
    ),
    "earned": lambda person, _: (
        select(Milestone.public_id)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .where(Milestone.participant_id == person.id, MilestoneRule.kind == RuleKind.HOURS_COMPLETED)
    ),
    "incident": _own(Incident),
    "illness": lambda person, _: select(Busy.public_id).where(
        Busy.participant_id == person.id, Busy.source == BusySource.ILL
    ),
    "assignment": _own(Assignment),
    "run": lambda person, _: (
        select(MatchRun.public_id)
        .where(MatchRun.program_id == person.program_id, MatchRun.state == RunState.DRAFT)
        .order_by(MatchRun.id)
    ),
    "proposal": _of_run(Proposal.public_id),
    "candidate": _of_run(Participant.public_id),
    "opening_of_run": _of_run(Opening.public_id),
    "program": lambda person, _: select(Program.public_id).where(Program.id == person.program_id),
    "account": lambda person, _: select(Account.public_id).where(Account.id == person.account_id),
    "membership": lambda person, _: select(Membership.public_id).where(Membership.account_id == person.account_id),
    "session": lambda person, _: select(SignInSession.public_id).where(SignInSession.account_id == person.account_id),
    "task": _program(Task),
    "trait": _program(Trait),
    "accommodation": _program(Accommodation),
    "diary_entry": lambda person, _: (
        select(DiaryEntry.public_id).where(DiaryEntry.participant_id == person.id).order_by(DiaryEntry.day.desc())
    ),
    "share": lambda person, _: select(Share.public_id).where(
        Share.participant_id == person.id, Share.withdrawn_at.is_(None)
    ),
    "open_note": lambda person, _: select(SessionNote.public_id).where(
        SessionNote.participant_id == person.id, SessionNote.opened_to_participant_at.is_not(None)
    ),
    "representative": _own(Representative),
    "list_entry": _program(ListEntry),
    "exposure_step": lambda person, _: (
        select(ExposureStep.public_id)
        .join(ExposureTry, ExposureTry.step_id == ExposureStep.id)
        .where(ExposureStep.participant_id == person.id, ExposureTry.done_at.is_not(None))
        .order_by(ExposureStep.position)
    ),
    "exposure_try": lambda person, _: select(ExposureTry.public_id).where(
        ExposureTry.participant_id == person.id, ExposureTry.done_at.is_(None)
    ),
    # The one with words that are shared.
    "activity": lambda person, _: (
        select(Activity.public_id)
        .where(Activity.participant_id == person.id, Activity.words_sealed.is_not(None))
        .order_by(Activity.id)
    ),
    "activity_share": lambda person, _: select(Share.public_id).where(
        Share.participant_id == person.id, Share.activity_id.is_not(None), Share.withdrawn_at.is_(None)
    ),
    "reflection": _own(Reflection),
}
