"""Creative and play work of the first participant who signs in, with a little of their words shared."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.cli.demo.made_words import PICTURES, THINGS, Thing
from placement.domain.occasions import OccasionKind
from placement.domain.story import Intern
from placement.policy.actor import Actor
from placement.queries.activities.occasions import sessions_around
from placement.usecases.activities.reflect import Reflect, reflect
from placement.usecases.activities.shares import ShareWords, share_activity, share_reflection
from placement.usecases.activities.words import SayWords, say_words
from placement.usecases.activities.write import Told, WriteActivity, write_activity


def write_made(desk: Desk) -> None:
    """Three things with their therapist, one of them in a session; and two pictures."""
    for intern in [row for row in desk.story.interns if row.account][:1]:
        key = next((staff for staff, away in intern.assigned if staff.startswith("therapist") and not away), None)
        if key is not None:
            for thing in THINGS[desk.story.locale]:
                _thing(desk, intern, key, thing)
            _pictures(desk, intern, key)


def _thing(desk: Desk, intern: Intern, key: str, thing: Thing) -> None:
    therapist, own = desk.actor(key), desk.actor(intern.account or "")
    day = desk.work.clock().date() - timedelta(days=thing.ago)
    if day < desk.story.began.date():
        return
    occasion = _session(desk, therapist, own) if thing.in_session else None
    told = Told(day, thing.name, thing.meant_for, thing.minutes, occasion)
    command = WriteActivity(desk.interns[intern.key], told, _key(thing.name, intern, day))
    made = write_activity(desk.work if occasion else desk.on(day, hour=16), therapist, command)
    evening = desk.on(day, hour=19)
    if thing.words:
        say_words(evening, own, SayWords(made, thing.words))
    if thing.shared:
        share_activity(evening, own, ShareWords(made, desk.accounts[key]))


def _session(desk: Desk, therapist: Actor, own: Actor) -> str | None:
    """The latest one-to-one session that is over."""
    now = desk.work.clock()
    for one in sessions_around(desk.reads, therapist, now, own.participant_id or 0):
        if one.kind is OccasionKind.ONE_TO_ONE and one.day < now.date():
            return one.public_id
    return None


def _pictures(desk: Desk, intern: Intern, key: str) -> None:
    own, today = desk.actor(intern.account or ""), desk.work.clock().date()
    for ago, seed, text, shared in PICTURES[desk.story.locale]:
        day = today - timedelta(days=ago)
        if day >= desk.story.began.date():
            evening = desk.on(day, hour=20)
            said = reflect(evening, own, Reflect(seed, text, True, _key("picture", intern, day)))
            if shared:
                share_reflection(evening, own, ShareWords(said, desk.accounts[key]))


def _key(what: str, intern: Intern, day: date) -> str:
    return str(uuid5(NAMESPACE_URL, f"{what}:{intern.key}:{day}"))
