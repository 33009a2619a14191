"""Writing a notice: once for a subject, with a mail where it can't wait, in the caller's transaction."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.jobs import JobKind
from placement.domain.notices import LONGEST_TEXT, NoticeKind
from placement.models.notices.notice import Notice
from placement.models.system.job import Job
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def raised(session: Session, work: Work, cast: Cast, kind: NoticeKind, **other: Any) -> int | None:
    row = raise_notice(
        session, work, kind=kind, participant_id=cast.a.participant.id, program_id=cast.a.program.id, **other
    )
    return None if row is None else row.id


def test_once_for_a_subject_however_often_it_is_said(work: Work, cast: Cast, make: Make) -> None:
    found: list[int | None] = []
    for _ in range(2):
        with work.transaction() as session:
            found += [raised(session, work, cast, NoticeKind.DID_NOT_COME, subject="one") for _ in range(2)]
    assert found[0] is not None
    assert found[1:] == [None, None, None]
    assert make.all(select(Notice.subject).where(Notice.subject == "one")) == ["one"]
    jobs = make.all(select(Job).where(Job.kind == JobKind.MAIL_NOTICE))
    assert [job.refs for job in jobs] == [{"notice": found[0]}]


def test_the_same_subject_in_another_program_is_another(work: Work, cast: Cast, make: Make) -> None:
    with work.transaction() as session:
        assert raised(session, work, cast, NoticeKind.WORRIED, subject="one")
        assert raise_notice(
            session,
            work,
            kind=NoticeKind.WORRIED,
            participant_id=cast.b.participant.id,
            program_id=cast.b.program.id,
            subject="one",
        )


def test_without_a_subject_the_same_may_be_said_again(work: Work, cast: Cast, make: Make) -> None:
    with work.transaction() as session:
        for _ in range(2):
            assert raised(session, work, cast, NoticeKind.SOMETHING_WRONG, text="  Too loud.  ")
    rows = make.all(select(Notice).where(Notice.kind == NoticeKind.SOMETHING_WRONG, Notice.text == "Too loud."))
    assert len(rows) == 2


def test_what_can_wait_is_no_mail_of_its_own(work: Work, cast: Cast, make: Make) -> None:
    with work.transaction() as session:
        raised(session, work, cast, NoticeKind.UNLISTED_TASK, subject="a task")
    assert make.all(select(Job.id).where(Job.kind == JobKind.MAIL_NOTICE)) == []


def test_a_text_has_an_end(work: Work, cast: Cast, make: Make) -> None:
    with work.transaction() as session, pytest.raises(Refused) as refused:
        raised(session, work, cast, NoticeKind.WORRIED, text="x" * (LONGEST_TEXT + 1))
    assert refused.value.field == "text"


def test_it_goes_with_the_transaction(work: Work, cast: Cast, make: Make) -> None:
    with work.sessions() as session:
        session.begin()
        raised(session, work, cast, NoticeKind.WORRIED, subject="gone")
        session.rollback()
    assert make.all(select(Notice.id).where(Notice.subject == "gone")) == []
