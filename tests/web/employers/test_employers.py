"""Pages of employers and sites."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.placements import PlacementState
from placement.domain.roles import Role
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.feedback.rater import Rater
from placement.queries.pages import SIZE
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_a_coordinator_adds_an_employer_a_shop_and_a_supervisor(client_for: ClientFor, make: Make, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    page = visitor.follow(visitor.submit("/employers/new", 303, name="Étoile", contact_name="Ida", phone="030 1"))
    assert page.h1 == "Étoile: no opening yet"
    assert "Openings belong to a shop" in page.words
    employer = make.one(select(Employer.public_id).where(Employer.name == "Étoile"))
    done = visitor.submit(
        f"/employers/{employer}/sites/new", 303,
        name="North", city="Köln", lat="50,94", lon="6.96", opening_hours="Mo-Fr 08:00-20:00",
    )  # fmt: skip
    page = visitor.follow(done)
    assert page.h1 == "North: no opening yet"
    assert "incomplete" in page.words
    assert "50.94000, 6.96000" in page.words
    assert "Monday: 8:00 AM–8:00 PM" in page.words
    site = make.one(select(Site).where(Site.name == "North"))
    assert (site.lat, site.zone) == (50.94, "Europe/Berlin")
    done = visitor.submit(
        f"/sites/{site.public_id}/supervisors/new", 303, account=cast.accounts.other_supervisor.public_id
    )
    assert "Omar Reed" in visitor.follow(done).words
    rater = make.one(
        select(Rater.public_id)
        .join(SiteSupervisor, SiteSupervisor.rater_id == Rater.id)
        .where(SiteSupervisor.site_id == site.id)
    )
    end = f"/sites/{site.public_id}/supervisors/{rater}/end"
    assert visitor.submit(end, 422, last_day="2020-01-01").errors
    visitor.submit(end, 303, last_day="2026-12-31")
    assert make.one(select(SiteSupervisor.last_day).where(SiteSupervisor.site_id == site.id)).year == 2026


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/employers/new", {"name": " "}),
        ("/employers/new", {"name": "x" * 161}),
        ("/employers/{employer}/edit", {"name": ""}),
        ("/employers/{employer}/sites/new", {"name": "N", "lat": "91", "lon": "1"}),
        ("/employers/{employer}/sites/new", {"name": "N", "lat": "nan", "lon": "inf"}),
        ("/employers/{employer}/sites/new", {"name": "N", "lat": "1"}),
        ("/sites/{site}/edit", {"zone": "Mars/Base"}),
        ("/sites/{site}/edit", {"holiday_region": "DE-MOON"}),
        ("/sites/{site}/supervisors/new", {"name": ""}),
        ("/sites/{site}/supervisors/new", {"account": "somebody", "name": ""}),
    ],
)
def test_what_is_wrong_is_said_at_the_form(
    client_for: ClientFor, cast: Cast, path: str, values: dict[str, str]
) -> None:  # fmt: skip
    path = path.format(employer=cast.a.employer.public_id, site=cast.a.site.public_id)
    page = client_for(cast.accounts.coordinator).submit(path, 422, **values)
    assert "Please check this" in page.words


def test_two_people_edit_one_site_and_nothing_is_lost(client_for: ClientFor, make: Make, cast: Cast) -> None:
    visitor, path = client_for(cast.accounts.coordinator), f"/sites/{cast.a.site.public_id}/edit"
    form = next(form for form in visitor.get(path).main_forms if form.method == "post")
    visitor.submit(path, 303, city="Köln")
    page = visitor.submit(form, 409, city="Bonn")
    assert "Köln" in page.words
    assert "Bonn" in page.words
    again = next(form for form in page.main_forms if form.method == "post")
    visitor.post(path, again.fields, 303)
    assert make.one(select(Site.city).where(Site.id == cast.a.site.id)) == "Bonn"


def test_a_position_can_be_taken_away_again(client_for: ClientFor, make: Make, cast: Cast) -> None:
    visitor, path = client_for(cast.accounts.coordinator), f"/sites/{cast.a.site.public_id}/edit"
    visitor.submit(path, 303, lat="52.5", lon="13.4", zone="Europe/Vienna", holiday_region="DE-BY")
    visitor.submit(path, 303, lat="", lon="")
    site = make.one(select(Site).where(Site.id == cast.a.site.id))
    assert (site.lat, site.lon, site.zone, site.version) == (None, None, "Europe/Vienna", 3)
    assert site.holiday_region == "DE-BY"
    assert "DE-BY" in visitor.get(f"/sites/{cast.a.site.public_id}").content


def test_archiving_asks_first_and_can_be_undone(client_for: ClientFor, make: Make, cast: Cast) -> None:
    visitor, own = client_for(cast.accounts.coordinator), cast.a.employer.public_id
    refused = visitor.follow(visitor.submit(f"/employers/{own}/archive", 303))
    assert "End" in refused.words
    assert make.one(select(Employer.archived_at).where(Employer.public_id == own)) is None
    empty = make.employer(cast.a.program, "Empty").public_id
    page = visitor.get(f"/employers/{empty}/archive")
    assert page.h1 == "Archive Empty?"
    listed = visitor.follow(visitor.submit(f"/employers/{empty}/archive", 303))
    assert not [link for link in listed.links if empty in str(link)]
    assert "Empty" in visitor.get("/employers?show=archived").words
    visitor.post(f"/employers/{empty}/restore", {}, 303)
    assert make.one(select(Employer.archived_at).where(Employer.public_id == empty)) is None


@pytest.mark.parametrize("path", ["/employers", "/sites", "/openings"])
@pytest.mark.parametrize("query", ["", "?q=zzz", "?page=broken&sort=nonsense&show=nonsense", "?q=%25&sort=-name"])
def test_lists_open_whatever_is_asked(client_for: ClientFor, cast: Cast, path: str, query: str) -> None:
    client_for(cast.accounts.coordinator).get(path + query)


def test_an_empty_program_is_told_what_to_do_next(client_for: ClientFor, make: Make) -> None:
    lonely = make.program("Lonely")
    visitor = client_for(make.account("Eve New", [Role.COORDINATOR], lonely))
    assert "No employers yet" in visitor.get("/employers").words
    assert "No sites yet" in visitor.get("/sites").words
    assert "No openings yet" in visitor.get("/openings").words


def test_therapists_look_and_find_no_button(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.therapist)
    pages = (
        "/employers", f"/employers/{cast.a.employer.public_id}", f"/sites/{cast.a.site.public_id}",
        f"/openings/{cast.a.opening.public_id}",
    )  # fmt: skip
    for path in pages:
        page = visitor.get(path)
        assert not [form for form in page.main_forms if form.method == "post"]
        for word in ("New employer", "New site", "New opening", "Edit", "Archive", "Add a supervisor"):
            assert word not in page.words.split("\n")


def test_the_budget_of_statements(client_for: ClientFor, make: Make, cast: Cast, statements: Counter) -> None:
    visitor = client_for(cast.accounts.coordinator)
    paths = {
        "/employers": 4, "/sites": 4, "/openings?sort=-free": 4,
        f"/sites?employer={cast.a.employer.public_id}": 4,
        f"/employers/{cast.a.employer.public_id}": 6,
        f"/sites/{cast.a.site.public_id}": 6,
        f"/openings/{cast.a.opening.public_id}": 6,
        f"/openings/{cast.a.opening.public_id}/needs": 6,
    }  # fmt: skip
    before = {}
    for path, most in paths.items():
        with statements:
            visitor.get(path)
        before[path] = statements.count
        assert statements.count <= most, (path, statements.texts)
    for number in range(8):
        site = make.site(cast.a.employer, f"North {number}")
        make.opening(site, f"Role {number}", tasks=cast.a.catalog.tasks)
        make.placement(make.participant(cast.a.program, f"P{number}"), cast.a.opening, PlacementState.COMPLETED)
    for path in paths:
        with statements:
            visitor.get(path)
        assert statements.count == before[path], (path, statements.texts)


def test_a_list_of_long_names_goes_on(client_for: ClientFor, cast: Cast, make: Make) -> None:
    """Where the next page begins is said by a whole name, however long."""
    for number in range(SIZE):
        make.employer(cast.a.program, f"Zeta {'long ' * 28}{number:02}")
    visitor = client_for(cast.accounts.coordinator)
    first = visitor.get("/employers")
    onward = next(link for link in first.links if "page=" in link)
    assert f"long {SIZE - 1:02}" in visitor.get(onward).content
