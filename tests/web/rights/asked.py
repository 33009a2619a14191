"""What somebody asked about their record, written through the use cases."""

from __future__ import annotations

from sqlalchemy import update

from placement.domain.rights import RepresentationScope
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.sessions.one_to_one import SessionNote
from placement.usecases.rights.ask import AskCorrection, ask_correction
from placement.usecases.rights.representatives import AddRepresentative, add_representative
from tests.factories.make import Make


def rights_rows(make: Make, person: Participant, account: Account, coordinator: Account) -> None:
    """A correction asked for, every note about them opened, and somebody who decides about money."""
    ask_correction(make.work, make.actor(account), AskCorrection("profile", "I can lift boxes."))
    scopes = (RepresentationScope.MONEY,)
    add_representative(
        make.work, make.actor(coordinator), AddRepresentative(person.public_id, "Ms. Court", scopes)
    )  # fmt: skip
    opened = update(SessionNote).where(SessionNote.participant_id == person.id)
    make.do(lambda session: session.execute(opened.values(opened_to_participant_at=make.clock.now)))
