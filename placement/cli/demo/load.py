"""Writes a story through the use cases, as the people in it would have done, with the clock set to their time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.adapters.opening_hours import weekly_mask
from placement.catalog import read
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Answer, Move
from placement.domain.roles import Role
from placement.domain.sign_in import IDLE
from placement.domain.story import Intern, Person, Place, Sent, Shop, Stay, Story, Turn
from placement.policy.actor import Actor, System
from placement.queries.accounts.actor import load_actor
from placement.queries.programs import catalog, demo
from placement.queries.programs.scale import current_levels
from placement.queries.session import Reads
from placement.usecases.accounts.create import CreateAccount, create_account
from placement.usecases.demo.bulk import Keys, write_history
from placement.usecases.demo.sign_ins import enter
from placement.usecases.employers.employer import CreateEmployer, create_employer
from placement.usecases.employers.opening import CreateOpening, create_opening
from placement.usecases.employers.site import CreateSite, create_site
from placement.usecases.feedback.submit import SubmitFeedback, TaskRating, submit_feedback
from placement.usecases.matching.run import RunMatching, run_matching
from placement.usecases.participants.abilities import set_abilities
from placement.usecases.participants.assignments import AssignStaff, assign_staff
from placement.usecases.participants.availability import set_availability
from placement.usecases.participants.create import CreateParticipant, create_participant
from placement.usecases.participants.needs import set_needs
from placement.usecases.participants.wishes import set_wishes
from placement.usecases.placements.answer import AnswerPlacement, answer_placement
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.placements.propose import ProposePlacement, propose_placement
from placement.usecases.placements.steps import AddStep, FinishStep, add_step, finish_step
from placement.usecases.programs.create import CreateProgram, create_program
from placement.usecases.programs.settings import Contact, set_contacts
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.shifts.plan import PlanShifts, plan_shifts
from placement.usecases.transaction import Work


@dataclass(slots=True)
class Loader:
    """Keys of the story → public ids, filled as things are made."""

    work: Work
    reads: Reads
    story: Story
    bulk: bool
    program: str = ""
    program_id: int = 0
    emails: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    employers: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    interns: dict[str, str] = field(default_factory=dict)
    stays: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, str] = field(default_factory=dict)
    task_ids: dict[str, int] = field(default_factory=dict)
    traits: dict[str, str] = field(default_factory=dict)
    comforts: dict[str, str] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    level_ids: dict[int, int] = field(default_factory=dict)

    def run(self) -> None:
        """Write the whole story."""
        self._program()
        self._people()
        self._shops()
        self._interns()
        for stay in self.story.stays:
            self._stay(stay)
        self._draft()

    def _draft(self) -> None:
        """A cohort matched this morning, not confirmed yet."""
        waiting = tuple(self.interns[row.key] for row in self.story.interns if row.status is ParticipantStatus.WAITING)
        names = {"en": "Winter cohort", "de": "Wintergruppe"}
        command = RunMatching(names[self.story.locale], waiting, tuple(self.places.values()))
        run_matching(self.work, self.actor("coordinator1"), command)

    def at(self, when: datetime) -> Work:
        return replace(self.work, clock=lambda: when)

    def on(self, day: date, hour: int = 9) -> Work:
        """Working hours of a day; deterministic, so that two loads say the same."""
        return self.at(datetime.combine(day, time(hour), UTC))

    @property
    def start(self) -> Work:
        return self.at(self.story.began)

    def actor(self, key: str) -> Actor:
        """The person as they are after everything was set up; loaded once."""
        if key not in self.actors:
            self.actors[key] = self._enter(key)
        return self.actors[key]

    def _enter(self, key: str) -> Actor:
        hashed = enter(self.start, self.emails[key], self.program)
        loaded = load_actor(self.reads, hashed, self.story.began, self.story.began - IDLE)
        if loaded is None:
            raise LookupError(key)
        return loaded[0]

    def _program(self) -> None:
        story = self.story
        self.program = create_program(
            self.start,
            System(),
            CreateProgram(
                story.name,
                story.zone,
                story.locale,
                story.country,
                story.admin.name,
                story.admin.email,
                welcome=False,
            ),
        )
        self.emails[story.admin.key] = story.admin.email
        admin = self.actor(story.admin.key)
        lines = tuple(
            Contact(line["label"], line["phone"], line["hours"]) for line in read.demo()["help"][story.locale]
        )
        set_contacts(self.start, admin, 1, lines)
        self.program_id = admin.program
        for task in catalog.tasks(self.reads, admin):
            self.tasks[task.key], self.task_ids[task.key] = task.public_id, task.id
        self.traits = {row.key: row.public_id for row in catalog.traits(self.reads, admin)}
        self.comforts = {row.key: row.public_id for row in catalog.accommodations(self.reads, admin)}
        for level in current_levels(self.reads, admin.program):
            self.levels[level.rank], self.level_ids[level.rank] = level.public_id, level.id

    def _people(self) -> None:
        for person in self.story.people:
            if not person.roles & {Role.SUPERVISOR, Role.PARTICIPANT}:
                self._account(person)

    def _account(self, person: Person, participant: str | None = None) -> None:
        self.emails[person.key] = person.email
        command = CreateAccount(
            person.name,
            person.email,
            person.locale,
            person.roles,
            participant=participant,
            sites=tuple(self.sites[key] for key in person.sites),
            welcome=False,
        )
        self.accounts[person.key] = create_account(self.start, self.actor(self.story.admin.key), command)

    def _shops(self) -> None:
        coordinator = self.actor("coordinator1")
        for shop in self.story.shops:
            self._site(coordinator, shop)
        for place in self.story.places:
            self._opening(coordinator, place)
        for person in self.story.people:
            if Role.SUPERVISOR in person.roles:
                self._account(person)

    def _site(self, coordinator: Actor, shop: Shop) -> None:
        if shop.employer not in self.employers:
            self.employers[shop.employer] = create_employer(self.start, coordinator, CreateEmployer(shop.employer))
        self.sites[shop.key] = create_site(
            self.start,
            coordinator,
            CreateSite(
                employer=self.employers[shop.employer],
                name=shop.name,
                zone=self.story.zone,
                street=shop.street,
                postcode=shop.postcode,
                city=shop.city,
                lat=shop.lat,
                lon=shop.lon,
                phone=shop.phone,
                opening_hours=shop.opening_hours,
                opening_week=weekly_mask(shop.opening_hours),
            ),
        )

    def _opening(self, coordinator: Actor, place: Place) -> None:
        self.places[place.key] = create_opening(
            self.start,
            coordinator,
            CreateOpening(
                site=self.sites[place.site],
                role=place.role,
                capacity=place.capacity,
                first_day=place.first_day,
                last_day=place.last_day,
                pattern=place.pattern,
                description=place.description,
                minimum_weekly_hours=place.minimum_weekly_hours,
                requirements={self.traits[key]: value for key, value in place.requirements.items()},
                tasks=frozenset(self.tasks[key] for key in place.tasks),
                accommodations=frozenset(self.comforts[key] for key in place.accommodations),
            ),
        )

    def _interns(self) -> None:
        accounts = {person.key: person for person in self.story.people}
        for intern in self.story.interns:
            self._intern(intern)
            if intern.account:
                self._account(accounts[intern.account], self.interns[intern.key])

    def _intern(self, intern: Intern) -> None:
        who, work = self.actor("coordinator1"), self.start
        public_id = create_participant(
            work,
            who,
            CreateParticipant(
                preferred_name=intern.preferred_name,
                family_name=intern.family_name,
                email=f"{intern.key}@mail.example",
                phone=intern.phone,
                emergency_name=intern.emergency_name,
                emergency_phone=intern.emergency_phone,
                home_address=intern.home_address,
                lat=intern.lat,
                lon=intern.lon,
                travel_mode=intern.travel_mode,
                travel_limit_minutes=intern.travel_limit_minutes,
                weekly_hours_limit=intern.weekly_hours_limit,
                status=intern.status,
            ),
        )
        self.interns[intern.key] = public_id
        set_abilities(work, who, public_id, {self.traits[key]: level for key, level in intern.abilities.items()})
        set_wishes(work, who, public_id, tasks={self.tasks[key]: wish for key, wish in intern.task_wishes.items()})
        set_availability(work, who, public_id, intern.availability)
        set_needs(work, who, public_id, frozenset(self.comforts[key] for key in intern.needs))
        for staff, stands_in_for in intern.assigned:
            away = self.accounts[stands_in_for] if stands_in_for else None
            command = AssignStaff(public_id, self.accounts[staff], self.story.began.date(), stands_in_for=away)
            assign_staff(work, who, command)

    def _stay(self, stay: Stay) -> None:
        proposal = ProposePlacement(
            participant=self.interns[stay.intern],
            opening=self.places[stay.place],
            first_day=stay.first_day,
            last_day=stay.last_day,
        )
        public_id = propose_placement(self.on(stay.proposed_on), self.actor("coordinator1"), proposal)
        self.stays[stay.key] = public_id
        ends = {Move.PAUSE, Move.COMPLETE}
        self._moves(stay, public_id, [row for row in stay.moves if row[0] not in ends])
        self._steps(stay, public_id)
        self._turns(stay, public_id)
        self._moves(stay, public_id, [row for row in stay.moves if row[0] in ends])

    def _moves(self, stay: Stay, public_id: str, moves: list[tuple[Move, date]]) -> None:
        intern = next(row for row in self.story.interns if row.key == stay.intern)
        for move, day in moves:
            if move is Move.PARTICIPANT_YES:
                who = self.actor(intern.account or "")
                answer_placement(self.on(day), who, AnswerPlacement(public_id, Answer.YES))
                continue
            version = demo.version_of(self.reads, public_id)
            command = MovePlacement(public_id, version, move, on=day)
            move_placement(self.on(day, 6 if move is Move.START else 19), self.actor("coordinator1"), command)

    def _steps(self, stay: Stay, public_id: str) -> None:
        who = self.actor("coordinator1")
        for kind, due, done in stay.steps:
            step = add_step(self.on(stay.proposed_on), who, AddStep(public_id, kind, due))
            if done is not None:
                finish_step(self.on(done), who, FinishStep(step, done))

    def _turns(self, stay: Stay, public_id: str) -> None:
        if stay.planned_until is None and not stay.turns:
            return
        planned = self.on(stay.proposed_on + timedelta(days=6))
        until = stay.planned_until or stay.turns[-1].day
        first = stay.first_day
        if self.bulk and stay.turns:
            write_history(planned, self.actor("coordinator1"), public_id, planned.clock(), stay.turns, self._keys())
            first = stay.turns[-1].day + timedelta(days=1)
        if first <= until:
            plan_shifts(planned, self.actor("coordinator1"), PlanShifts(public_id, first, until))
        if not self.bulk:
            shifts = demo.shift_ids(self.reads, public_id)
            for turn in stay.turns:
                self._turn(shifts[turn.day], turn)

    def _turn(self, shift: str, turn: Turn) -> None:
        for sent in turn.feedback:
            submit_feedback(self.at(sent.at), self.actor(sent.rater), self._feedback(shift, sent))
        if turn.attendance is not None and turn.entered_at is not None:
            command = SetAttendance(shift, 1, turn.attendance)
            set_attendance(self.at(turn.entered_at), self.actor("coordinator1"), command)

    def _feedback(self, shift: str, sent: Sent) -> SubmitFeedback:
        ratings = tuple(
            TaskRating(
                self.tasks[rated.task],
                level=None if rated.rank is None else self.levels[rated.rank],
                not_today=rated.not_today,
            )
            for rated in sent.ratings
        )
        key = str(uuid5(NAMESPACE_URL, f"{shift}:{sent.rater}"))
        return SubmitFeedback(
            shift,
            key,
            attendance=sent.attendance,
            ratings=ratings,
            went_well=sent.went_well,
            try_next=sent.try_next,
            note=sent.note,
        )

    def _keys(self) -> Keys:
        by_email = demo.rater_ids(self.reads, self.program)
        raters = {key: by_email[email] for key, email in self.emails.items() if email in by_email}
        roles = {person.key: next(iter(person.roles)) for person in self.story.people}
        return Keys(raters, roles, self.task_ids, self.level_ids)
