"""Who may open what, page by page: the third net. Written by hand; a page without a line fails the sweep.

``roles`` may ever open it: everybody else gets 403, whatever they ask for. Of those, ``SEES`` names who can see the
object of program A that the first part of the address names; to the rest it does not exist (404), just as objects of
the other program and objects that never were.
"""

from __future__ import annotations

from dataclasses import dataclass

EVERYBODY = "admin coordinator therapist coach supervisor participant site"

#: Visitor → role. Who they are stands on top of tests/factories/cast.py.
VISITORS = {
    "admin": "admin",
    "coordinator": "coordinator",
    "therapist": "therapist",
    "coach": "coach",
    "supervisor": "supervisor",
    "other_supervisor": "supervisor",
    "noa": "participant",
    "kim": "participant",
    "outsider_coordinator": "coordinator",
    "outsider_therapist": "therapist",
    "ben": "participant",
    "site_admin": "site",
}

#: Kind of object → which visitors can see program A's.
SEES = {
    "participant": "coordinator therapist coach noa",
    "employer": "coordinator therapist coach",
    "site": "coordinator therapist coach",
    "opening": "coordinator therapist coach",
    "run": "coordinator",
    "placement": "coordinator therapist coach noa",
    "proposed": "coordinator coach kim",
    "step": "coordinator therapist coach noa",
    "shift": "coordinator therapist coach noa supervisor",
    "owed": "coordinator therapist coach noa supervisor",
    "future": "coordinator therapist coach noa",
    "rated": "coordinator therapist coach noa supervisor",
    "feedback": "coordinator therapist coach supervisor",
    "milestone": "coordinator therapist coach noa",
    "event": "coordinator therapist coach noa",
    "assignment": "coordinator",
    "account": "admin",
    "membership": "admin",
    "program": "admin",
    "task": "admin",
    "trait": "admin",
    "accommodation": "admin",
    "session": "noa",
}


@dataclass(frozen=True)
class Access:
    """What to expect of one endpoint."""

    roles: str = EVERYBODY
    #: Kinds of objects the parts of the address name, in order.
    about: tuple[str, ...] = ()
    #: Open to whoever is signed out, too.
    public: bool = False
    #: Visitors who see program A's object, where that differs from :data:`SEES`.
    sees: str | None = None

    def may_ever(self, visitor: str) -> bool:
        return self.public or VISITORS[visitor] in self.roles.split()

    def sees_own(self, visitor: str) -> bool:
        """Whether the visitor can see program A's object, if there is one."""
        if not self.about or self.public:
            return True
        return visitor in (SEES[self.about[0]] if self.sees is None else self.sees).split()


def public(*about: str) -> Access:
    return Access(public=True, about=about)


def page(roles: str, *about: str, sees: str | None = None) -> Access:
    return Access(roles, about, sees=sees)


ACCESS: dict[str, Access] = {
    # accounts: one's own
    "accounts.home": public(),
    "accounts.sign_in": public(),
    "accounts.help_now": public(),
    "accounts.preferences": public(),
    "accounts.set_password_by_link": public("link"),
    "accounts.sign_out": page(EVERYBODY),
    "accounts.own": page(EVERYBODY),
    "accounts.password": page(EVERYBODY),
    "accounts.end_device": page(EVERYBODY, "session"),
    "accounts.end_others": page(EVERYBODY),
    "accounts.switch": page(EVERYBODY),
    # health
    "health.alive": public(),
    "health.ready": public(),
    # day
    "day.show": page(EVERYBODY),
    # progress
    "progress.mine": page("participant"),
    "progress.show": page("coordinator therapist coach participant", "participant"),
    "progress.tell": page("coordinator therapist coach", "milestone"),
    "progress.events": page("coordinator therapist coach", "participant"),
    "progress.remove": page("coordinator therapist coach", "participant", "event"),
    # employers, sites, openings
    "employers.index": page("coordinator therapist coach"),
    "employers.show": page("coordinator therapist coach", "employer"),
    "employers.new": page("coordinator"),
    "employers.edit": page("coordinator", "employer"),
    "employers.archive": page("coordinator", "employer"),
    "employers.restore": page("coordinator", "employer"),
    "employers.sites": page("coordinator therapist coach"),
    "employers.site": page("coordinator therapist coach", "site"),
    "employers.site_new": page("coordinator", "employer"),
    "employers.site_edit": page("coordinator", "site"),
    "employers.supervisor_add": page("coordinator", "site"),
    "employers.supervisor_end": page("coordinator", "site", "rater"),
    "employers.openings": page("coordinator therapist coach"),
    "employers.opening": page("coordinator therapist coach", "opening"),
    "employers.opening_new": page("coordinator", "site"),
    "employers.opening_edit": page("coordinator", "opening"),
    "employers.opening_needs": page("coordinator", "opening"),
    "employers.opening_state": page("coordinator", "opening"),
    "employers.opening_archive": page("coordinator", "opening"),
    "employers.opening_restore": page("coordinator", "opening"),
}

#: Endpoint → what to send so that the attempt gets as far as the question whose it is.
#: Without a line the form is empty.
SENT: dict[str, dict[str, str]] = {
    "employers.opening_state": {"state": "on_hold"},
}

#: Endpoints that answer 404 to an allowed visitor's empty form: the form names the object.
NAMED_IN_FORM = frozenset({"accounts.switch"})
