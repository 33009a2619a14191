"""The row scope in SQL shows exactly what the policy allows: random people asking a real database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.feeds import FeedKind
from placement.domain.jobs import JobKind
from placement.domain.notices import FOR_TEAM, NoticeKind
from placement.domain.occasions import Audience
from placement.domain.placements import Answer
from placement.domain.placements import PlacementState as S
from placement.domain.reports import ReportReader
from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.domain.words import say
from placement.models.contacts.contact import Contact
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.feedback.observation import Feedback
from placement.models.limits.limits import StepPlan, WorkLimit
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.notices.notice import Incident, Notice
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.programs.catalog import Task
from placement.models.progress.plan import Goal
from placement.models.reports.report import Report
from placement.models.shifts.absence import Busy, CalendarFeed
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.job import Job
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.clock import MONDAY
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.calendars.addresses import feed_row
from tests.web.limits.rows import limit_row, plan_row

ROLES = st.frozensets(st.sampled_from(Role), max_size=3)
#: Moments around the shifts below; none exactly on an edge, where both sides may round.
NOW = st.integers(-15 * 24, 15 * 24).map(lambda hours: MONDAY + timedelta(hours=hours, minutes=7))


@dataclass(frozen=True)
class Known:
    """What there is to be assigned to."""

    programs: list[int]
    participants: list[int]
    sites: list[int]


def actors(known: Known) -> st.SearchStrategy[Actor]:
    some = st.frozensets(st.sampled_from(known.participants), max_size=3)
    return st.builds(
        Actor,
        account_id=st.just(1),
        name=st.just("x"),
        locale=st.just("en"),
        runs_site=st.booleans(),
        program_id=st.none() | st.sampled_from(known.programs),
        zone=st.just("Europe/Berlin"),
        roles=ROLES,
        participant_id=st.none() | st.sampled_from(known.participants),
        assigned=some,
        covering=some,
        sites=st.frozensets(st.sampled_from(known.sites), max_size=2),
    )


@pytest.fixture
def known(cast: Cast, make: Make) -> Known:
    """The cast with more shifts (long over, cancelled, tonight, sent and owed) and private tasks in both programs."""
    for side, other in ((cast.a, cast.kim), (cast.b, None)):
        for person in (side.participant, other):
            if person is not None:
                columns = {"area": "care", "name": {"en": "x"}, "sentence": {"en": "x"}}
                make.add(
                    Task(
                        program_id=side.program.id, key=f"own{person.id}", audience=Audience.PRIVATE,
                        participant_id=person.id, **columns,
                    )
                )  # fmt: skip
        for days in (-20, -12, -7, -1, 1, 7):
            make.shift(side.placement, make.day(days))
            make.shift(side.placement, make.day(days), start=time(20), end=time(23), attendance=Attendance.EXCUSED)
        make.shift(side.placement, make.day(0), start=time(22), end=time(2), cancelled_at=MONDAY)
    return Known(
        programs=[cast.a.program.id, cast.b.program.id],
        participants=make.all(select(Participant.id)),
        sites=[cast.a.site.id, cast.b.site.id, cast.other_site.id],
    )


def holds(known: Known, compare: Callable[[Actor, datetime], None], examples: int = 80) -> None:
    """Run ``compare`` for many actors and moments on the one database of this test."""

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(actor=actors(known), now=NOW)
    def run(actor: Actor, now: datetime) -> None:
        compare(actor, now)

    run()


def test_participants(known: Known, reads: Session) -> None:
    rows = reads.execute(select(Participant.id, Participant.program_id)).all()

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(Participant.id).where(scope.participants(actor))))
        may = {key for key, program in rows if allowed(actor, P.PARTICIPANT_SEE, Facts(program, key))}
        assert shown == may

    holds(known, compare)


def test_contacts(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    for person in (cast.a.participant, cast.kim, cast.lee, cast.b.participant):
        for account in (cast.accounts.coach, cast.accounts.admin):
            make.contact(person, account)
    # Every actor below is account 1, which is one of these.
    assert cast.accounts.admin.id == 1
    rows = reads.execute(select(Contact.id, Contact.program_id, Contact.participant_id, Contact.account_id)).all()

    def compare(actor: Actor, now: datetime) -> None:
        for shows, permission in ((scope.contacts, P.CONTACT_SEE), (scope.own_contacts, P.CONTACT_EDIT)):
            shown = set(reads.scalars(select(Contact.id).where(shows(actor))))
            facts = [(key, Facts(program, who, account_id=by)) for key, program, who, by in rows]
            assert shown == {key for key, about in facts if allowed(actor, permission, about)}

    holds(known, compare)


def test_notices(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    kinds = (NoticeKind.ILL, NoticeKind.NOT_MINE, NoticeKind.SOMETHING_WRONG)
    for person in (cast.a.participant, cast.kim, cast.b.participant):
        for kind in kinds:
            for listener in (None, 1, cast.accounts.coach.id):
                make.notice(person, kind, to_account_id=listener, from_account_id=1)
    columns = (Notice.id, Notice.program_id, Notice.participant_id, Notice.to_account_id, Notice.kind)
    rows = reads.execute(select(*columns, Notice.from_account_id)).all()

    def facts(row: Any) -> Facts:
        key, program, whom, listener, kind, by = row
        return Facts(program, whom, account_id=by, listener_id=listener, current=kind in FOR_TEAM)

    def compare(actor: Actor, now: datetime) -> None:
        pairs = ((scope.notices, P.NOTICE_SEE), (scope.notices, P.NOTICE_CLOSE), (scope.own_notices, P.NOTICE_OWN))
        for shows, permission in pairs:
            shown = set(reads.scalars(select(Notice.id).where(shows(actor))))
            assert shown == {row[0] for row in rows if allowed(actor, permission, facts(row))}

    holds(known, compare)


def test_absences_and_words(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    """Times somebody can't work, and what others wrote about them, are part of their record."""
    for person in (cast.a.participant, cast.kim, cast.lee, cast.b.participant):
        make.ill(person)
    times = reads.execute(select(Busy.id, Busy.program_id, Busy.participant_id)).all()
    about = select(Feedback.id, Feedback.program_id, Occasion.participant_id)
    words = reads.execute(about.join(Occasion, Occasion.id == Feedback.occasion_id)).all()

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(Busy.id).where(scope.absences(actor))))
        assert shown == {key for key, *of in times if allowed(actor, P.PARTICIPANT_SEE, Facts(*of))}
        found = select(Feedback.id).join(Occasion, Occasion.id == Feedback.occasion_id).where(scope.words_about(actor))
        seen = {key for key, *of in words if allowed(actor, P.PARTICIPANT_SEE, Facts(*of))}
        assert set(reads.scalars(found)) == seen

    holds(known, compare)


