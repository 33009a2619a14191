"""What SQL shows of groups is exactly what the policy allows: random people asking a real database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.models.groups.group import Group, GroupMember, GroupPhoto, GroupSession
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.clock import MONDAY
from tests.factories.cast import Cast
from tests.factories.groups import make_group
from tests.factories.make import Make

DAYS = st.integers(-40, 15).map(lambda days: MONDAY + timedelta(days=days))


@pytest.fixture
def people(cast: Cast, make: Make) -> list[int]:
    """Groups in both programs; in one of them Kim has left and Lee joins in three days."""
    first = make_group(make, cast.accounts.coach, (cast.a.participant, cast.kim, cast.lee))
    make_group(make, cast.accounts.therapist, (cast.kim,), name="Art")
    make_group(make, cast.accounts.outsider_therapist, (cast.b.participant,))

    def come_and_go(session: Session) -> None:
        for member in session.scalars(select(GroupMember).where(GroupMember.group_id == first.group.id)):
            if member.participant_id == cast.kim.id:
                member.last_day = make.day(-3)
            elif member.participant_id == cast.lee.id:
                member.first_day = make.day(3)

    make.do(come_and_go)
    return make.all(select(Participant.id))


def test_groups_and_what_belongs_to_them(people: list[int], cast: Cast, make: Make, reads: Session) -> None:
    accounts = [cast.accounts.coach.id, cast.accounts.therapist.id, cast.accounts.outsider_therapist.id, 999]
    actors = st.builds(
        Actor,
        account_id=st.sampled_from(accounts),
        name=st.just("x"),
        locale=st.just("en"),
        runs_site=st.booleans(),
        program_id=st.none() | st.sampled_from([cast.a.program.id, cast.b.program.id]),
        zone=st.just("Europe/Berlin"),
        roles=st.frozensets(st.sampled_from(Role), max_size=3),
        participant_id=st.none() | st.sampled_from(people),
        assigned=st.frozensets(st.sampled_from(people), max_size=2),
        covering=st.frozensets(st.sampled_from(people), max_size=1),
    )
    rows = reads.execute(select(Group.id, Group.program_id, Group.leader_account_id)).all()
    members = reads.execute(
        select(GroupMember.id, GroupMember.group_id, GroupMember.participant_id, GroupMember.first_day,
               GroupMember.last_day)
    ).all()  # fmt: skip
    sessions = reads.execute(select(GroupSession.id, GroupSession.group_id, GroupSession.day)).all()
    photos = reads.execute(select(GroupPhoto.id, GroupPhoto.group_id)).all()

    def facts(actor: Actor, group: Any, on: Any = None, person: int | None = None) -> Facts:
        mine = [row for row in members if row.group_id == group.id]
        belongs = any(
            row.participant_id == actor.participant_id
            and row.first_day <= on
            and (row.last_day is None or row.last_day >= on)
            for row in mine
            if on is not None
        )
        everybody = frozenset(row.participant_id for row in mine)
        return Facts(group.program_id, person, leader_id=group.leader_account_id, member_ids=everybody, current=belongs)

    groups = {row.id: row for row in rows}

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(actor=actors, now=DAYS)
    def same(actor: Actor, now: datetime) -> None:
        today = actor.today(now)

        def shown(column: Any, condition: Any, *joins: Any) -> set[int]:
            statement = select(column)
            for join in joins:
                statement = statement.join(*join)
            return set(reads.scalars(statement.where(condition)))

        assert shown(Group.id, scope.groups(actor)) == {
            row.id for row in rows if allowed(actor, P.GROUP_SEE, facts(actor, row))
        }
        assert shown(Group.id, scope.led_groups(actor)) == {
            row.id for row in rows if allowed(actor, P.GROUP_LEAD, facts(actor, row))
        }
        of_session = (Group, Group.id == GroupSession.group_id)
        assert shown(GroupSession.id, scope.group_sessions(actor), of_session) == {
            row.id for row in sessions if allowed(actor, P.GROUP_PHOTO, facts(actor, groups[row.group_id], row.day))
        }
        of_photo = (Group, Group.id == GroupPhoto.group_id)
        assert shown(GroupPhoto.id, scope.group_photos(actor, today), of_photo) == {
            row.id for row in photos if allowed(actor, P.GROUP_PHOTO, facts(actor, groups[row.group_id], today))
        }
        of_member = (Group, Group.id == GroupMember.group_id)
        assert shown(GroupMember.id, scope.group_people(actor), of_member) == {
            row.id
            for row in members
            if allowed(actor, P.GROUP_ATTENDANCE, facts(actor, groups[row.group_id], None, row.participant_id))
            or (
                groups[row.group_id].program_id == actor.program_id
                and Role.PARTICIPANT in actor.roles
                and row.participant_id == actor.participant_id
            )
        }

    same()
