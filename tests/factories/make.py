"""Rows for tests, written straight into the tables. What a test does not name gets a plain value."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from placement.domain.absences import BusySource
from placement.domain.contacts import ContactKind
from placement.domain.events import EventKind
from placement.domain.jobs import LinkPurpose
from placement.domain.notices import NoticeKind
from placement.domain.openings import OpeningState
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import PlacementState, StepKind, occupies
from placement.domain.reports import ReportReader
from placement.domain.roles import Role
from placement.domain.shifts import Attendance, PlannedTime, instants, worked_minutes
from placement.domain.sign_in import ABSOLUTE, IDLE
from placement.domain.support import NotTodayReason, RaterKind
from placement.domain.text import fold
from placement.domain.tokens import link_token, token_hash
from placement.domain.week import Span, from_spans
from placement.models.accounts.account import Account, AccountLink, Assignment, Membership
from placement.models.accounts.session import SignInSession
from placement.models.contacts.contact import Contact
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.employers.opening import Opening, OpeningRequirement, OpeningTask
from placement.models.feedback.observation import Feedback, Observation
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Incident, Notice
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementMove, PlacementStep
from placement.models.programs.catalog import Task, Trait
from placement.models.programs.program import Program
from placement.models.progress.milestone import ChartEvent, Milestone, MilestoneRule
from placement.models.progress.plan import FadingStep, Goal, GoalRating, PointNote
from placement.models.progress.summary import PlacementSummary
from placement.models.reports.report import Report
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries.accounts.actor import load_actor
from placement.usecases.effects.raters import RATES_AS, ensure_rater
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.catalog import Catalog, write_catalog

#: The password of every account made here.
PASSWORD = "three plain test words"

#: Monday to Friday, nine to one.
MORNINGS = from_spans(Span(day, time(9), time(13)) for day in range(5))

T = TypeVar("T")


def sign_in_row(work: Work, account: Any, program: Any | None = None) -> str:
    """Start a session for ``account`` (in ``program``, by default its first) and return its token."""
    return sign_in_rows(work, [account], program)[0]


def sign_in_rows(work: Work, accounts: Iterable[Any], program: Any | None = None) -> list[str]:
    """As :func:`sign_in_row` for several, in one transaction."""
    now = work.clock()
    tokens = []
    with work.transaction() as session:
        for account in accounts:
            tokens.append(secrets.token_urlsafe(32))
            session.add(
                SignInSession(
                    token_hash=token_hash(tokens[-1]), account_id=account.id, created_at=now, last_seen_at=now,
                    program_id=program.id if program is not None else _first_program(session, account.id),
                    expires_at=now + ABSOLUTE, device="Firefox, Linux",
                )
            )  # fmt: skip
    return tokens


def _first_program(session: Session, account_id: int) -> int | None:
    return session.scalar(
        select(Membership.program_id)
        .where(Membership.account_id == account_id, Membership.archived_at.is_(None))
        .order_by(Membership.id)
        .limit(1)
    )


class Make:
    """Every method commits and returns the row, detached: its columns can be read, not its database."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self.work = work
        self.clock = clock
        self._number = 0
        self._hash = work.passwords.hash(PASSWORD)

    @property
    def today(self) -> date:
        """The local day in Berlin."""
        return self.clock.now.astimezone(ZoneInfo("Europe/Berlin")).date()

    def day(self, offset: int) -> date:
        """So many days from today."""
        return self.today + timedelta(days=offset)

    def add(self, row: T) -> T:
        """Write any row."""
        with self.work.transaction() as session:
            session.add(row)
        return row

    def one(self, statement: Any) -> Any:
        """The one value a SELECT finds, or None: what is in the database now."""
        with self.work.transaction() as session:
            return session.scalar(statement)

    def all(self, statement: Any) -> list[Any]:
        """The values a SELECT finds; those that name no order come as they were written.

        PostgreSQL hands out unordered rows as it likes, so a test that compares a list must not depend on it.
        """
        tables = [table for table in statement.get_final_froms() if isinstance(table, Table)]
        if not statement._order_by_clauses and not statement._distinct and len(tables) == 1:
            statement = statement.order_by(*tables[0].primary_key)
        with self.work.transaction() as session:
            return list(session.scalars(statement))

    def do(self, change: Callable[[Session], T]) -> T:
        """Run anything in one transaction."""
        with self.work.transaction() as session:
            return change(session)

    # Programs and people

    def program(self, name: str = "Riverside", **columns: Any) -> Program:
        defaults = {"zone": "Europe/Berlin", "locale": "en", "country": "DE", "created_at": self.clock.now}
        return self.add(Program(name=name, **(defaults | columns)))

    def catalog(self, program: Program, tasks: int = 4, traits: int = 3) -> Catalog:
        """The program's first tasks and traits, its scale, rules and accommodations, from our own catalog."""
        return self.do(lambda session: write_catalog(session, program.id, self.clock.now, tasks, traits))

    def account(
        self, name: str | None = None, roles: Iterable[Role] = (), program: Program | None = None, **columns: Any
    ) -> Account:
        """Somebody who can sign in with :data:`PASSWORD`, member of ``program`` in each role (and its rater)."""
        name = name or f"Person {self._next()}"
        email = columns.pop("email", None) or f"{fold(name).replace(' ', '.')}.{self._next()}@example.org"
        defaults = {
            "sort_key": fold(name), "email": email, "email_key": email.casefold(), "password_hash": self._hash,
            "locale": "en", "created_at": self.clock.now,
        }  # fmt: skip
        account = self.add(Account(name=name, **(defaults | columns)))
        for role in roles:
            if program is None:
                raise ValueError("a role needs a program")
            self.member(account, program, role)
        return account

    def member(self, account: Account, program: Program, role: Role) -> Membership:
        membership = Membership(
            program_id=program.id, account_id=account.id, role=role, created_at=self.clock.now
        )  # fmt: skip
        self.add(membership)
        self.do(lambda session: ensure_rater(session, self.work, program.id, account.id, role, account.name))
        return membership

    def participant(
        self, program: Program, preferred_name: str = "Noa", family_name: str = "Lind", account: Any = None,
        **columns: Any,
    ) -> Participant:  # fmt: skip
        """A participant; ``account=True`` also makes the account."""
        if account is True:
            account = self.account(f"{preferred_name} {family_name}", [Role.PARTICIPANT], program)
        defaults = {
            "sort_key": fold(f"{family_name} {preferred_name}"), "status": ParticipantStatus.ACTIVE,
            "account_id": account.id if account is not None else None, "created_at": self.clock.now,
        }  # fmt: skip
        return self.add(
            Participant(
                program_id=program.id,
                preferred_name=preferred_name,
                family_name=family_name,
                **(defaults | columns),
            )
        )

    def assign(
        self, account: Account, participant: Participant, stands_in_for: Account | None = None, **columns: Any
    ) -> Assignment:
        """Give a participant to a member of staff, from thirty days ago and without an end."""
        defaults = {"first_day": self.day(-30), "last_day": None, "created_at": self.clock.now}
        return self.add(
            Assignment(
                program_id=participant.program_id,
                account_id=account.id,
                participant_id=participant.id,
                stands_in_for_id=stands_in_for.id if stands_in_for is not None else None,
                **(defaults | columns),
            )
        )

    # Shops

    def employer(self, program: Program, name: str = "Corner Grocery", **columns: Any) -> Employer:
        defaults = {"sort_key": fold(name), "created_at": self.clock.now}
        return self.add(Employer(program_id=program.id, name=name, **(defaults | columns)))

    def site(self, employer: Employer, name: str = "Market Street", city: str = "Berlin", **columns: Any) -> Site:
        defaults = {"sort_key": fold(f"{name} {city}"), "zone": "Europe/Berlin", "created_at": self.clock.now}
        return self.add(
            Site(program_id=employer.program_id, employer_id=employer.id, name=name, city=city, **(defaults | columns))
        )

    def rater(self, program_id: int, account: Account, kind: RaterKind) -> Rater:
        """The rater behind an account, made if missing."""
        role = next(role for role, rates_as in RATES_AS.items() if rates_as is kind)
        found = self.do(lambda session: ensure_rater(session, self.work, program_id, account.id, role, account.name))
        if found is None:
            raise ValueError(f"{kind} is nobody's kind")
        return found

    def supervise(self, account: Account, site: Site, **columns: Any) -> Rater:
        """Let a supervisor rate at a site."""
        rater = self.rater(site.program_id, account, RaterKind.SUPERVISOR)
        defaults = {"first_day": self.day(-90), "last_day": None}
        self.add(SiteSupervisor(program_id=site.program_id, site_id=site.id, rater_id=rater.id, **(defaults | columns)))
        return rater

    def opening(
        self,
        site: Site,
        role: str = "Stock helper",
        tasks: Iterable[Task] = (),
        requirements: Mapping[Trait, int] | Iterable[tuple[Trait, int]] = (),
        **columns: Any,
    ) -> Opening:
        """An opening with two places, weekday mornings, from sixty days ago for half a year."""
        defaults = {
            "sort_key": fold(f"{role} {site.name} {site.city}"), "state": OpeningState.OPEN, "capacity": 2,
            "filled": 0, "first_day": self.day(-60), "last_day": self.day(120), "pattern": MORNINGS,
            "created_at": self.clock.now,
        }  # fmt: skip
        opening = self.add(Opening(program_id=site.program_id, site_id=site.id, role=role, **(defaults | columns)))
        for task in tasks:
            self.add(OpeningTask(program_id=site.program_id, opening_id=opening.id, task_id=task.id))
        pairs = requirements.items() if isinstance(requirements, Mapping) else requirements
        for trait, level in pairs:
            self.add(
                OpeningRequirement(
                    program_id=site.program_id, opening_id=opening.id, trait_id=trait.id, level=level, weight=3
                )
            )
        return opening

    # Placements, shifts, feedback

    def placement(
        self, participant: Participant, opening: Opening, state: PlacementState = PlacementState.ACTIVE, **columns: Any
    ) -> Placement:
        """A placement in ``state``; one that occupies a place takes it from the opening."""
        defaults = {
            "first_day": self.day(-28), "last_day": self.day(56), "pattern": opening.pattern, "fit": 7200,
            "created_at": self.clock.now,
        }  # fmt: skip
        row = Placement(
            program_id=participant.program_id,
            participant_id=participant.id,
            opening_id=opening.id,
            state=state,
            **(defaults | columns),
        )

        def change(session: Session) -> Placement:
            session.add(row)
            session.flush()
            move = PlacementMove(
                program_id=row.program_id, placement_id=row.id, from_state=None, to_state=state, at=self.clock.now
            )
            session.add_all([move, PlacementSummary(placement_id=row.id, program_id=row.program_id)])
            if occupies(state):
                session.get_one(Opening, opening.id).filled += 1
            return row

        return self.do(change)

    def shift(
        self,
        placement: Placement,
        day: date | None = None,
        start: time = time(9),
        end: time = time(13),
        attendance: Attendance = Attendance.UNKNOWN,
        zone: str = "Europe/Berlin",
        **columns: Any,
    ) -> Shift:
        """A planned shift with its occasion, by default today's, feedback due at its end."""
        day = day or self.today
        starts_at, ends_at = instants(PlannedTime(day, start, end, zone))
        occasion = self._occasion(placement, day, starts_at, ends_at, zone, attendance)
        opening = self.one(select(Opening).where(Opening.id == placement.opening_id))
        absent = attendance in (Attendance.ABSENT, Attendance.EXCUSED)
        owed = not absent and columns.get("cancelled_at") is None
        planned_minutes = int((ends_at - starts_at).total_seconds() // 60)
        defaults = {
            "agreed_day": day,
            "feedback_due_at": ends_at if owed else None,
            "minutes": worked_minutes(attendance, planned_minutes, None, None),
        }
        return self.add(
            Shift(
                id=occasion.id, program_id=placement.program_id, placement_id=placement.id, site_id=opening.site_id,
                day=day, start=start, end=end, **(defaults | columns),
            )
        )  # fmt: skip

    def _occasion(
        self, placement: Placement, day: date, starts_at: datetime, ends_at: datetime, zone: str, attendance: Attendance
    ) -> Occasion:
        return self.add(
            Occasion(
                program_id=placement.program_id, participant_id=placement.participant_id, kind="shift",
                starts_at=starts_at, ends_at=ends_at, zone=zone, local_day=day, attendance=attendance,
                created_at=self.clock.now,
            )
        )  # fmt: skip

    def feedback(
        self,
        shift: Shift,
        rater: Rater,
        levels: Mapping[Task, int | NotTodayReason] | Iterable[tuple[Task, int | NotTodayReason]],
        catalog: Catalog,
        **columns: Any,
    ) -> Feedback:
        """What ``rater`` sent about ``shift``: task → canonical rank, or why not today. Summaries stay as they are."""
        pairs = list(levels.items() if isinstance(levels, Mapping) else levels)

        def change(session: Session) -> Feedback:
            occasion = session.get_one(Occasion, shift.id)
            occasion.attendance = Attendance.HERE
            session.get_one(Shift, shift.id).feedback_due_at = None
            sent = Feedback(
                program_id=shift.program_id, occasion_id=shift.id, rater_id=rater.id, sent_at=occasion.ends_at,
                created_at=occasion.ends_at, **({"released_at": occasion.ends_at} | columns),
            )  # fmt: skip
            session.add(sent)
            for task, value in pairs:
                session.add(self._observation(occasion, rater, task, value, catalog))
            return sent

        return self.do(change)

    def _observation(
        self, occasion: Occasion, rater: Rater, task: Task, value: int | NotTodayReason, catalog: Catalog
    ) -> Observation:
        reason = value if isinstance(value, NotTodayReason) else None
        rank = None if reason else int(value)
        return Observation(
            program_id=occasion.program_id, occasion_id=occasion.id, participant_id=occasion.participant_id,
            task_id=task.id, rater_id=rater.id, rank=rank, not_today=reason,
            level_id=None if rank is None else catalog.levels[rank].id, created_at=occasion.ends_at,
        )  # fmt: skip

    # Around a placement, and links

    def step(self, placement: Placement, due_on: date, kind: StepKind = StepKind.MID_REVIEW) -> PlacementStep:
        return self.add(
            PlacementStep(
                program_id=placement.program_id, placement_id=placement.id, kind=kind, due_on=due_on,
                created_at=self.clock.now,
            )
        )  # fmt: skip

    def milestone(
        self, person: Participant, rule: MilestoneRule, shift: Shift, task: Task | None = None, **columns: Any
    ) -> Milestone:
        """A milestone reached on the day of ``shift``, which proves it."""
        occasion = self.one(select(Occasion).where(Occasion.id == shift.id))
        defaults = {"reached_at": occasion.ends_at, "reached_on": shift.day, "created_at": self.clock.now}
        return self.add(
            Milestone(
                program_id=person.program_id, participant_id=person.id, rule_id=rule.id, evidence=[shift.id],
                task_id=task.id if task is not None else None, **(defaults | columns),
            )
        )  # fmt: skip

    def event(self, person: Participant, day: date, text: str, kind: EventKind = EventKind.COACHING_STEP) -> ChartEvent:
        """A phase line on the chart."""
        return self.add(
            ChartEvent(
                program_id=person.program_id, participant_id=person.id, kind=kind, day=day, text=text,
                created_at=self.clock.now,
            )
        )  # fmt: skip

    def note(self, person: Participant, shift: Shift, by: Account, text: str = "New till", **columns: Any) -> PointNote:
        """A word at the point of a shift."""
        return self.add(
            PointNote(
                program_id=person.program_id, participant_id=person.id, occasion_id=shift.id, text=text,
                by_account_id=by.id, created_at=self.clock.now, **columns,
            )
        )  # fmt: skip

    def contact(self, person: Participant, by: Account, **columns: Any) -> Contact:
        """A call of half an hour, a week ago."""
        defaults = {"day": self.day(-7), "minutes": 30, "kind": ContactKind.CALL, "created_at": self.clock.now}
        return self.add(
            Contact(
                program_id=person.program_id, participant_id=person.id, account_id=by.id, **(defaults | columns)
            )
        )  # fmt: skip

    def notice(self, person: Participant, kind: NoticeKind, **columns: Any) -> Notice:
        return self.add(
            Notice(
                program_id=person.program_id, participant_id=person.id, kind=kind,
                **({"created_at": self.clock.now} | columns),
            )
        )  # fmt: skip

    def ill(self, person: Participant, days: int = 1, **columns: Any) -> Busy:
        """Since an hour ago, for so many days."""
        defaults = {
            "starts_at": self.clock.now - timedelta(hours=1), "ends_at": self.clock.now + timedelta(days=days),
            "created_at": self.clock.now - timedelta(hours=1),
        }  # fmt: skip
        return self.add(
            Busy(
                program_id=person.program_id, participant_id=person.id, source=BusySource.ILL, **(defaults | columns)
            )
        )  # fmt: skip

    def incident(self, person: Participant, **columns: Any) -> Incident:
        """A cut yesterday, to be reported in two days."""
        defaults = {
            "happened_at": self.clock.now - timedelta(days=1), "what": "Cut a finger", "report_due_on": self.day(2),
            "created_at": self.clock.now,
        }  # fmt: skip
        return self.add(
            Incident(program_id=person.program_id, participant_id=person.id, **(defaults | columns))
        )  # fmt: skip

    def fading(self, placement: Placement, by: Account, **columns: Any) -> FadingStep:
        """From 60 to 40 % four days ago, watched for ten days more."""
        defaults = {
            "share_before": 60, "share_after": 40, "taken_on": self.day(-4), "watch_until": self.day(10),
            "created_at": self.clock.now,
        }  # fmt: skip
        return self.add(
            FadingStep(
                program_id=placement.program_id, participant_id=placement.participant_id, placement_id=placement.id,
                by_account_id=by.id, **(defaults | columns),
            )
        )  # fmt: skip

    def goal(self, person: Participant, **columns: Any) -> Goal:
        """Agreed a month ago, not rated yet."""
        defaults = {
            "title": "Speak with customers", "levels": ["", "With a colleague", "Two a shift", "", "As they come"],
            "agreed_on": self.day(-30), "created_at": self.clock.now,
        }  # fmt: skip
        return self.add(Goal(program_id=person.program_id, participant_id=person.id, **(defaults | columns)))

    def goal_rating(self, goal: Goal, by: Account, score: int = -1, **columns: Any) -> GoalRating:
        """Said a week ago."""
        defaults = {"day": self.day(-7), "created_at": self.clock.now}
        return self.add(
            GoalRating(
                program_id=goal.program_id, goal_id=goal.id, by_account_id=by.id, score=score, **(defaults | columns)
            )
        )  # fmt: skip

    def report(
        self, placement: Placement, by: Account, reader: ReportReader = ReportReader.EMPLOYER, **columns: Any
    ) -> Report:
        """About the last four weeks; an employer's waits for the participant's yes."""
        defaults = {
            "placement_id": placement.id if reader is ReportReader.EMPLOYER else None, "first_day": self.day(-27),
            "last_day": self.today, "created_at": self.clock.now,
        }  # fmt: skip
        return self.add(
            Report(
                program_id=placement.program_id, participant_id=placement.participant_id, reader=reader,
                by_account_id=by.id, **(defaults | columns),
            )
        )  # fmt: skip

    def link(self, account: Account, **columns: Any) -> str:
        """The token of a link with which ``account`` can set a password, for a week."""
        defaults = {"expires_at": self.clock.now + timedelta(days=7), "created_at": self.clock.now}
        row = AccountLink(account_id=account.id, purpose=LinkPurpose.SET_PASSWORD, **(defaults | columns))

        def change(session: Session) -> str:
            session.add(row)
            session.flush()
            token = link_token(self.work.link_key, row.id, row.generation)
            row.token_hash = token_hash(token)
            return token

        return self.do(change)

    # Who asks

    def actor(self, account: Account, program: Program | None = None) -> Actor:
        """The actor a request of ``account`` would have, loaded the way requests load it."""
        token = sign_in_row(self.work, account, program)
        now = self.clock.now
        loaded = self.do(lambda session: load_actor(session, token_hash(token), now, now - IDLE))
        if loaded is None:
            raise LookupError("this account cannot sign in")
        return loaded[0]

    def _next(self) -> int:
        self._number += 1
        return self._number