def test_feeds(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    """Addresses for calendar programs, also for somebody who rates in their own name."""
    for person in (cast.a.participant, cast.kim, cast.b.participant):
        feed_row(make, FeedKind.PARTICIPANT, person)
    for side in (cast.a, cast.b):
        feed_row(make, FeedKind.SITE, side.site)
        feed_row(make, FeedKind.SUPERVISOR, side.rater)
    columns = (CalendarFeed.participant_id, CalendarFeed.site_id, CalendarFeed.rater_id)
    rows = reads.execute(select(CalendarFeed.id, CalendarFeed.program_id, *columns)).all()

    def compare(actor: Actor, now: datetime) -> None:
        for who in (actor, replace(actor, rater_ids=frozenset({cast.a.rater.id}))):
            shown = set(reads.scalars(select(CalendarFeed.id).where(scope.feeds(who))))
            assert shown == {key for key, *about in rows if allowed(who, P.FEED_CHANGE, Facts(*about))}

    holds(known, compare)


def test_incidents(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    for person in (cast.a.participant, cast.kim, cast.lee, cast.b.participant):
        make.incident(person)
    rows = reads.execute(select(Incident.id, Incident.program_id, Incident.participant_id)).all()

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(Incident.id).where(scope.incidents(actor))))
        assert shown == {key for key, *about in rows if allowed(actor, P.INCIDENT_SEE, Facts(*about))}

    holds(known, compare)


def test_jobs(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    for program_id in (cast.a.program.id, cast.b.program.id, None):
        make.add(Job(kind=JobKind.MAIL_NOTICE, program_id=program_id, refs={}, run_after=MONDAY, created_at=MONDAY))
    rows = reads.execute(select(Job.id, Job.program_id)).all()

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(Job.id).where(scope.jobs(actor))))
        assert shown == {key for key, program in rows if allowed(actor, P.MAIL_REPAIR, Facts(program))}

    holds(known, compare)


def test_goals(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    for person in (cast.kim, cast.lee):
        make.goal(person)
    rows = reads.execute(select(Goal.id, Goal.program_id, Goal.participant_id)).all()

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(Goal.id).where(scope.goals(actor))))
        may = {key for key, program, who in rows if allowed(actor, P.GOAL_SEE, Facts(program, who))}
        assert shown == may

    holds(known, compare)


