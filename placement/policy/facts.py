"""What a decision may depend on, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """The object asked about. ``None`` means: has no such thing; ``program_id`` None: it belongs to the site."""

    program_id: int | None
    participant_id: int | None = None
    site_id: int | None = None
    #: The rater who wrote it (feedback).
    rater_id: int | None = None
    #: The account that wrote it (contacts, reports, notices).
    account_id: int | None = None
    #: The one person a notice was told to; None: whoever takes care of such things.
    listener_id: int | None = None
    #: The shift is today's, or its feedback is owed or was sent within the last 7 days; the proposal waits for the
    #: shop's answer, or got it within the last 7 days; the employer's report is released; the notice is for everybody
    #: who looks after the person; the session's note may be opened by the actor, its author's deputy today;
    #: the entry is shared with the actor.
    current: bool = False
    #: The account that leads the group.
    leader_id: int | None = None
    #: Those who belong or belonged to the group; ``current``: the one who asks belongs to it today.
    member_ids: frozenset[int] = frozenset()
    #: It is for participant and therapist alone.
    private: bool = False
    #: The one account that reads it (questionnaires that were handed out).
    reader_id: int | None = None
