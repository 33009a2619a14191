"""From a job to a mail: who reads it, whether they want it and when, what it says now, and sending it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from placement.adapters.mail import Message
from placement.domain.jobs import JobKind
from placement.domain.letters import Letter
from placement.domain.mails import KIND_OF, MailKind, after_quiet
from placement.domain.stop_mails import Stop, stop_token
from placement.extensions import db
from placement.queries.mails.changed_shifts import change_readers
from placement.queries.mails.people_facts import unseen_milestones
from placement.queries.mails.reader import Reader, ReaderKind, reader_of
from placement.queries.mails.readers import notice_readers, shop_readers
from placement.queries.mails.shift_facts import owed_lines, rater_of_link
from placement.usecases.mails.later import send_later
from placement.usecases.mails.remind import fan_out
from placement.usecases.mails.sent import renew_links, told_of_milestones
from placement.usecases.system.jobs import Claimed
from placement.usecases.transaction import Work
from placement.worker import people_letters, plan_letters, shift_letters
from placement.worker.desk import Desk, Writes
from placement.worker.digest_letter import weekly_digest
from placement.worker.mails import address, draw, stable_id

WRITES: dict[JobKind, Writes] = {
    JobKind.MAIL_SHIFT_TOMORROW: shift_letters.shift_tomorrow,
    JobKind.MAIL_FEEDBACK_OWED: shift_letters.feedback_owed,
    JobKind.MAIL_FEEDBACK_LINK: shift_letters.feedback_link,
    JobKind.MAIL_NOT_TODAY: shift_letters.not_today,
    JobKind.MAIL_SHIFT_CHANGED: plan_letters.shifts_changed,
    JobKind.MAIL_MILESTONE: people_letters.milestone,
    JobKind.MAIL_PROPOSAL_WAITING: people_letters.proposal_waiting,
    JobKind.MAIL_PLACEMENT_ENDING: people_letters.placement_ending,
    JobKind.MAIL_NOTICE: people_letters.notice,
    JobKind.MAIL_WEEKLY_DIGEST: weekly_digest,
}


class Post:
    """Delivers the mail of one job; needs the application's context. A second attempt sends the same mail."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def deliver(self, work: Work, job: Claimed) -> None:
        """Send, or put off until quiet hours end, or split among several readers, or drop what no longer holds."""
        if job.program_id is None:
            return
        refs = _with_reader(db.session(), job)
        if refs is None:
            each = [{**job.refs, **reader} for reader in self._readers(work, job)]
            fan_out(work, job.kind, job.program_id, job.public_id, each)
            return
        reader, kind = reader_of(db.session(), refs, job.program_id), KIND_OF.get(job.kind)
        if reader is None or not reader.wants(kind):
            return
        if kind is not None and reader.quiet is not None:
            now, quiet = work.clock(), reader.quiet
            until = after_quiet(now, quiet.zone, quiet.start, quiet.end)
            if until > now:
                send_later(work, job.kind, job.program_id, dict(job.refs), job.public_id, until)
                return
        self._send(work, job, reader, kind)

    def _send(self, work: Work, job: Claimed, reader: Reader, kind: MailKind | None) -> None:
        desk = self._desk(work, job, reader)
        after = _before(work, job, desk)
        letter = WRITES[job.kind](desk)
        if letter is None:
            return
        self._app.extensions["placement_mailer"].send(self._message(work, job, reader, kind, letter))
        after()

    def _desk(self, work: Work, job: Claimed, reader: Reader) -> Desk:
        url = partial(address, self._app)
        return Desk(db.session(), reader, job.refs, job.program_id or 0, work.clock(), work.link_key, url)

    def _message(self, work: Work, job: Claimed, reader: Reader, kind: MailKind | None, letter: Letter) -> Message:
        stop = ""
        if kind is not None:
            token = stop_token(work.link_key, Stop(reader.kind.value, reader.public_id, kind))
            stop = address(self._app, "mails.stop", token=token)
        choices = address(self._app, "mails.preferences") if reader.kind is ReaderKind.ACCOUNT else ""
        return draw(self._app, letter, reader, stable_id(self._app, job.public_id), stop, choices)

    def _readers(self, work: Work, job: Claimed) -> list[Any]:
        if job.kind is JobKind.MAIL_NOTICE:
            return notice_readers(db.session(), job.refs["notice"], work.clock())
        if job.kind is JobKind.MAIL_SHIFT_CHANGED:
            return change_readers(db.session(), job.refs, work.clock())
        if job.kind is JobKind.MAIL_NOT_TODAY:
            return shop_readers(db.session(), job.refs["shift"], work.clock())
        return []


def _with_reader(session: Session, job: Claimed) -> dict[str, Any] | None:
    """The job's ids with the reader among them; None for a mail that several people read."""
    refs = dict(job.refs)
    if "account" in refs or "rater" in refs:
        return refs
    if job.kind is not JobKind.MAIL_FEEDBACK_LINK:
        return None
    rater = rater_of_link(session, refs["link"])
    return refs if rater is None else refs | {"rater": rater}


def _before(work: Work, job: Claimed, desk: Desk) -> Callable[[], None]:
    """What has to hold before a mail goes out: its links work. Returns what is to be done once it is sent."""
    if job.kind is JobKind.MAIL_FEEDBACK_LINK:
        renew_links(work, [desk.refs["link"]])
    if job.kind is JobKind.MAIL_FEEDBACK_OWED and desk.reader.kind is ReaderKind.RATER and desk.reader.rater_id:
        links = {line.link[0] for line in owed_lines(desk.db, desk.reader.rater_id, desk.now) if line.link}
        if links:
            renew_links(work, links)
    if job.kind is JobKind.MAIL_MILESTONE and desk.reader.account_id:
        told = unseen_milestones(desk.db, desk.refs["participant"], desk.reader.account_id, desk.now)
        return lambda: told_of_milestones(work, told)
    return lambda: None