def test_limits_and_plans(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    for person, place in (
        (cast.kim, cast.proposed),
        (cast.a.participant, cast.a.placement),
        (cast.b.participant, cast.b.placement),
    ):
        limit_row(make, person)
        plan_row(make, place)
    limits = reads.execute(select(WorkLimit.id, WorkLimit.program_id, WorkLimit.participant_id)).all()
    plans = reads.execute(select(StepPlan.id, StepPlan.program_id, StepPlan.participant_id)).all()

    def compare(actor: Actor, now: datetime) -> None:
        for model, condition, rows in (
            (WorkLimit, scope.work_limits(actor), limits),
            (StepPlan, scope.step_plans(actor), plans),
        ):
            shown = set(reads.scalars(select(model.id).where(condition)))
            assert shown == {key for key, program, who in rows if allowed(actor, P.LIMIT_SEE, Facts(program, who))}

    holds(known, compare)


def test_placements(known: Known, reads: Session) -> None:
    rows = reads.execute(select(Placement.id, Placement.program_id, Placement.participant_id)).all()

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(Placement.id).where(scope.placements(actor))))
        may = {key for key, program, who in rows if allowed(actor, P.PLACEMENT_SEE, Facts(program, who))}
        assert shown == may

    holds(known, compare)


def test_shifts(known: Known, reads: Session) -> None:
    rows = reads.execute(
        select(
            Shift.id,
            Shift.program_id,
            Shift.site_id,
            Shift.cancelled_at,
            Shift.feedback_due_at,
            Occasion.participant_id,
            Occasion.starts_at,
            Occasion.ends_at,
        ).join(Occasion, Occasion.id == Shift.id)
    ).all()
    assert len(rows) > 30

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(
            reads.scalars(select(Shift.id).join(Occasion, Occasion.id == Shift.id).where(scope.shifts(actor, now)))
        )
        may = set()
        for row in rows:
            near = row.starts_at < now + timedelta(hours=16) and row.ends_at > now - timedelta(days=7)
            owed = row.feedback_due_at is not None and row.starts_at < now + timedelta(hours=16)
            facts = Facts(
                row.program_id, row.participant_id, row.site_id, current=row.cancelled_at is None and (near or owed)
            )
            if allowed(actor, P.SHIFT_SEE, facts):
                may.add(row.id)
        assert shown == may

    holds(known, compare)


def test_the_rota(known: Known, reads: Session) -> None:
    """Who may see a shift reads when it is; a shop's supervisor also who comes within seven days."""
    rows = reads.execute(
        select(Shift.id, Shift.program_id, Shift.site_id, Shift.cancelled_at, Occasion.starts_at).join(
            Occasion, Occasion.id == Shift.id
        )
    ).all()

    def compare(actor: Actor, now: datetime) -> None:
        both = select(Shift.id).join(Occasion, Occasion.id == Shift.id)
        shown = set(reads.scalars(both.where(scope.rota(actor, now))))
        may = set(reads.scalars(both.where(scope.shifts(actor, now))))
        for row in rows:
            theirs = row.program_id == actor.program_id and row.site_id in actor.sites
            ahead = now <= row.starts_at < now + timedelta(days=7) and row.cancelled_at is None
            if Role.SUPERVISOR in actor.roles and theirs and ahead:
                may.add(row.id)
        assert shown == may

    holds(known, compare)


def test_tasks(known: Known, reads: Session) -> None:
    """A private task is for its participant and their therapist, not for coaches or coordinators."""
    rows = reads.execute(select(Task.id, Task.program_id, Task.audience, Task.participant_id)).all()
    assert {row.audience for row in rows} == set(Audience)

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(Task.id).where(scope.tasks(actor))))
        may = set()
        for row in rows:
            own = Role.PARTICIPANT in actor.roles and actor.participant_id == row.participant_id
            theirs = Role.THERAPIST in actor.roles and row.participant_id in actor.caseload
            if row.program_id == actor.program_id and (row.audience is Audience.PROGRAM or own or theirs):
                may.add(row.id)
        assert shown == may

    holds(known, compare)


