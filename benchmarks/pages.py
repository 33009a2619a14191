"""Which pages are measured, and what each may cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from sqlalchemy import select

from benchmarks import phone, writes
from benchmarks.site import Site
from placement.models.accounts.account import Account
from placement.models.employers.opening import Opening
from placement.models.feedback.observation import Feedback
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion

COORDINATOR = "coordinator1@bridgeway.example"
SUPERVISOR = "supervisor1@bridgeway.example"
#: Eight weeks of history in a small demo, a year in a large one.
LONG = "participant1@bridgeway.example"
#: Has just begun, in demos of any size.
NEW = "participant9@bridgeway.example"
LIST, OTHER = 4, 6


@dataclass(frozen=True)
class Spec:
    """A page: who asks for it, how many statements it may take, and how many times the floor (None: not judged).

    ``requests``: what else is asked instead, without end; then answered with ``status``.
    """

    name: str
    email: str
    path: Callable[[Site], str]
    statements: int | None = OTHER
    floors: float | None = None
    requests: Callable[[Site], Iterator[dict[str, Any]]] | None = None
    status: int = 200
    writes: bool = False

    def environs(self, site: Site) -> Iterator[dict[str, Any]]:
        """What to send, one after the other."""
        return repeat(site.environ(self.path(site), self.email)) if self.requests is None else self.requests(site)


def _plain(path: str) -> Callable[[Site], str]:
    return lambda _: path


def _participant(site: Site, email: str) -> Participant:
    found: Participant = site.first(
        select(Participant).join(Account, Account.id == Participant.account_id).where(Account.email == email)
    )
    return found


def _person(email: str, rest: str = "") -> Callable[[Site], str]:
    return lambda site: f"/participants/{_participant(site, email).public_id}{rest}"


def _placement(site: Site) -> str:
    person = _participant(site, NEW)
    return f"/placements/{site.first(select(Placement.public_id).where(Placement.participant_id == person.id))}"


def _opening(site: Site) -> str:
    person = _participant(site, NEW)
    found = select(Opening.public_id).join(Placement, Placement.opening_id == Opening.id)
    return f"/openings/{site.first(found.where(Placement.participant_id == person.id))}"


def rated_shift(site: Site, email: str = LONG) -> str:
    """Public id of the last rated shift of somebody."""
    person = _participant(site, email)
    found = select(Occasion.public_id).join(Feedback, Feedback.occasion_id == Occasion.id)
    ordered = found.where(Occasion.participant_id == person.id).order_by(Occasion.local_day.desc())
    return str(site.first(ordered))


PAGES = (
    Spec("day, coordinator", COORDINATOR, _plain("/day"), floors=4),
    Spec("day, supervisor", SUPERVISOR, _plain("/day"), floors=4),
    Spec("day, participant", NEW, _plain("/day"), floors=4),
    Spec("progress, just begun", NEW, _plain("/progress"), floors=4),
    Spec("progress, long", LONG, _plain("/progress"), floors=4),
    Spec("progress, by coordinator", COORDINATOR, _person(NEW, "/progress"), floors=4),
    Spec("people", COORDINATOR, _plain("/participants"), LIST, 5),
    Spec("employers", COORDINATOR, _plain("/employers"), LIST, 5),
    Spec("sites", COORDINATOR, _plain("/sites"), LIST, 5),
    Spec("openings", COORDINATOR, _plain("/openings"), LIST, 5),
    Spec("placements", COORDINATOR, _plain("/placements"), LIST, 5),
    Spec("shifts", COORDINATOR, _plain("/shifts"), LIST, 5),
    Spec("runs", COORDINATOR, _plain("/matching"), LIST, 5),
    Spec("accounts", "admin1@bridgeway.example", _plain("/accounts"), LIST, 5),
    Spec("feedback owed", SUPERVISOR, _plain("/feedback"), LIST, 5),
    Spec("a person", COORDINATOR, _person(NEW)),
    Spec("a placement", COORDINATOR, _placement),
    Spec("an opening", COORDINATOR, _opening),
    Spec("a shift", COORDINATOR, lambda site: f"/shifts/{rated_shift(site)}"),
    Spec("feedback form", SUPERVISOR, lambda site: f"/feedback/{rated_shift(site)}"),
    # Two more than the form: the phone is let in, and that its card was read is written down.
    Spec("feedback form, card", "", _plain(phone.CARD), OTHER + 2, requests=phone.opened),
    Spec("feedback POST", SUPERVISOR, _plain("/feedback"), None, 6, writes.signed_in, 303, writes=True),
    Spec("feedback POST, card", "", _plain(phone.ENTRIES), None, 6, phone.sent, 200, writes=True),
)
