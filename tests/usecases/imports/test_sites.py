"""Stores brought in from elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from placement.domain.errors import NotFound
from placement.models.employers.employer import Employer, Site
from placement.models.system.log import Audit
from placement.policy.actor import System
from placement.usecases.imports.sites import BATCH, StoreToImport, import_sites
from placement.usecases.transaction import Work
from tests.factories.make import Make

STORE = StoreToImport(
    line=2, ref="osm:node/1", chain="Korb", street="Ring 1", postcode="50667", city="Köln", lat=50.9, lon=6.9,
    opening_hours="Mo 08:00-09:00", week=0b1111 << 32, complete=True,
)  # fmt: skip


def test_a_chain_becomes_one_employer_with_its_sites(work: Work, make: Make) -> None:
    program = make.program(zone="Europe/Vienna")
    bare = replace(STORE, line=3, ref="osm:node/2", street="", postcode="", city="", complete=False, week=None)
    result = import_sites(work, System(program.id), [STORE, bare])
    assert (result.added, result.employers_added, result.incomplete, result.hours_unread) == (2, 1, 1, 1)
    sites = make.all(select(Site).order_by(Site.id))
    assert [site.name for site in sites] == ["Korb Köln, Ring 1", "Korb (50.9000, 6.9000)"]
    assert [site.address_complete for site in sites] == [True, False]
    assert [site.opening_week for site in sites] == [0b1111 << 32, None]
    assert {site.zone for site in sites} == {"Europe/Vienna"}
    assert sites[1].opening_hours == "Mo 08:00-09:00"
    assert make.one(select(Employer.name)) == "Korb"
    assert make.all(select(Audit.detail)) == [{"added": 2, "employers": 1}]


def test_again_adds_nothing_and_changes_nothing(work: Work, make: Make) -> None:
    program = make.program()
    import_sites(work, System(program.id), [STORE])
    make.do(lambda s: setattr(s.scalars(select(Site)).one(), "name", "Our Korb"))
    result = import_sites(work, System(program.id), [replace(STORE, city="Bonn")])
    assert (result.added, result.already_there, result.employers_added) == (0, 1, 0)
    assert make.all(select(Site.name)) == ["Our Korb"]
    assert make.one(select(func.count()).select_from(Audit)) == 1


def test_a_known_employer_is_used_an_archived_one_is_not(work: Work, make: Make) -> None:
    program, other = make.program(), make.program("Other")
    known = make.employer(program, "KORB")
    make.employer(other, "Laden")
    gone = make.employer(program, "Laden", archived_at=work.clock())
    result = import_sites(work, System(program.id), [STORE, replace(STORE, ref="osm:node/2", chain="Laden")])
    assert result.employers_added == 1
    owners = make.all(select(Site.employer_id).order_by(Site.source_ref))
    assert owners[0] == known.id
    assert owners[1] not in (known.id, gone.id)


def test_what_does_not_fit_is_named_and_the_rest_goes_in(work: Work, make: Make) -> None:
    program = make.program()
    long = [
        replace(STORE, line=3, ref="osm:node/3", city="x" * 121),
        replace(STORE, line=4, ref="osm:" + "4" * 77),
        replace(STORE, line=5, ref="osm:node/5", street="x" * 161),
    ]
    result = import_sites(work, System(program.id), [*long, STORE])
    assert result.added == 1
    assert [(line, reason.params["column"]) for line, reason in result.problems] == [
        (3, "city"), (4, "reference"), (5, "street"),
    ]  # fmt: skip


def test_the_longest_names_fit(work: Work, make: Make) -> None:
    """Folding makes some letters three: the keys are cut to their columns."""
    program = make.program()
    longest = replace(STORE, chain="ﷺ" * 160, city="ß" * 120, street="x" * 160)
    assert import_sites(work, System(program.id), [longest]).added == 1


def test_more_than_a_batch(work: Work, make: Make) -> None:
    program = make.program()
    stores = [replace(STORE, line=n, ref=f"osm:node/{n}") for n in range(BATCH * 2 + 1)]
    assert import_sites(work, System(program.id), iter(stores)).added == BATCH * 2 + 1
    assert make.one(select(func.count(Site.public_id.distinct()))) == BATCH * 2 + 1


def test_two_programs_may_have_the_same_store(work: Work, make: Make) -> None:
    for program in (make.program(), make.program("Other")):
        assert import_sites(work, System(program.id), [STORE]).added == 1


def test_without_a_live_program_nothing_goes_in(work: Work, make: Make) -> None:
    gone = make.program(archived_at=work.clock())
    for actor in (System(None), System(gone.id)):
        with pytest.raises(NotFound):
            import_sites(work, actor, [STORE])
