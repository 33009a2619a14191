"""The row scope of the daily log and of concerns shows exactly what the policy allows, whoever asks."""

from __future__ import annotations

from datetime import datetime

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.diary import EntryKind
from placement.domain.notices import NoticeKind
from placement.domain.shares import ShareKind, shows
from placement.models.base import new_public_id
from placement.models.diary.entry import DiaryEntry
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.clock import MONDAY
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.policy.test_scope import NOW, Known, actors


def test_entries_shares_and_concerns(cast: Cast, make: Make, reads: Session) -> None:
    """Every actor is account 1; entries are shared with them and with others, one by one, by kind, and taken back."""
    others = (1, cast.accounts.therapist.id)
    for side, person in ((cast.a, cast.a.participant), (cast.a, cast.kim), (cast.b, cast.b.participant)):
        _write(make, side.program.id, person.id, others)
    known = Known(
        [cast.a.program.id, cast.b.program.id], make.all(select(Participant.id)), [cast.a.site.id, cast.b.site.id]
    )
    entries, shares = make.all(select(DiaryEntry)), make.all(select(Share))
    notices = make.all(select(Notice).where(Notice.kind == NoticeKind.CONCERN))

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(actor=actors(known), now=NOW)
    def compare(actor: Actor, now: datetime) -> None:
        mine = [one for one in shares if one.reader_account_id == actor.account_id and one.withdrawn_at is None]

        def facts(row: DiaryEntry, *, chart: bool = False) -> Facts:
            of = [one for one in mine if one.participant_id == row.participant_id]
            if chart:
                shown = any(
                    one.kind is ShareKind.MOOD_CHART and (one.since_day is None or row.day >= one.since_day)
                    for one in of
                )
            else:
                shown = any(shows(one.kind, one.since_day, one.entry_id, row.id, row.kind, row.day) for one in of)
            return Facts(row.program_id, row.participant_id, current=shown)

        found = set(reads.scalars(select(DiaryEntry.id).where(scope.own_entries(actor))))
        assert found == {row.id for row in entries if allowed(actor, P.DIARY_OWN, facts(row))}
        found = set(reads.scalars(select(DiaryEntry.id).where(scope.shared_entries(actor))))
        assert found == {row.id for row in entries if allowed(actor, P.DIARY_READ, facts(row))}
        found = set(reads.scalars(select(DiaryEntry.id).where(scope.charted_days(actor))))
        assert found == {row.id for row in entries if allowed(actor, P.DIARY_READ, facts(row, chart=True))}
        found = set(reads.scalars(select(Share.id).where(scope.own_shares(actor))))
        assert found == {
            one.id for one in shares if allowed(actor, P.DIARY_OWN, Facts(one.program_id, one.participant_id))
        }
        found = set(reads.scalars(select(Share.id).where(scope.standing_shares(actor))))
        assert found == {
            one.id
            for one in mine
            if allowed(actor, P.DIARY_READ, Facts(one.program_id, one.participant_id, current=True))
        }
        found = set(reads.scalars(select(Notice.id).where(scope.concerns(actor))))
        about = {
            row.id: Facts(
                row.program_id, row.participant_id, account_id=row.from_account_id, listener_id=row.to_account_id
            )
            for row in notices
        }
        assert found == {key for key, one in about.items() if allowed(actor, P.CONCERN_SEE, one)}

    compare()


def _write(make: Make, program: int, person: int, accounts: tuple[int, ...]) -> None:
    where = {"program_id": program, "participant_id": person, "created_at": MONDAY}
    rows = [
        make.add(DiaryEntry(kind=kind, day=make.day(-days), body_sealed=b"x", **where))
        for days, kind in enumerate((EntryKind.DAY, EntryKind.DAY, EntryKind.THOUGHT, EntryKind.EXPECTED))
    ]
    kinds = ((ShareKind.DAYS, 0), (ShareKind.THOUGHTS, None), (ShareKind.MOOD_CHART, -1), (ShareKind.EXPECTATIONS, 0))
    for nth, account in enumerate(accounts):
        for kind, since in kinds:
            since_day = None if since is None else make.day(since)
            make.add(Share(
                public_id=new_public_id(), kind=kind, reader_account_id=account, since_day=since_day,
                withdrawn_at=MONDAY if kind is ShareKind.THOUGHTS and nth == 0 else None, **where,
            ))  # fmt: skip
        make.add(Share(kind=ShareKind.ENTRY, entry_id=rows[1 + nth].id, reader_account_id=account, **where))
    for by, to in (accounts, accounts[::-1], (accounts[1], accounts[1])):
        make.add(Notice(kind=NoticeKind.CONCERN, from_account_id=by, to_account_id=to, text="x", **where))
