"""A new program can be used at once: catalog, scale, rules, an admin who gets a mail."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from placement.catalog import read
from placement.domain.errors import Forbidden, Refused
from placement.domain.roles import Role
from placement.models.accounts.account import Account, Membership
from placement.models.programs.catalog import Task
from placement.models.programs.program import Program
from placement.models.programs.scale import SupportLevel
from placement.models.progress.milestone import MilestoneRule
from placement.models.system.job import Job
from placement.policy.actor import System
from placement.usecases.programs.create import CreateProgram, create_program
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def command(**changes: object) -> CreateProgram:
    values = {
        "name": "Hillside", "zone": "Europe/Vienna", "locale": "de", "country": "at", "admin_name": "Ina Berg",
        "admin_email": "ina@example.org",
    }  # fmt: skip
    return CreateProgram(**(values | changes))  # type: ignore[arg-type]


def test_it_has_our_catalog_and_an_admin(make: Make, work: Work) -> None:
    public_id = create_program(work, System(), command())
    program = make.one(select(Program).where(Program.public_id == public_id))
    assert (program.name, program.zone, program.locale, program.country) == ("Hillside", "Europe/Vienna", "de", "AT")
    assert make.one(select(func.count(Task.id)).where(Task.program_id == program.id)) == len(read.tasks())
    offered = [level.rank for level in read.scale().levels if not level.off]
    assert make.all(select(SupportLevel.rank).where(SupportLevel.program_id == program.id)) == offered
    assert make.one(select(func.count(MilestoneRule.id))) == len(read.rules())
    account = make.one(select(Account))
    assert (account.name, account.locale) == ("Ina Berg", "de")
    assert make.actor(account).roles == {Role.ADMIN}
    assert make.one(select(Job.refs))["account"] == account.id


def test_the_first_admin_may_coordinate_too_and_may_be_known(make: Make, work: Work, cast: Cast) -> None:
    known = cast.accounts.outsider_coordinator
    create_program(work, make.actor(cast.accounts.site_admin), command(admin_email=known.email, admin_coordinates=True))
    new = select(Membership.role).join(Program, Program.id == Membership.program_id).where(Program.name == "Hillside")
    assert set(make.all(new.where(Membership.account_id == known.id))) == {Role.ADMIN, Role.COORDINATOR}


@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("zone", "Mars/Base"), ("locale", "xx"), ("country", "Germany")]
)
def test_bad_settings_are_refused_at_their_field(make: Make, work: Work, field: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        create_program(work, System(), command(**{field: value}))
    assert refused.value.field == field
    assert make.one(select(func.count(Program.id))) == 0


def test_a_bad_address_leaves_no_program_behind(make: Make, work: Work) -> None:
    with pytest.raises(Refused):
        create_program(work, System(), command(admin_email="nobody"))
    assert make.one(select(func.count(Program.id))) == 0


def test_only_who_runs_the_site_makes_programs(make: Make, work: Work, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        create_program(work, make.actor(cast.accounts.admin), command())
