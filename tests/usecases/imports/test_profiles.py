"""Requirement profiles brought in from elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from placement.domain.errors import Refused
from placement.models.programs.catalog import RequirementProfile, RequirementProfileTrait
from placement.policy.actor import System
from placement.usecases.imports.profiles import ProfilesImported, ProfileToImport, import_profiles
from placement.usecases.transaction import Work
from tests.factories.make import Make

SOURCE = "A source, CC BY"


def requirements(make: Make) -> list[tuple[int, int, int]]:
    found = make.all(select(RequirementProfileTrait).order_by(RequirementProfileTrait.trait_id))
    return [(line.trait_id, line.level, line.weight) for line in found]


def test_added_then_the_same_then_changed_in_place(work: Work, make: Make) -> None:
    program = make.program(locale="de")
    first, second, _ = make.catalog(program).traits
    wanted = ProfileToImport("1", {"en": "Cashier"}, {first.key: (0, 1), "no_such_trait": (1, 1)})
    assert import_profiles(work, System(program.id), SOURCE, [wanted]) == ProfilesImported(1, 0, 0, ["no_such_trait"])
    row = make.one(select(RequirementProfile))
    assert (row.source, row.code, row.title) == (SOURCE, "1", {"en": "Cashier", "de": "Cashier"})
    assert import_profiles(work, System(program.id), SOURCE, [wanted]).same == 1
    changed = replace(wanted, title={"en": "Cashier", "de": "Kasse"}, requirements={second.key: (5, 5)})
    assert import_profiles(work, System(program.id), SOURCE, [changed]).changed == 1
    again = make.one(select(RequirementProfile))
    assert (again.id, again.public_id, again.title["de"]) == (row.id, row.public_id, "Kasse")
    assert requirements(make) == [(second.id, 5, 5)]


def test_a_catalog_without_any_of_the_traits_is_refused(work: Work, make: Make) -> None:
    program = make.program()
    profile = ProfileToImport("1", {"en": "Cashier"}, {"no_such_trait": (1, 1)})
    with pytest.raises(Refused):
        import_profiles(work, System(program.id), SOURCE, [profile])
    assert make.all(select(RequirementProfile)) == []
