"""What is due, as ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from placement.domain.jobs import JobKind
from placement.domain.notices import NoticeKind, subject_of


@dataclass(frozen=True, slots=True)
class DueMail:
    """A job to ask for: ``refs`` name an account or a rater as its reader, ``once`` what it is about."""

    kind: JobKind
    program_id: int
    refs: Mapping[str, int]
    once: str


@dataclass(frozen=True, slots=True)
class MissingFeedback:
    """A shift nobody gave feedback for although the shop was asked twice."""

    program_id: int
    participant_id: int
    placement_id: int
    occasion_id: int

    @property
    def subject(self) -> str:
        """Its name among notices."""
        return subject_of(NoticeKind.FEEDBACK_MISSING, self.occasion_id)
