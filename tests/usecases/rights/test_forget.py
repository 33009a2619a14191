"""Being forgotten: every planted sentence goes, but for what docs/retention.md names; others keep theirs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, select, update
from sqlalchemy.orm import Session

from placement.domain.diary import EntryKind
from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.placements import PlacementState
from placement.domain.retention import TREATMENT_YEARS, years_after
from placement.domain.rights import ConsentPurpose, RequestState
from placement.domain.sealed import Place
from placement.domain.shares import ShareKind
from placement.extensions import Base
from placement.models.accounts.account import Account
from placement.models.activities.activity import Activity, Reflection
from placement.models.base import new_public_id
from placement.models.contacts.contact import Contact
from placement.models.diary.entry import DiaryEntry
from placement.models.exposures.exposure import ExposureStep
from placement.models.feedback.observation import Feedback
from placement.models.matching.run import MatchRun
from placement.models.notices.notice import Incident
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import ChartEvent
from placement.models.rights.rights import Consent, RightsRequest
from placement.models.rights.share import Share
from placement.models.sessions.one_to_one import OneToOne, SessionNote
from placement.models.shifts.occasion import Occasion
from placement.models.system.log import AccessLog, Audit
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.rights.export import Export, export_of_own
from placement.usecases.rights.answer import AnswerRequest, answer_request, withhold_note
from placement.usecases.rights.ask import AskCorrection, ask_correction, ask_erasure
from placement.usecases.rights.consents import set_consent
from placement.usecases.rights.expire import keep_no_longer
from placement.usecases.system.reads import record_read
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.sessions.talks import talk_rows

#: Sealed words of the participant's own, planted here.
OWN = ("DIARYPLANT", "STEPPLANT", "ACTIVITYPLANT", "PICTUREPLANT")
#: What others wrote, by the cast and the talk.
WRITTEN = ("WELLPLANT", "EVENTPLANT", "Take the bus twice", "More breaks", "PROFILEPLANT", "CALLPLANT")
#: Treatment records.
TREATED = ("Tired today.", "We spoke about the bus.")


def plant(cast: Cast, make: Make, work: Work) -> None:
    noa = cast.a.participant
    talk_rows(make, noa, cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach)
    ask_correction(work, make.actor(cast.accounts.noa), AskCorrection("profile", "PROFILEPLANT"))
    for statement in (
        update(Feedback).where(Feedback.id == cast.a.feedback.id).values(went_well="WELLPLANT"),
        update(ChartEvent).where(ChartEvent.id == cast.a.event.id).values(text="EVENTPLANT"),
        update(Contact).where(Contact.id == cast.a.contact.id).values(note="CALLPLANT"),
    ):
        make.do(lambda session, statement=statement: session.execute(statement))  # type: ignore[misc]
    keys = {"program_id": noa.program_id, "participant_id": noa.id, "created_at": make.clock.now}

    def sealed(table: str, column: str, text: str) -> dict[str, Any]:
        public_id = new_public_id()
        return {"public_id": public_id, column: work.cipher.seal(text, Place(table, column, public_id)), **keys}

    thea = cast.accounts.therapist.id
    entry = make.add(
        DiaryEntry(**sealed("diary_entry", "body_sealed", '{"text": "DIARYPLANT"}'), kind=EntryKind.DAY, day=make.today)
    )
    make.add(Share(**keys, public_id=new_public_id(), kind=ShareKind.ENTRY, entry_id=entry.id, reader_account_id=thea))
    make.add(ExposureStep(**sealed("exposure_step", "text_sealed", "STEPPLANT"), by_account_id=thea, position=1))
    made = make.add(
        Activity(
            **sealed("activity", "words_sealed", "ACTIVITYPLANT"), by_account_id=thea, day=make.today, name="A bowl",
            version=1,
        )
    )  # fmt: skip
    make.add(Reflection(**sealed("reflection", "words_sealed", "PICTUREPLANT"), activity_id=made.id, seed=7))


def end(cast: Cast, make: Make) -> None:
    make.do(
        lambda session: session.execute(
            update(Placement)
            .where(Placement.participant_id == cast.a.participant.id)
            .values(state=PlacementState.COMPLETED)
        )
    )


def everything(reads: Session, work: Work) -> str:
    """Every value of every table, sealed ones opened by whoever holds the key."""
    texts = []
    for table in Base.metadata.sorted_tables:
        for row in reads.execute(select(table)).mappings():
            for column in table.c:
                value = row[column.name]
                if column.name.endswith("_sealed") and isinstance(column.type, LargeBinary) and value is not None:
                    value = work.cipher.open(value, Place(table.name, column.name, row["public_id"]))
                texts.append(str(value))
    return "\n".join(texts)


def words_of(found: Export) -> str:
    return "\n".join(
        f"{name}={value}"
        for part in found.groups
        for table in part.tables
        for row in table.rows
        for name, value in row.items()
    )


def ask(cast: Cast, make: Make, work: Work) -> str:
    return ask_erasure(work, make.actor(cast.accounts.noa))


def yes(work: Work, actor: Actor, request: str) -> RequestState:
    return answer_request(work, actor, AnswerRequest(request, 1, RequestState.DONE, ""))


def test_the_export_holds_every_planted_sentence(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    plant(cast, make, work)
    own = export_of_own(reads, make.actor(cast.accounts.noa), work.cipher, make.clock.now)
    for words in (*OWN, *WRITTEN, *TREATED):
        assert words in words_of(own), words
    kim = export_of_own(reads, make.actor(cast.accounts.kim), work.cipher, make.clock.now)
    for words in (*OWN, *WRITTEN, *TREATED):
        assert words not in words_of(kim)
    for outsider in (cast.accounts.therapist, cast.accounts.coordinator, cast.accounts.admin):
        with pytest.raises((NotFound, Forbidden)):
            export_of_own(reads, make.actor(outsider), work.cipher, make.clock.now)


def test_a_withheld_note_is_listed_and_not_exported(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    plant(cast, make, work)
    session = make.one(select(OneToOne.public_id))
    withhold_note(work, make.actor(cast.accounts.therapist), session, "A third person.")
    found = export_of_own(reads, make.actor(cast.accounts.noa), work.cipher, make.clock.now)
    assert "Tired today." not in words_of(found)
    (kept,) = [one for one in found.withheld if one.ground == "A third person."]
    assert (kept.by, kept.on, kept.day) == ("Thea Brook", make.clock.now, make.day(-1))
    for other in (cast.accounts.coach, cast.accounts.outsider_therapist):
        with pytest.raises(NotFound):
            withhold_note(work, make.actor(other), session, "")


def test_an_erasure_leaves_what_the_law_keeps_and_nothing_else(
    cast: Cast, make: Make, work: Work, reads: Session
) -> None:
    plant(cast, make, work)
    end(cast, make)
    request = ask(cast, make, work)
    assert yes(work, make.actor(cast.accounts.coordinator), request) is RequestState.PARTLY
    left = everything(reads, work)
    for words in (*OWN, *WRITTEN):
        assert words not in left, words
    for words in TREATED:
        assert words in left
    person = make.one(select(Participant).where(Participant.id == cast.a.participant.id))
    assert (person.preferred_name, person.phone, person.account_id) == ("Noa", "", None)
    assert person.erased_at == make.clock.now
    assert make.one(select(RightsRequest.answered_by_id)) == cast.accounts.coordinator.id
    account = make.one(select(Account).where(Account.id == cast.accounts.noa.id))
    assert (account.name, account.password_hash) == ("—", None)
    # Neither the author nor the deputy opens what is kept.
    for who in (cast.accounts.therapist, cast.accounts.coach, cast.accounts.coordinator, cast.accounts.admin):
        seen = scope.one_to_ones(make.actor(who), make.today)
        assert reads.scalars(select(OneToOne.id).where(seen)).all() == []
    # Others keep theirs.
    assert make.one(select(Participant.preferred_name).where(Participant.id == cast.kim.id)) == "Kim"
    assert make.all(select(Occasion.id).where(Occasion.participant_id == cast.b.participant.id)) != []


def test_ten_years_later_nothing_stays_but_keys(
    cast: Cast, make: Make, work: Work, reads: Session, clock: Clock
) -> None:
    plant(cast, make, work)
    end(cast, make)
    record_read(work, make.actor(cast.accounts.therapist), "participants.show", cast.a.participant.id)
    coordinator, noa = make.actor(cast.accounts.coordinator), make.actor(cast.accounts.noa)
    clock.advance(days=366 * 11)
    request = ask_erasure(work, noa)
    assert yes(work, coordinator, request) is RequestState.DONE
    left = everything(reads, work)
    for words in (*OWN, *WRITTEN, *TREATED, "Noa", "Lind"):
        assert words not in left, words
    assert make.all(select(SessionNote)) == make.all(select(Incident.id).where(Incident.participant_id == 1)) == []
    looked = select(AccessLog.account_id).where(AccessLog.participant_id == cast.a.participant.id)
    assert make.all(looked) == [cast.accounts.therapist.id]
    assert make.one(select(Audit.id).where(Audit.action == "participants.erase")) is not None


def test_the_years_over_the_worker_removes_what_was_kept(
    cast: Cast, make: Make, work: Work, reads: Session, clock: Clock
) -> None:
    plant(cast, make, work)
    end(cast, make)
    yes(work, make.actor(cast.accounts.coordinator), ask(cast, make, work))
    last = make.one(select(OneToOne.day).where(OneToOne.summary_sealed.is_not(None)))
    clock.advance(days=(years_after(last, TREATMENT_YEARS) - make.today).days + 1)
    assert keep_no_longer(work) == 0
    for words in TREATED:
        assert words in everything(reads, work)
    reads.rollback()
    clock.advance(days=1)
    assert keep_no_longer(work) == 1
    left = everything(reads, work)
    for words in (*TREATED, "Noa", "Lind"):
        assert words not in left, words
    assert make.one(select(RightsRequest.answered_by_id)) == cast.accounts.coordinator.id
    assert keep_no_longer(work) == 0


def test_the_database_file_forgets_too(cast: Cast, make: Make, work: Work) -> None:
    """Not even what was written in plain is left in the file, its log included."""
    plant(cast, make, work)
    end(cast, make)
    with work.sessions() as session:
        engine = session.get_bind()
        if engine.dialect.name != "sqlite":
            pytest.skip("a file of its own")
        path = Path(str(engine.url.database))  # type: ignore[union-attr]
    request = ask(cast, make, work)
    yes(work, make.actor(cast.accounts.coordinator), request)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in path.parent.glob(path.name + "*"):
        raw = file.read_bytes()
        for words in (*OWN, *TREATED, "PROFILEPLANT", "WELLPLANT", "EVENTPLANT", "CALLPLANT"):
            assert words.encode() not in raw, (file.name, words)


def test_a_run_keeps_the_key_alone(cast: Cast, make: Make, work: Work) -> None:
    person = cast.lee
    account = make.account("Lee Abel", program=cast.a.program)
    make.do(lambda s: s.execute(update(Participant).where(Participant.id == person.id).values(account_id=account.id)))
    make.do(
        lambda s: s.execute(
            update(MatchRun)
            .where(MatchRun.id == cast.a.run.id)
            .values(problem={"people": [{"key": person.public_id, "lat": 1.0}, {"key": "x", "lat": 2.0}]})
        )
    )
    row = make.add(
        RightsRequest(
            program_id=person.program_id, participant_id=person.id, kind="erasure", due_on=make.today,
            created_at=make.clock.now,
        )
    )  # fmt: skip
    yes(work, make.actor(cast.accounts.coordinator), row.public_id)
    people = make.one(select(MatchRun.problem).where(MatchRun.id == cast.a.run.id))["people"]
    assert people == [{"key": person.public_id}, {"key": "x", "lat": 2.0}]


def test_who_may_forget(cast: Cast, make: Make, work: Work) -> None:
    request = ask(cast, make, work)
    for other in (
        cast.accounts.therapist, cast.accounts.coach, cast.accounts.noa, cast.accounts.outsider_coordinator,
    ):  # fmt: skip
        with pytest.raises(NotFound):
            yes(work, make.actor(other), request)
    admin = make.actor(cast.accounts.admin)
    with pytest.raises(Refused):
        yes(work, admin, request)
    end(cast, make)
    with pytest.raises(Stale):
        answer_request(work, admin, AnswerRequest(request, 9, RequestState.DONE, ""))
    with pytest.raises(Refused):
        answer_request(work, admin, AnswerRequest(request, 1, RequestState.REFUSED, ""))
    assert yes(work, admin, request) is RequestState.DONE


def test_taking_a_consent_back_removes_what_rested_on_it(cast: Cast, make: Make, work: Work) -> None:
    plant(cast, make, work)
    noa = make.actor(cast.accounts.noa)
    set_consent(work, noa, ConsentPurpose.REFLECTIONS, True)
    set_consent(work, noa, ConsentPurpose.REFLECTIONS, True)
    assert len(make.all(select(Consent))) == 1
    set_consent(work, noa, ConsentPurpose.REFLECTIONS, False)
    assert make.all(select(Reflection)) == []
    assert len(make.all(select(Share))) == 1
    with pytest.raises((NotFound, Forbidden)):
        set_consent(work, make.actor(cast.accounts.therapist), ConsentPurpose.REFLECTIONS, True)


def test_an_answer_is_due_in_time(cast: Cast, make: Make, work: Work) -> None:
    plant(cast, make, work)
    assert make.one(select(RightsRequest.due_on)) == make.today + timedelta(days=30)
