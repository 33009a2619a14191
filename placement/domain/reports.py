"""Progress reports: who reads one, and what it may hold for them."""

from __future__ import annotations

from enum import StrEnum

from placement.domain.words import Say, say


class ReportReader(StrEnum):
    PARTICIPANT = "participant"
    THERAPIST = "therapist"
    EMPLOYER = "employer"


_WORDS = {
    ReportReader.PARTICIPANT: say("for the participant"),
    ReportReader.THERAPIST: say("for therapists and coaches"),
    ReportReader.EMPLOYER: say("for the employer"),
}


def reader_words(reader: ReportReader) -> Say:
    """A reader as it is shown."""
    return _WORDS[reader]


def shows_verdicts(reader: ReportReader) -> bool:
    """Whether it may say of a task that it grows or needs more help: never to an employer."""
    return reader is not ReportReader.EMPLOYER
