"""Who somebody is in a program. Several roles of one person add up."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say


class Role(StrEnum):
    ADMIN = "admin"
    COORDINATOR = "coordinator"
    THERAPIST = "therapist"
    COACH = "coach"
    SUPERVISOR = "supervisor"
    PARTICIPANT = "participant"


#: Roles whose rows come from an assignment to single participants.
ASSIGNED_ROLES = frozenset({Role.THERAPIST, Role.COACH})

_WORDS = {
    Role.ADMIN: say("Admin"),
    Role.COORDINATOR: say("Program coordinator"),
    Role.THERAPIST: say("Therapist"),
    Role.COACH: say("Job coach"),
    Role.SUPERVISOR: say("Supervisor"),
    Role.PARTICIPANT: say("Participant"),
}


def role_words(role: Role) -> Say:
    """The role in words."""
    return _WORDS[role]
