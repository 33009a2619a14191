"""Reading what takes long: of one moment, while others write."""

from __future__ import annotations

from sqlalchemy import func, select

from placement.models.programs.program import Program
from placement.usecases.transaction import Work
from tests.factories.make import Make


def test_all_that_is_read_is_of_one_moment(make: Make, work: Work) -> None:
    how_many = select(func.count(Program.id))
    make.program("First")
    with work.reading() as look:
        assert look.scalar(how_many) == 1
        make.program("Second")
        assert look.scalar(how_many) == 1
    with work.reading() as look:
        assert look.scalar(how_many) == 2


def test_nothing_that_is_changed_while_reading_stays(make: Make, work: Work) -> None:
    make.program("First")
    with work.reading() as look:
        look.scalar(select(Program)).name = "Other"
    assert make.one(select(Program.name)) == "First"
