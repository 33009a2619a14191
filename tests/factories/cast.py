"""Two small programs with everybody in them. Written once a run, copied for every test that asks for ``cast``.

Program A: Ada (admin), Cora (coordinator), Thea (therapist of Noa), Jo (coach of Noa, stands in for Thea with Kim),
Sol (supervisor at Market Street), Omar (supervisor at Harbor, another site), Noa and Kim (participants, both with an
account), Lee (a participant nobody but Cora sees). Noa works at Market Street: one shift last Thursday is owed, one
last Tuesday has feedback, one runs now, one is on Thursday. A draft run proposes Lee for the same opening; Kim has a
proposal at Harbor to answer.
Program B: Bea (coordinator), Tom (therapist of Ben), Ben (participant) with a placement and shifts of his own.
Sam runs the site and belongs to no program.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from placement.domain.matching import problem as matching
from placement.domain.matching.problem import Person, Problem
from placement.domain.matching.run import match
from placement.domain.placements import PlacementState
from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.models.accounts.account import Account, Assignment
from placement.models.contacts.contact import Contact
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.matching.run import MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementStep
from placement.models.programs.program import Program
from placement.models.progress.milestone import ChartEvent, Milestone
from placement.models.progress.plan import FadingStep, Goal, GoalRating, PointNote
from placement.models.shifts.shift import Shift
from tests.factories.catalog import Catalog
from tests.factories.make import Make


@dataclass(frozen=True)
class Accounts:
    """Everybody who can sign in, with ``make.PASSWORD``."""

    admin: Account
    coordinator: Account
    therapist: Account
    coach: Account
    supervisor: Account
    other_supervisor: Account
    noa: Account
    kim: Account
    outsider_coordinator: Account
    outsider_therapist: Account
    ben: Account
    site_admin: Account


@dataclass(frozen=True)
class Side:
    """What one program holds."""

    program: Program
    catalog: Catalog
    employer: Employer
    site: Site
    opening: Opening
    participant: Participant
    placement: Placement
    #: Owed since last Thursday.
    owed: Shift
    #: Running now.
    current: Shift
    future: Shift
    #: Last Tuesday's shift and what its supervisor sent.
    rated: Shift
    rater: Rater
    feedback: Feedback
    run: MatchRun
    proposal: Proposal
    #: First time alone, on the rated shift.
    milestone: Milestone
    #: A coaching step on the chart.
    event: ChartEvent
    #: A word at the rated shift.
    note: PointNote
    #: Written by the therapist: a call, a week ago.
    contact: Contact
    #: The coach stepped back, and it is still watched.
    fading: FadingStep
    #: Agreed a month ago; a week ago the therapist said: less than expected.
    goal: Goal
    rating: GoalRating
    #: A mid-term review, in a week.
    step: PlacementStep
    #: Looks after the participant; in program A Thea.
    assignment: Assignment
    #: Opens the page to set a password.
    link_token: str


@dataclass(frozen=True)
class Cast:
    accounts: Accounts
    a: Side
    b: Side
    #: More of program A.
    kim: Participant
    lee: Participant
    other_site: Site
    #: Kim's, waiting for her answer.
    proposed: Placement


def write_cast(make: Make) -> Cast:
    """Write everything and say what is where."""
    program, other = make.program("Riverside"), make.program("Lakeside")
    accounts = _accounts(make, program, other)
    noa = make.participant(program, "Noa", "Lind", accounts.noa)
    kim = make.participant(program, "Kim", "Okafor", accounts.kim)
    lee = make.participant(program, "Lee", "Abel")
    make.assign(accounts.coach, noa)
    make.assign(accounts.coach, kim, stands_in_for=accounts.therapist)
    team = Team(accounts.coordinator, accounts.therapist, accounts.supervisor, accounts.kim)
    a = _side(make, noa, lee, team, "Corner Grocery", "Market Street")
    ben = make.participant(other, "Ben", "Marsh", accounts.ben)
    outside = make.account("Uma Fields", [Role.SUPERVISOR], other)
    pia = make.participant(other, "Pia", "Ode")
    others = Team(accounts.outsider_coordinator, accounts.outsider_therapist, outside, accounts.ben)
    b = _side(make, ben, pia, others, "Lake Store", "Pier")
    other_site = make.site(a.employer, "Harbor", "Hamburg")
    make.supervise(accounts.other_supervisor, other_site)
    harbor = make.opening(other_site, "Bakery helper", tasks=a.catalog.tasks[:2])
    proposed = make.placement(
        kim, harbor, PlacementState.PROPOSED, first_day=make.day(7), last_day=make.day(90), run_id=a.run.id
    )
    return Cast(accounts, a, b, kim, lee, other_site, proposed)


def _accounts(make: Make, program: Program, other: Program) -> Accounts:
    return Accounts(
        admin=make.account("Ada Admin", [Role.ADMIN], program),
        coordinator=make.account("Cora Hill", [Role.COORDINATOR], program),
        therapist=make.account("Thea Brook", [Role.THERAPIST], program),
        coach=make.account("Jo Field", [Role.COACH], program),
        supervisor=make.account("Sol Stone", [Role.SUPERVISOR], program),
        other_supervisor=make.account("Omar Reed", [Role.SUPERVISOR], program),
        noa=make.account("Noa Lind", [Role.PARTICIPANT], program),
        kim=make.account("Kim Okafor", [Role.PARTICIPANT], program),
        outsider_coordinator=make.account("Bea Shore", [Role.COORDINATOR], other),
        outsider_therapist=make.account("Tom Wood", [Role.THERAPIST], other),
        ben=make.account("Ben Marsh", [Role.PARTICIPANT], other),
        site_admin=make.account("Sam Root", runs_site=True),
    )


@dataclass(frozen=True)
class Team:
    """Who is who in one program; ``forgetful`` has asked for a link to set a password."""

    coordinator: Account
    therapist: Account
    supervisor: Account
    forgetful: Account


def _side(make: Make, person: Participant, candidate: Participant, team: Team, shop: str, street: str) -> Side:
    program = make.do(lambda session: session.get_one(Program, person.program_id))
    catalog = make.catalog(program)
    employer = make.employer(program, shop)
    site = make.site(employer, street)
    rater = make.supervise(team.supervisor, site)
    opening = make.opening(site, tasks=catalog.tasks[:3], requirements=[(catalog.traits[0], 3)])
    placement = make.placement(person, opening)
    goal = make.goal(person)
    rated = make.shift(placement, make.day(-6), attendance=Attendance.HERE)
    levels = dict(zip(catalog.tasks, (6, 4, 2), strict=False))
    feedback = make.feedback(rated, rater, levels, catalog, went_well="Friendly with everybody.", try_next="Ask early.")
    run, proposal = _run(make, program, team.coordinator, candidate, opening)
    return Side(
        program=program, catalog=catalog, employer=employer, site=site, opening=opening, participant=person,
        placement=placement, owed=make.shift(placement, make.day(-4)), current=make.shift(placement, make.day(0)),
        future=make.shift(placement, make.day(3)), rated=rated, rater=rater, feedback=feedback, run=run,
        proposal=proposal,
        milestone=make.milestone(person, catalog.rules[0], rated, catalog.tasks[0]),
        event=make.event(person, make.day(-10), "Started a list"), step=make.step(placement, make.day(7)),
        note=make.note(person, rated, team.therapist),
        contact=make.contact(person, team.therapist), fading=make.fading(placement, team.coordinator),
        goal=goal, rating=make.goal_rating(goal, team.therapist),
        assignment=make.assign(team.therapist, person), link_token=make.link(team.forgetful),
    )  # fmt: skip


def _run(make: Make, program: Program, by: Account, person: Participant, opening: Opening) -> tuple[MatchRun, Proposal]:
    """A draft that proposes the person for the opening, solved by the real matching."""
    problem = Problem(
        people=(Person(key=person.public_id),),
        openings=(matching.Opening(key=opening.public_id, employer="1", places=2, pattern=opening.pattern),),
    )
    solution = match(problem)
    pair = solution.pairs[0]
    run = make.add(
        MatchRun(
            program_id=program.id, name="Autumn", created_by_id=by.id, problem=problem.to_json(), people=1, places=2,
            placed=solution.placed, total_fit=solution.total, proved_best=solution.certified,
            created_at=make.clock.now,
        )
    )  # fmt: skip
    proposal = make.add(
        Proposal(
            program_id=program.id, run_id=run.id, participant_id=person.id, opening_id=opening.id, fit=pair.fit,
            parts=asdict(pair.parts),
        )
    )  # fmt: skip
    return run, proposal
