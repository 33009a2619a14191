"""Settings, help lines, the scale's versions, and programs made by whoever runs the site."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from placement.models.accounts.account import Account
from placement.models.programs.program import HelpContact, Program
from placement.models.programs.scale import SupportLevel, SupportScale
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_settings_are_changed_under_a_version(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    stale = visitor.get("/program/edit").main_forms[0]
    visitor.submit("/program/edit", 303, name="Riverbank", zone="Europe/Vienna", country="at")
    row = make.one(select(Program).where(Program.id == cast.a.program.id))
    assert (row.name, row.zone, row.country) == ("Riverbank", "Europe/Vienna", "AT")
    assert "Riverbank" in visitor.submit(stale, 409, name="Streamside").content
    assert visitor.submit("/program/edit", 422, country="Austria").errors


def test_help_lines_reach_the_participant_in_order(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    stale = visitor.get("/program/contacts").main_forms[0]
    visitor.submit("/program/contacts", 303, **{"contact-0-en": "Night line", "contact-0-phone": "+49 30 1234"})
    visitor.submit("/program/contacts", 303, **{"contact-1-en": "Cora", "contact-1-phone": "030 999"})
    form = visitor.get("/program/contacts").main_forms[0]
    page = visitor.post("/program/contacts", form.fields | {"change": "down-0"}, status=200)
    visitor.submit(page.main_forms[0], 303)
    words = client_for(cast.accounts.noa).get("/help-now").content
    assert words.index("030 999") < words.index("+49 30 1234")
    page = visitor.submit(stale, 409, **{"contact-0-en": "Other", "contact-0-phone": "110"})
    assert "030 999" in page.content
    page = visitor.submit("/program/contacts", 422, **{"contact-0-phone": "call me"})
    assert "phone number" in page.content
    assert page.main_forms[0].fields["contact-0-phone"] == ["call me"]
    assert make.one(select(func.count(HelpContact.id))) == 2


def test_a_new_scale_is_shown_first_and_changes_nothing_old(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    before = make.all(select(SupportLevel.name).where(SupportLevel.scale_id == cast.a.catalog.scale.id))
    stale = visitor.get("/program/scale/new").main_forms[0]
    form = visitor.get("/program/scale/new").main_forms[0].fields
    count = sum(name.endswith("-rank") for name in form) - 1
    form |= {"level-0-en": "all by myself", "level-1-en": "", "level-1-de": "", "level-1-rank": ""}
    form |= {f"level-{count}-rank": "1", f"level-{count}-en": "with a guiding hand"}
    preview = visitor.post("/program/scale/new", form, status=200)
    for word in ("renamed", "taken out", "new", "stays"):
        assert word in preview.content
    assert make.one(select(func.count(SupportScale.id)).where(SupportScale.program_id == cast.a.program.id)) == 1
    visitor.post("/program/scale/new", preview.main_forms[0].fields | {"save": "1"}, status=303)
    page = visitor.get("/program/scale")
    assert "all by myself" in page.content
    assert "after a reminder" not in page.content
    assert "Version 2" in page.content
    assert make.all(select(SupportLevel.name).where(SupportLevel.scale_id == cast.a.catalog.scale.id)) == before
    visitor.post("/program/scale/new", stale.fields | {"save": "1"}, status=409)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"level-1-rank": "6"}, "mean the same help"),
        ({"level-0-rank": "0"}, "one of them is: alone"),
        ({"level-0-rank": "9"}, "how much help"),
        ({"level-0-en": ""}, "own language"),
    ],
)
def test_a_scale_that_will_not_do_is_refused(
    client_for: ClientFor, cast: Cast, changes: dict[str, str], reason: str
) -> None:
    visitor = client_for(cast.accounts.admin)
    form = visitor.get("/program/scale/new").main_forms[0].fields
    assert reason in visitor.post("/program/scale/new", form | changes, status=422).content


def test_rules_are_in_words(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.admin).get("/program/rules")
    assert "A task: alone, 3 times running" in page.content
    assert "at least 90% independent" in page.content


def test_whoever_runs_the_site_makes_programs(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.site_admin)
    visitor.submit(
        "/programs/new", 303, name="Hillside", admin_name="Ina Berg", email="ina@example.org", coordinates="y"
    )
    assert "Hillside" in visitor.get("/programs").content
    assert len(make.actor(make.one(select(Account).where(Account.email == "ina@example.org"))).roles) == 2
    assert visitor.submit("/programs/new", 422, name="Hill", admin_name="Ina", email="ina").errors
    client_for(cast.accounts.admin).get("/programs", 403)
