"""A few reports: for therapists, for the participant, and two for shops, one of them released."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.domain.reports import ReportReader
from placement.domain.story import Intern
from placement.queries.reports.choices import about_whom
from placement.usecases.reports.create import CreateReport, create_report
from placement.usecases.reports.release import release_report

MOST_PEOPLE = 2
WEEKS = 12


def write_reports(desk: Desk) -> None:
    """For the first participants who sign in and have worked; the first one releases the shop's."""
    cora = desk.actor("coordinator1")
    people = [row for row in desk.story.interns if row.account]
    worked = [(row, about_whom(desk.reads, cora, desk.interns[row.key]).placements) for row in people]
    for number, (intern, placements) in enumerate([row for row in worked if row[1]][:MOST_PEOPLE]):
        placement = placements[0]
        for reader in (ReportReader.THERAPIST, ReportReader.PARTICIPANT):
            _write(desk, intern, reader, "")
        made = _write(desk, intern, ReportReader.EMPLOYER, placement.public_id)
        if number == 0:
            release_report(desk.work, desk.actor(intern.account or ""), made)


def _write(desk: Desk, intern: Intern, reader: ReportReader, placement: str) -> str:
    """Written yesterday by their therapist, else by the coordinator, about the weeks before."""
    last = desk.work.clock().date() - timedelta(days=1)
    first = max(desk.story.began.date(), last - timedelta(weeks=WEEKS))
    key = str(uuid5(NAMESPACE_URL, f"report:{intern.key}:{reader}"))
    command = CreateReport(desk.interns[intern.key], reader, first, last, placement, key)
    therapist = next((key for key, _ in intern.assigned if key.startswith("therapist")), "coordinator1")
    return create_report(desk.on(last), desk.actor(therapist), command)
