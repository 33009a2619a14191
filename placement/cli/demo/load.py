"""Writes a story through the use cases, as the people in it would have done, with the clock set to their time."""

from __future__ import annotations

from placement.cli.demo.aims import write_aims
from placement.cli.demo.asked import write_asked
from placement.cli.demo.cards import write_cards
from placement.cli.demo.company import write_company
from placement.cli.demo.desk import Desk
from placement.cli.demo.gates import write_gates
from placement.cli.demo.goals import write_goals
from placement.cli.demo.groups import write_groups
from placement.cli.demo.interns import write_interns
from placement.cli.demo.ladders import write_ladders
from placement.cli.demo.logs import write_logs
from placement.cli.demo.made import write_made
from placement.cli.demo.notices import write_notices
from placement.cli.demo.papers import write_papers
from placement.cli.demo.points import write_points
from placement.cli.demo.practicing import write_practicing
from placement.cli.demo.reports import write_reports
from placement.cli.demo.runs import write_runs
from placement.cli.demo.setting import write_program, write_shops, write_staff
from placement.cli.demo.stays import write_stays
from placement.cli.demo.steps import write_steps
from placement.cli.demo.talks import write_talks
from placement.cli.demo.ways import write_ways
from placement.domain.story import Story
from placement.queries.session import Reads
from placement.usecases.matching.learn import refresh_suggestions
from placement.usecases.transaction import Work


def write_story(work: Work, reads: Reads, story: Story, *, bulk: bool) -> None:
    """Write the whole story. ``bulk``: past shifts the quick way, which leaves the same rows."""
    desk = Desk(work, reads, story, bulk)
    write_program(desk)
    write_staff(desk)
    write_shops(desk)
    write_interns(desk)
    write_stays(desk)
    write_company(desk)
    write_aims(desk)
    write_goals(desk)
    write_points(desk)
    write_notices(desk)
    write_cards(desk)
    write_reports(desk)
    write_runs(desk)
    write_steps(desk)
    write_groups(desk)
    write_talks(desk)
    write_logs(desk)
    write_ladders(desk)
    write_papers(desk)
    write_made(desk)
    write_practicing(desk)
    write_asked(desk)
    write_ways(desk)
    write_gates(desk)
    # What the worker would have done this morning.
    refresh_suggestions(desk.work, desk.program_id)
