"""Groups for tests: one with a leader, members, tasks, a session that is over and one to come, and a photo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from placement.domain.groups import GroupKind
from placement.domain.shifts import PlannedTime, instants
from placement.domain.text import fold
from placement.models.accounts.account import Account
from placement.models.groups.group import Group, GroupMember, GroupPhoto, GroupSession, GroupTask
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from tests.factories.make import Make


@dataclass(frozen=True)
class Made:
    """``held``: yesterday's session; ``coming``: tomorrow's."""

    group: Group
    members: tuple[GroupMember, ...]
    tasks: tuple[GroupTask, ...]
    held: GroupSession
    coming: GroupSession
    photo: GroupPhoto


def make_group(
    make: Make,
    leader: Account,
    people: tuple[Participant, ...],
    tasks: tuple[Task, ...] = (),
    name: str = "Renovate the club room",
    kind: GroupKind = GroupKind.PROJECT,
    program: Any = None,
) -> Made:
    """In the program of its first member, since four weeks ago."""
    home = people[0].program_id if program is None else program.id
    now = {"program_id": home, "created_at": make.clock.now}
    first = make.day(-28)
    group = make.add(
        Group(**now, kind=kind, name=name, sort_key=fold(name), leader_account_id=leader.id, first_day=first)
    )
    own = {**now, "group_id": group.id}
    return Made(
        group,
        tuple(make.add(GroupMember(**own, participant_id=person.id, first_day=first)) for person in people),
        tuple(make.add(GroupTask(**own, task_id=task.id, position=nth)) for nth, task in enumerate(tasks)),
        make.add(session_of(group, make.day(-1), make)),
        make.add(session_of(group, make.day(1), make)),
        make.add(
            GroupPhoto(**own, image=jpeg(), thumbnail=jpeg(), width=8, height=6, by_account_id=leader.id)
        ),
    )  # fmt: skip


def session_of(group: Group, day: date, make: Make, **columns: Any) -> GroupSession:
    """From ten to twelve in Berlin."""
    planned = PlannedTime(day, time(10), time(12), "Europe/Berlin")
    starts_at, ends_at = instants(planned)
    return GroupSession(
        program_id=group.program_id, group_id=group.id, day=day, start=planned.start, end=planned.end,
        zone=planned.zone, starts_at=starts_at, ends_at=ends_at, created_at=make.clock.now - timedelta(days=7),
        **columns,
    )  # fmt: skip


def jpeg(width: int = 8, height: int = 6) -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG")
    return out.getvalue()
