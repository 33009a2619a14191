"""Pages of openings."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.openings import OpeningState
from placement.models.employers.opening import Opening, OpeningAccommodation, OpeningRequirement, OpeningTask
from placement.models.programs.catalog import RequirementProfile, RequirementProfileTrait
from placement.models.system.log import AccessLog
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make

MONDAY = {"week-0-0-from": "09:00", "week-0-0-to": "13:00"}


def test_a_new_opening_then_what_it_asks_for(client_for: ClientFor, make: Make, cast: Cast) -> None:
    visitor, catalog = client_for(cast.accounts.coordinator), cast.a.catalog
    done = visitor.submit(
        f"/sites/{cast.a.site.public_id}/openings/new", 303,
        role="Cashier", capacity="3", first_day="2026-12-01", minimum_weekly_hours="2,5", **MONDAY,
    )  # fmt: skip
    opening = make.one(select(Opening).where(Opening.role == "Cashier"))
    assert (opening.capacity, opening.minimum_weekly_hours, opening.pattern.bit_count()) == (3, 2.5, 16)
    needs = visitor.follow(done)
    assert needs.h1 == "What does Cashier ask for?"
    trait = catalog.traits[0].public_id
    done = visitor.submit(
        f"/openings/{opening.public_id}/needs", 303,
        **{f"level_{trait}": "0", f"weight_{trait}": "5"},
        tasks=[catalog.tasks[1].public_id, catalog.tasks[2].public_id],
        accommodations=[catalog.accommodations[0].public_id],
    )  # fmt: skip
    page = visitor.follow(done)
    assert page.h1 == "Cashier: 3 of 3 free"
    assert "0 of 5, essential" in page.words
    for wording in (catalog.tasks[1].name, catalog.tasks[2].name, catalog.accommodations[0].name):
        assert wording["en"] in page.words
    visitor.submit(f"/openings/{opening.public_id}/needs", 303, **{f"level_{trait}": ""}, tasks=None)
    own = opening.id
    assert make.all(select(OpeningRequirement).where(OpeningRequirement.opening_id == own)) == []
    assert make.all(select(OpeningTask).where(OpeningTask.opening_id == own)) == []
    assert len(make.all(select(OpeningAccommodation).where(OpeningAccommodation.opening_id == own))) == 1


def test_a_profile_fills_in_and_saves_nothing(client_for: ClientFor, make: Make, cast: Cast) -> None:
    program, traits = cast.a.program.id, cast.a.catalog.traits
    title, source = {"en": "Cashiers"}, "O*NET 29.3, CC BY 4.0"
    profile = make.add(RequirementProfile(program_id=program, source=source, code="41", title=title))
    for trait, level in ((traits[1], 4), (traits[2], 0)):
        make.add(
            RequirementProfileTrait(
                program_id=program, profile_id=profile.id, trait_id=trait.id, level=level, weight=2
            )
        )  # fmt: skip
    visitor, path = client_for(cast.accounts.coordinator), f"/openings/{cast.a.opening.public_id}/needs"
    assert source in visitor.get(path).words
    page = visitor.get(f"{path}?profile={profile.public_id}")
    form = next(form for form in page.main_forms if form.method == "post")
    assert form.fields[f"level_{traits[0].public_id}"] == ["3"]
    assert form.fields[f"level_{traits[1].public_id}"] == ["4"]
    assert form.fields[f"level_{traits[2].public_id}"] == ["0"]
    asked = select(OpeningRequirement).where(OpeningRequirement.opening_id == cast.a.opening.id)
    assert len(make.all(asked)) == 1
    visitor.post(f"{path}?profile={profile.public_id}", form.fields, 303)
    assert {(line.trait_id, line.level) for line in make.all(asked)} == {
        (traits[0].id, 3), (traits[1].id, 4), (traits[2].id, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"role": ""}, "Enter a role."),
        ({"capacity": "0"}, "There must be at least one place."),
        ({"capacity": "99999999999999999999"}, "There must be at least one place."),
        ({"capacity": ""}, "Enter how many places there are."),
        ({"last_day": "2020-01-01"}, "The last day is before the first."),
        ({"minimum_weekly_hours": "21"}, "The week holds 20 hours"),
        ({"minimum_weekly_hours": "nan"}, "Minimum hours a week"),
        ({"week-0-0-to": ""}, "Enter when it ends, too."),
        ({"week-0-0-from": "09:07"}, "Use quarter hours"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    client_for: ClientFor, cast: Cast, values: dict[str, str], words: str
) -> None:  # fmt: skip
    page = client_for(cast.accounts.coordinator).submit(f"/openings/{cast.a.opening.public_id}/edit", 422, **values)
    assert words in page.words
    form = next(form for form in page.main_forms if form.method == "post")
    assert form.fields["week-1-0-from"] == ["09:00"]


def test_places_below_those_taken_are_refused_in_words(client_for: ClientFor, make: Make, cast: Cast) -> None:
    make.do(lambda s: setattr(s.get_one(Opening, cast.a.opening.id), "filled", 2))
    visitor = client_for(cast.accounts.coordinator)
    page = visitor.submit(f"/openings/{cast.a.opening.public_id}/edit", 422, capacity="1")
    assert "2 places are taken. There can't be fewer places than that." in page.words


def test_two_people_edit_and_the_week_of_the_second_survives(client_for: ClientFor, make: Make, cast: Cast) -> None:
    visitor, path = client_for(cast.accounts.coordinator), f"/openings/{cast.a.opening.public_id}/edit"
    form = next(form for form in visitor.get(path).main_forms if form.method == "post")
    visitor.submit(path, 303, role="First")
    page = visitor.submit(form, 409, role="Second", **{"week-6-0-from": "10:00", "week-6-0-to": "12:00"})
    assert "First" in page.words
    assert "Sun 10:00–12:00" in page.words
    again = next(form for form in page.main_forms if form.method == "post")
    visitor.post(path, again.fields, 303)
    row = make.one(select(Opening).where(Opening.id == cast.a.opening.id))
    assert (row.role, row.pattern.bit_count()) == ("Second", 5 * 16 + 8)


def test_needs_of_two_people_are_compared_by_name(client_for: ClientFor, make: Make, cast: Cast) -> None:
    visitor, path = client_for(cast.accounts.coordinator), f"/openings/{cast.a.opening.public_id}/needs"
    form = next(form for form in visitor.get(path).main_forms if form.method == "post")
    trait = cast.a.catalog.traits[0]
    visitor.submit(path, 303, **{f"level_{trait.public_id}": "1"})
    page = visitor.submit(form, 409, **{f"level_{trait.public_id}": "4"})
    assert trait.name["en"] in page.words
    again = next(form for form in page.main_forms if form.method == "post")
    visitor.post(path, again.fields, 303)
    own = OpeningRequirement.opening_id == cast.a.opening.id
    assert make.all(select(OpeningRequirement.level).where(own)) == [4]


def test_hold_open_and_archive(client_for: ClientFor, make: Make, cast: Cast) -> None:
    visitor, own = client_for(cast.accounts.coordinator), make.opening(cast.a.site, "Extra").public_id
    page = visitor.follow(visitor.post(f"/openings/{own}/state", {"state": "on_hold"}, 303))
    assert page.h1 == "Extra: not open"
    wild = {"state": "wild", "csrf_token": visitor.csrf_token()}
    assert visitor.http.post(f"/openings/{own}/state", data=wild).status_code == 404
    visitor.submit(f"/openings/{own}/archive", 303)
    assert make.one(select(Opening.archived_at).where(Opening.public_id == own)) is not None
    visitor.post(f"/openings/{own}/restore", {}, 303)
    assert make.one(select(Opening.state).where(Opening.public_id == own)) is OpeningState.CLOSED
    refused = visitor.follow(visitor.submit(f"/openings/{cast.a.opening.public_id}/archive", 303))
    assert "End that placement first." in refused.words or "End those placements first." in refused.words


def test_who_is_placed_is_told_only_of_people_one_looks_after(client_for: ClientFor, make: Make, cast: Cast) -> None:
    make.placement(cast.lee, cast.a.opening)
    path = f"/openings/{cast.a.opening.public_id}"
    whole = client_for(cast.accounts.coordinator).get(path).words
    assert "Noa Lind" in whole
    assert "Lee Abel" in whole
    part = client_for(cast.accounts.coach).get(path).words
    assert "Noa Lind" in part
    assert "Lee Abel" not in part
    assert "One place is taken by somebody you do not look after." in part
    assert len(make.all(select(AccessLog.id).where(AccessLog.page == "employers.opening"))) == 2