def test_offers(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    """A shop sees what waits for it, and for a week what it answered; never what is still the participant's."""
    for side, opening in ((cast.a, cast.a.opening), (cast.b, cast.b.opening)):
        for number, (state, answer) in enumerate(
            [(S.PROPOSED, None), (S.PROPOSED, Answer.TALK_FIRST), (S.OFFERED, Answer.YES), (S.ACCEPTED, Answer.YES),
             (S.DECLINED, Answer.YES), (S.DECLINED, Answer.NO), (S.WITHDRAWN, Answer.YES), (S.ACTIVE, Answer.YES)]
        ):  # fmt: skip
            person = make.participant(side.program, f"P{number}")
            room = make.opening(make.do(lambda s, o=opening: s.get_one(Site, o.site_id)), f"Role {number}")
            for days in (-20, -3):
                row = make.placement(
                    make.participant(side.program, f"Q{number}") if days == -3 else person, room, state, answer=answer
                )
                if state in (S.ACCEPTED, S.DECLINED, S.ACTIVE):
                    to = S.DECLINED if state is S.DECLINED else S.ACCEPTED
                    make.add(
                        PlacementMove(
                            program_id=row.program_id, placement_id=row.id, from_state=S.OFFERED, to_state=to,
                            at=MONDAY + timedelta(days=days),
                        )
                    )  # fmt: skip
    rows = reads.execute(
        select(Placement.id, Placement.program_id, Placement.state, Placement.answer, Opening.site_id)
        .join(Opening, Opening.id == Placement.opening_id)
    ).all()  # fmt: skip
    answered = {
        move.placement_id: move.at
        for move in make.all(select(PlacementMove).where(PlacementMove.from_state == S.OFFERED))
    }

    def compare(actor: Actor, now: datetime) -> None:
        statement = select(Placement.id).join(Opening, Opening.id == Placement.opening_id)
        shown = set(reads.scalars(statement.where(scope.offers(actor, now))))
        may = set()
        for row in rows:
            fresh = row.id in answered and now < answered[row.id] + timedelta(days=7)
            current = row.answer is Answer.YES and (row.state is S.OFFERED or fresh)
            if allowed(actor, P.PLACEMENT_SHOP_ANSWER, Facts(row.program_id, site_id=row.site_id, current=current)):
                may.add(row.id)
        assert shown == may

    holds(known, compare)


def test_suggestions(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    """About a person: whoever may change their abilities; about an opening: whoever may change that."""
    for side, people in ((cast.a, [cast.a.participant, cast.kim, cast.lee]), (cast.b, [cast.b.participant])):
        owners = [{"participant_id": person.id} for person in people] + [{"opening_id": side.opening.id}]
        for owner in owners:
            make.add(
                ProfileSuggestion(
                    program_id=side.program.id, trait_id=side.catalog.traits[0].id, to_level=3, from_level=2,
                    evidence=say("x").to_json(), created_at=make.clock.now, **owner,
                )
            )  # fmt: skip
    rows = reads.execute(
        select(ProfileSuggestion.id, ProfileSuggestion.program_id, ProfileSuggestion.participant_id)
    ).all()

    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(ProfileSuggestion.id).where(scope.suggestions(actor))))
        may = set()
        for key, program, person in rows:
            needed = P.EMPLOYER_EDIT if person is None else P.PARTICIPANT_ABILITIES
            if allowed(actor, needed, Facts(program, person)):
                may.add(key)
        assert shown == may

    holds(known, compare)


def test_reports(known: Known, cast: Cast, make: Make, reads: Session) -> None:
    """Released, waiting and taken back, for employers and others, at two shops."""
    now, by = make.clock.now, cast.accounts.coach
    kim_works = make.placement(cast.kim, make.opening(cast.other_site))
    for placement in (cast.a.placement, cast.b.placement, kim_works):
        for reader in ReportReader:
            make.report(placement, by, reader)
        make.report(placement, by, released_at=now)
        make.report(placement, by, released_at=now, withdrawn_at=now)
    rows = reads.execute(
        select(
            Report.id, Report.program_id, Report.participant_id, Opening.site_id, Report.released_at,
            Report.withdrawn_at,
        )
        .outerjoin(Placement, Placement.id == Report.placement_id)
        .outerjoin(Opening, Opening.id == Placement.opening_id)
    ).all()  # fmt: skip

    def compare(actor: Actor, now: datetime) -> None:
        for shows, permission in ((scope.reports, P.REPORT_SEE), (scope.shop_reports, P.REPORT_SHOP)):
            shown = set(reads.scalars(select(Report.id).where(shows(actor))))
            facts = [
                (key, Facts(program, who, site_id=site, current=out is not None and back is None))
                for key, program, who, site, out, back in rows
            ]
            assert shown == {key for key, about in facts if allowed(actor, permission, about)}

    holds(known, compare)
