"""In which of their roles somebody may rate an occasion."""

from __future__ import annotations

from placement.domain.roles import Role
from placement.policy.actor import Actor

#: What a member of staff's own entry counts as, most responsible first.
_STAFF = (Role.COORDINATOR, Role.THERAPIST, Role.COACH)


def rating_roles(actor: Actor, site_id: int | None, participant_id: int) -> tuple[Role, ...]:
    """Supervisor at this site, coach or therapist of this participant; the first is the usual one."""
    roles = []
    if Role.SUPERVISOR in actor.roles and site_id in actor.sites:
        roles.append(Role.SUPERVISOR)
    if participant_id in actor.caseload:
        roles += [role for role in (Role.COACH, Role.THERAPIST) if role in actor.roles]
    return tuple(roles)


def staff_role(actor: Actor) -> Role:
    """The role an entry about attendance is made in. Raises LookupError for somebody who is no staff."""
    for role in _STAFF:
        if role in actor.roles:
            return role
    raise LookupError("not staff")
