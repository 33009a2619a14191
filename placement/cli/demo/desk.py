"""What is known while a story is written: who acts, when, and which public id belongs to which key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from placement.domain.sign_in import IDLE
from placement.domain.story import Story
from placement.policy.actor import Actor
from placement.queries.accounts.actor import load_actor
from placement.queries.session import Reads
from placement.usecases.demo.sign_ins import enter
from placement.usecases.transaction import Work


@dataclass(slots=True)
class Desk:
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
