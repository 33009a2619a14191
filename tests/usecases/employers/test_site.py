"""Sites and who supervises there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.support import RaterKind
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.employers.opening import Opening
from placement.models.feedback.rater import Rater
from placement.usecases.employers.site import CreateSite, EditSite, create_site, edit_site
from placement.usecases.employers.supervisors import add_site_supervisor, end_site_supervisor
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make

BERLIN = "Europe/Berlin"


def stored(make: Make, public_id: str) -> Site:
    found: Site = make.one(select(Site).where(Site.public_id == public_id))
    return found


def test_a_site_knows_whether_its_address_is_complete(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    half = create_site(work, actor, CreateSite(cast.a.employer.public_id, "North", BERLIN, city="Köln"))
    assert not stored(make, half).address_complete
    assert stored(make, half).sort_key == "north koln"
    edit_site(work, actor, EditSite(half, 1, "North", BERLIN, "Ring 1", "50667", "Köln", 50.9, 6.9))
    assert stored(make, half).address_complete
    assert (stored(make, half).lat, stored(make, half).lon) == (50.9, 6.9)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"zone": "Europe/Nowhere"}, "zone"),
        ({"zone": "../etc/passwd"}, "zone"),
        ({"lat": 1.0}, "lon"),
        ({"lon": 1.0}, "lat"),
        ({"lat": 91.0, "lon": 1.0}, "lat"),
        ({"lat": 1.0, "lon": 181.0}, "lon"),
        ({"lat": float("nan"), "lon": 1.0}, "lat"),
    ],
)
def test_what_a_site_cannot_be(work: Work, make: Make, cast: Cast, values: dict[str, object], field: str) -> None:
    given = {"employer": cast.a.employer.public_id, "name": "North", "zone": BERLIN} | values
    with pytest.raises(Refused) as refusal:
        create_site(work, make.actor(cast.accounts.coordinator), CreateSite(**given))  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_moving_to_another_city_moves_its_openings(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    edit_site(work, actor, EditSite(cast.a.site.public_id, 1, "Market Street", BERLIN, city="Zürich"))
    key = make.one(select(Opening.sort_key).where(Opening.id == cast.a.opening.id))
    assert key == "stock helper corner grocery zurich"
    with pytest.raises(Stale) as stale:
        edit_site(work, actor, EditSite(cast.a.site.public_id, 1, "Market Street", BERLIN))
    assert stale.value.current["city"] == "Zürich"


def test_hours_that_cannot_be_read_any_more_leave_no_week(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    own = cast.a.site.public_id
    edit_site(
        work, actor, EditSite(own, 1, "Market", BERLIN, opening_hours="Mo 08:00-09:00", opening_week=0b1111 << 32)
    )
    assert stored(make, own).opening_week == 0b1111 << 32
    edit_site(work, actor, EditSite(own, 2, "Market", BERLIN, opening_hours="by agreement"))
    assert stored(make, own).opening_week is None


def test_nothing_is_added_to_foreign_or_archived_employers(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    with pytest.raises(NotFound):
        create_site(work, actor, CreateSite(cast.b.employer.public_id, "North", BERLIN))
    make.do(lambda s: setattr(s.get_one(Employer, cast.a.employer.id), "archived_at", work.clock()))
    with pytest.raises(Refused):
        create_site(work, actor, CreateSite(cast.a.employer.public_id, "North", BERLIN))
    with pytest.raises(Forbidden):
        edit_site(work, make.actor(cast.accounts.therapist), EditSite(cast.a.site.public_id, 1, "x", BERLIN))


def test_a_supervisor_reaches_the_site_only_between_the_days(work: Work, make: Make, cast: Cast) -> None:
    actor, omar = make.actor(cast.accounts.coordinator), cast.accounts.other_supervisor
    assert cast.a.site.id not in make.actor(omar).sites
    today = make.today
    rater = add_site_supervisor(work, actor, cast.a.site.public_id, omar.public_id, "", today)
    assert cast.a.site.id in make.actor(omar).sites
    end_site_supervisor(work, actor, cast.a.site.public_id, rater, today)
    assert cast.a.site.id in make.actor(omar).sites
    make.clock.advance(days=1)
    assert cast.a.site.id not in make.actor(omar).sites
    again = add_site_supervisor(work, actor, cast.a.site.public_id, omar.public_id, "", make.today)
    assert again == rater
    assert cast.a.site.id in make.actor(omar).sites


def test_somebody_without_an_account_is_one_rater_however_often_named(work: Work, make: Make, cast: Cast) -> None:
    actor, site = make.actor(cast.accounts.coordinator), cast.a.site.public_id
    first = add_site_supervisor(work, actor, site, None, "Ms.  Winter ", date(2026, 1, 1), date(2026, 1, 31))
    second = add_site_supervisor(work, actor, site, None, "Ms. Winter", date(2026, 3, 1))
    assert first == second
    rater = make.one(select(Rater).where(Rater.public_id == first))
    assert (rater.name, rater.kind, rater.account_id) == ("Ms. Winter", RaterKind.SUPERVISOR, None)
    link = make.one(select(SiteSupervisor).where(SiteSupervisor.rater_id == rater.id))
    assert (link.first_day, link.last_day) == (date(2026, 3, 1), None)


def test_who_cannot_supervise(work: Work, make: Make, cast: Cast) -> None:
    actor, site, today = make.actor(cast.accounts.coordinator), cast.a.site.public_id, make.today
    for account in (cast.accounts.therapist, cast.accounts.outsider_coordinator, cast.accounts.ben):
        with pytest.raises(Refused) as refusal:
            add_site_supervisor(work, actor, site, account.public_id, "", today)
        assert refusal.value.field == "account"
    with pytest.raises(Refused) as refusal:
        add_site_supervisor(work, actor, site, None, " ", today)
    assert refusal.value.field == "name"
    with pytest.raises(Refused) as refusal:
        add_site_supervisor(work, actor, site, None, "Ms. Winter", today, today - timedelta(days=1))
    assert refusal.value.field == "last_day"
    with pytest.raises(NotFound):
        add_site_supervisor(work, actor, cast.b.site.public_id, None, "Ms. Winter", today)


def test_an_end_must_be_after_the_beginning_and_the_supervisor_known(work: Work, make: Make, cast: Cast) -> None:
    actor, site = make.actor(cast.accounts.coordinator), cast.a.site.public_id
    with pytest.raises(Refused) as refusal:
        end_site_supervisor(work, actor, site, cast.a.rater.public_id, make.day(-400))
    assert refusal.value.field == "last_day"
    with pytest.raises(NotFound):
        end_site_supervisor(work, actor, site, cast.b.rater.public_id, make.today)
