"""Asking for the mails that fall due, and for a coordinator where two mails had no answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from placement.domain.jobs import JobKind
from placement.domain.notices import NoticeKind
from placement.queries.mails.due import Due
from placement.queries.mails.due_mail import DueMail, MissingFeedback
from placement.usecases.effects.log import enqueue
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work

T = TypeVar("T")

#: Rows in one transaction: on SQLite nobody else writes meanwhile.
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """How many mails and notices are new."""

    mails: int
    notices: int


def remind(work: Work, due: Due) -> Asked:
    """Write jobs and notices for what is due; what somebody else wrote meanwhile is not written twice."""
    mails = sum(_ask(work, chunk) for chunk in _chunks(due.mails))
    notices = sum(_tell(work, chunk) for chunk in _chunks(due.missing))
    return Asked(mails, notices)


def fan_out(work: Work, kind: JobKind, program_id: int, about: str, refs: Iterable[Mapping[str, int]]) -> int:
    """One job for each reader of a mail that has several. ``about``: the job it was, so that a retry adds nothing."""
    mails = [DueMail(kind, program_id, each, _once(about, each)) for each in refs]
    return _ask(work, mails) if mails else 0


def _once(about: str, refs: Mapping[str, int]) -> str:
    reader = "rater" if "rater" in refs else "account"
    return f"reader:{about}:{reader}:{refs[reader]}"


def _ask(work: Work, mails: Iterable[DueMail]) -> int:
    with work.transaction() as session:
        return sum(
            enqueue(session, work, mail.kind, mail.program_id, mail.refs, once=mail.once) for mail in mails
        )  # fmt: skip


def _tell(work: Work, items: Iterable[MissingFeedback]) -> int:
    with work.transaction() as session:
        written = [
            raise_notice(
                session,
                work,
                kind=NoticeKind.FEEDBACK_MISSING,
                participant_id=item.participant_id,
                program_id=item.program_id,
                placement_id=item.placement_id,
                occasion_id=item.occasion_id,
                subject=item.subject,
            )
            for item in items
        ]
    return sum(row is not None for row in written)


def _chunks(items: tuple[T, ...]) -> Iterable[tuple[T, ...]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
