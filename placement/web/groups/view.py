"""What several pages of groups need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placement.catalog.read import scale
from placement.charts.picture import Chart
from placement.charts.project import ProjectTask, project_chart
from placement.charts.scale import Words
from placement.domain.errors import Forbidden
from placement.domain.groups import kind_words, state_words
from placement.domain.shifts import attendance_words
from placement.domain.words import say
from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.queries.groups.head import GroupHead, GroupTaskLine
from placement.web.current import actor
from placement.web.gate import record

#: Domain words a page says.
WORDS = {"kind_words": kind_words, "state_words": state_words, "attendance_words": attendance_words}


def as_staff() -> bool:
    """Whether the reader sees groups as staff; a member sees their own part."""
    return allowed(actor(), Permission.GROUP_LIST)


def log_read() -> None:
    """Log that a page of a group was read: a member's own page, or one about several people."""
    record(None if as_staff() else actor().participant_id)


def chart_of(head: GroupHead, tasks: Sequence[GroupTaskLine], today: date) -> Chart:
    """The project as a picture."""
    return project_chart(
        say("How far it is: %(group)s", group=head.name),
        [ProjectTask(task.name, task.course, task.public_id) for task in tasks],
        head.first_day,
        head.last_day,
        today,
    )


def reasons() -> dict[str, Words]:
    """Why a task was not tried, where that was said."""
    return {reason.key: reason.name for reason in scale().reasons}


def leading(head: GroupHead) -> None:
    """Raise Forbidden for who sees the group but doesn't lead it."""
    if not head.leads:
        raise Forbidden(Permission.GROUP_LEAD)
