"""Every page × everybody who may open it × two languages × light and dark × phone and desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import update
from werkzeug.routing import Rule

from placement.models.accounts.account import Account
from placement.usecases.transaction import Work
from tests.application import build_app, dispose
from tests.clock import Clock
from tests.factories.make import sign_in_row
from tests.live import cookie_for, serving
from tests.sweep import demo
from tests.sweep.demo import PEOPLE, Objects
from tests.sweep.looks import open_looks
from tests.web import endpoints
from tests.web.access_table import ACCESS, VISITORS

SIGNED_OUT = "signed_out"
#: Who walks as which role of the table of access; the busiest first, so that workers end together.
ROLES = {
    "coordinator": "coordinator",
    "therapist": "therapist",
    "admin": "admin",
    "coach": "coach",
    "participant": "participant",
    "participant_asked": "participant",
    "supervisor": "supervisor",
    "supervisor_asked": "supervisor",
    "site": "site",
    SIGNED_OUT: "",
}
#: Endpoints that show more of another object than the one with which the table tries doors.
MORE_TO_SEE = {
    "feedback.sent": ("rated",),
    "shifts.show": ("rated",),
    "matching.remove": ("run", "candidate", "opening_of_run"),
    "matching.force": ("run", "candidate", "opening_of_run"),
}
#: Kinds that are no rows.
_WORDS = {"link", "move", "stop", "card_link", "rater_link", "held", "notice", "told", "unlisted", "feed",
          "feed_token", "taken_over", "group_photo", "work_limit", "step_plan", "practice", "family_link",
          "family_token", "rights_request", "enrollment", "approval", "employment", "expense", "follow_up_number",
          "frozen", "check_item", "check_entry", "upload", "upload_mapped", "upload_done"}  # fmt: skip
#: Visitors of the cast whose part nobody of the demo plays.
_OTHER_SIDE = {"outsider_coordinator", "outsider_therapist", "ben", "other_supervisor"}


def test_every_page_is_swept() -> None:
    """A new page is swept as soon as the table of access names who may open it and what its address is about."""
    reading = endpoints.reading()
    assert {rule.endpoint for rule in reading} <= set(ACCESS), "missing in tests/web/access_table.py"
    kinds = {kind for rule in reading for kind in ACCESS[rule.endpoint].about}
    assert kinds <= set(demo.FIND) | _WORDS, "missing in tests/sweep/demo.py"
    walked = {rule.endpoint for visitor in ROLES for rule in rules_for(visitor)}
    assert walked == {rule.endpoint for rule in reading}


def rules_for(visitor: str) -> list[Rule]:
    """The pages that ``visitor`` walks, in order."""
    return [rule for rule in endpoints.reading() if _opens(visitor, rule.endpoint)]


def _opens(visitor: str, endpoint: str) -> bool:
    access = ACCESS[endpoint]
    if visitor == SIGNED_OUT or access.public:
        return access.public and visitor == SIGNED_OUT
    asked = access.about == ("proposed",) or endpoint in ("progress.mine", "day.show")
    if visitor == "participant_asked":
        return asked and any(_sees(name, endpoint) for name in VISITORS if VISITORS[name] == "participant")
    if visitor == "supervisor_asked":
        # Their shop is asked about somebody; everything else of a supervisor's is walked by the other one.
        return (access.about == ("offered",) and access.may_ever("supervisor")) or endpoint == "day.show"
    if visitor == "participant" and access.about == ("proposed",):
        return False
    return any(_sees(name, endpoint) for name in VISITORS if VISITORS[name] == ROLES[visitor])


def _sees(name: str, endpoint: str) -> bool:
    access = ACCESS[endpoint]
    may = access.may_ever(name) and name not in access.denied.split()
    return name not in _OTHER_SIDE and may and access.sees_own(name)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("visitor", ROLES)
def test_pages(
    visitor: str, language: str, browser: Browser, demo_database: Path, tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    clock = Clock()
    app = build_app(demo.copy(demo_database, tmp_path / "demo.db"), clock, tmp_path / "outbox")
    work: Work = app.extensions["placement_work"]
    objects = Objects(work, clock)
    # Its pages name a device: the participant is signed in somewhere.
    sign_in_row(work, objects.account("participant"))
    token = sign_in_row(work, objects.account(visitor)) if visitor in PEOPLE else None
    with work.transaction() as session:
        session.execute(update(Account).values(locale=language))
    pages = variants = 0
    with serving(app) as address:
        looks = open_looks(browser, address, cookie_for(app, token, address) if token else None, language)
        for rule in rules_for(visitor):
            if ACCESS[rule.endpoint].answers:
                continue  # for phones that opened a link, and no page
            about = MORE_TO_SEE.get(rule.endpoint, ACCESS[rule.endpoint].about)
            path = endpoints.path(rule, [objects.id(kind) for kind in about])
            looked = looks.page(path)
            pages, variants = pages + bool(looked), variants + looked
        looks.context.close()
    dispose(app)
    record_property("pages", pages)
    record_property("variants", variants)
    assert pages, "nobody walked anywhere"
    assert not looks.faults, f"{len(looks.faults)} faults\n" + "\n".join(looks.faults)
