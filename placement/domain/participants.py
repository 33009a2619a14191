"""Words and small rules about a participant."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say


class ParticipantStatus(StrEnum):
    WAITING = "waiting"
    ACTIVE = "active"
    PAUSED = "paused"
    FINISHED = "finished"


class TravelMode(StrEnum):
    WALK = "walk"
    BIKE = "bike"
    TRANSIT = "transit"
    CAR = "car"


class Wish(StrEnum):
    """What somebody thinks of a task or an employer; no entry means no opinion."""

    RATHER_NOT = "rather_not"
    LIKE = "like"
    LOVE = "love"


#: Door to door on the map's straight line, in km/h: conservative city averages.
TRAVEL_SPEED_KMH = {TravelMode.WALK: 4.0, TravelMode.BIKE: 12.0, TravelMode.TRANSIT: 16.0, TravelMode.CAR: 25.0}

#: How much a wish weighs in matching (see ``matching.problem.Person``).
WISH_VALUE = {Wish.RATHER_NOT: -1, Wish.LIKE: 1, Wish.LOVE: 2}

#: Abilities and requirements share one scale.
TRAIT_LEVELS = range(6)

_STATUS = {
    ParticipantStatus.WAITING: say("waiting for a place"),
    ParticipantStatus.ACTIVE: say("on placement"),
    ParticipantStatus.PAUSED: say("paused"),
    ParticipantStatus.FINISHED: say("finished"),
}
_MODE = {
    TravelMode.WALK: say("on foot"),
    TravelMode.BIKE: say("by bike"),
    TravelMode.TRANSIT: say("by bus or train"),
    TravelMode.CAR: say("by car"),
}
_WISH = {Wish.RATHER_NOT: say("rather not"), Wish.LIKE: say("I like it"), Wish.LOVE: say("I would love it")}


def status_words(status: ParticipantStatus) -> Say:
    return _STATUS[status]


def travel_words(mode: TravelMode) -> Say:
    return _MODE[mode]


def wish_words(wish: Wish) -> Say:
    return _WISH[wish]
