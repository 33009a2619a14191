"""A questionnaire's way: handed out, filled in, handed in, read, taken back; sealed, and known to nobody else."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.questionnaires import HandoutState, pack_answers
from placement.extensions import Base
from placement.models.accounts.account import Account, Assignment
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.models.system.log import Audit
from placement.queries.day.caseload import caseload_day
from placement.queries.day.own_asks import own_asks
from placement.queries.questionnaires.course import courses_of, own_courses
from placement.queries.questionnaires.own import own_handout, own_handouts
from placement.queries.questionnaires.staff import handout_choices, handout_seen, person_handouts
from placement.usecases.questionnaires.answer import FillIn, decline, fill_in, mark_read, withdraw
from placement.usecases.questionnaires.edit import AddQuestionnaire, add_questionnaire
from placement.usecases.questionnaires.give import GiveOut, give_out, take_back
from placement.usecases.questionnaires.load import load_questionnaires
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.questionnaires.papers import KEYS, give, hand_in, key, load


def test_from_hand_to_hand(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    made = give(make, cast.a.participant, cast.accounts.therapist)
    assert [ask.name for ask in own_asks(reads, noa, work.clock()).handouts] == [cast.accounts.therapist.name]
    seen = handout_seen(reads, thea, work.cipher, make.today, made)
    assert (seen.given, seen.seen.row.state) == (None, HandoutState.OPEN)
    fill_in(work, noa, FillIn(made, {"ask": 4}, hand_in=False))
    kept = handout_seen(reads, thea, work.cipher, make.today, made)
    # Staff don't learn that somebody has begun.
    assert kept == seen
    hand_in(make, made, cast.accounts.noa)
    assert own_asks(reads, noa, work.clock()).handouts == ()
    seen = handout_seen(reads, thea, work.cipher, make.today, made)
    assert seen.given is not None
    assert dict(seen.given.values) == dict.fromkeys(KEYS, 3)
    # Six items count 3, two reversed ones 1.
    assert seen.given.score.value == pytest.approx(20 / 8)
    mark_read(work, thea, made)
    own = own_handout(reads, noa, work.cipher, make.today, made)
    assert (own.row.state, own.row.read_at, own.given) == (HandoutState.READ, work.clock(), seen.given)


def test_taken_back_from_the_reader_takes_effect_at_once(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    made = give(make, cast.a.participant, cast.accounts.therapist)
    hand_in(make, made, cast.accounts.noa)
    mark_read(work, thea, made)
    with pytest.raises(Refused):
        fill_in(work, noa, FillIn(made, {"ask": 1}, hand_in=True))
    withdraw(work, noa, made)
    seen = handout_seen(reads, thea, work.cipher, make.today, made)
    assert (seen.given, seen.seen.row.state) == (None, HandoutState.OPEN)
    assert courses_of(reads, thea, work.cipher, cast.a.participant.public_id).courses == ()
    with pytest.raises(Refused):
        mark_read(work, thea, made)
    assert own_handout(reads, noa, work.cipher, make.today, made).given.score.answered == len(KEYS)


def test_rather_not_and_not_yet_look_alike(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    made = give(make, cast.a.participant, cast.accounts.therapist)
    before = person_handouts(reads, thea, make.today, cast.a.participant.public_id)
    page = handout_seen(reads, thea, work.cipher, make.today, made)
    fill_in(work, noa, FillIn(made, {"ask": 4}, hand_in=False))
    decline(work, noa, made)
    assert person_handouts(reads, thea, make.today, cast.a.participant.public_id) == before
    assert handout_seen(reads, thea, work.cipher, make.today, made) == page
    assert [row.state for row in own_handouts(reads, noa, make.today)] == [HandoutState.DECLINED]
    assert own_asks(reads, noa, work.clock()).handouts == ()
    decline(work, noa, made, undo=True)
    assert own_handout(reads, noa, work.cipher, make.today, made).given.values == {"ask": 4}


def test_a_colleague_reads_and_the_giver_sees_no_answers(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    accounts = cast.accounts
    thea, jo = make.actor(accounts.therapist), make.actor(accounts.coach)
    made = give(make, cast.a.participant, accounts.therapist, accounts.coach)
    hand_in(make, made, accounts.noa)
    assert handout_seen(reads, thea, work.cipher, make.today, made).given is None
    assert handout_seen(reads, jo, work.cipher, make.today, made).given is not None
    with pytest.raises(NotFound):
        mark_read(work, thea, made)
    mark_read(work, jo, made)
    # The other way round the coach can't tell that anything is there.
    other = give(make, cast.a.participant, accounts.therapist)
    hand_in(make, other, accounts.noa)
    with pytest.raises(NotFound):
        handout_seen(reads, jo, work.cipher, make.today, other)
    shown = person_handouts(reads, jo, make.today, cast.a.participant.public_id).rows
    assert [one.row.public_id for one in shown] == [made]


def test_nobody_else_can_tell_that_it_is_there(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    accounts = cast.accounts
    made = give(make, cast.a.participant, accounts.therapist)
    hand_in(make, made, accounts.noa)
    others = (accounts.admin, accounts.coordinator, accounts.coach, accounts.kim, accounts.outsider_therapist)
    for account in (*others, accounts.supervisor, accounts.ben, accounts.outsider_coordinator):
        actor = make.actor(account)
        with pytest.raises(NotFound):
            handout_seen(reads, actor, work.cipher, make.today, made)
        with pytest.raises(NotFound):
            own_handout(reads, actor, work.cipher, make.today, made)
        for change in (mark_read, take_back, withdraw, decline):
            with pytest.raises(NotFound):
                change(work, actor, made)
        with pytest.raises(NotFound):
            fill_in(work, actor, FillIn(made, {}, hand_in=False))


def test_the_reader_stops_reading_when_they_no_longer_look_after_the_person(
    cast: Cast, make: Make, work: Work, reads: Session
) -> None:
    accounts = cast.accounts
    made, waiting = (give(make, cast.a.participant, accounts.therapist, accounts.coach) for _ in range(2))
    hand_in(make, made, accounts.noa)
    ended = update(Assignment).where(
        Assignment.account_id == accounts.coach.id, Assignment.participant_id == cast.a.participant.id
    )
    make.do(lambda session: session.execute(ended.values(first_day=make.day(-9), last_day=make.day(-1))))
    with pytest.raises(NotFound):
        handout_seen(reads, make.actor(accounts.coach), work.cipher, make.today, made)
    noa = make.actor(accounts.noa)
    assert not own_handout(reads, noa, work.cipher, make.today, made).row.reader_cares
    with pytest.raises(Refused):
        fill_in(work, noa, FillIn(waiting, {"ask": 1}, hand_in=True))
    fill_in(work, noa, FillIn(waiting, {"ask": 1}, hand_in=False))


def test_who_hands_out_to_whom_and_to_read_for_whom(cast: Cast, make: Make, work: Work) -> None:
    accounts, person = cast.accounts, cast.a.participant.public_id
    asked = load(make, cast.a.program.id)
    good = GiveOut(person, asked, accounts.therapist.public_id, make.day(7), None, key())
    with pytest.raises(Forbidden):
        give_out(work, make.actor(accounts.coach), good)
    for account in (accounts.outsider_therapist, accounts.supervisor, accounts.kim):
        with pytest.raises(NotFound):
            give_out(work, make.actor(account), good)
    thea = make.actor(accounts.therapist)
    for reader in (accounts.coordinator, accounts.admin, accounts.noa, accounts.outsider_therapist):
        with pytest.raises(Refused) as refused:
            give_out(work, thea, replace(good, reader=reader.public_id, key=key()))
        assert refused.value.field == "reader"
    with pytest.raises(NotFound):
        give_out(work, thea, replace(good, questionnaire=load(make, cast.b.program.id), key=key()))
    one = give_out(work, thea, good)
    assert give_out(work, thea, good) == one


def test_rosenberg_is_offered_to_readers_of_english_alone(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, person = make.actor(cast.accounts.therapist), cast.a.participant
    asked = load(make, cast.a.program.id, "rosenberg")
    offered = [row.public_id for row in handout_choices(reads, thea, make.today, person.id, "en")[0]]
    assert asked in offered
    german = handout_choices(reads, thea, make.today, person.id, "de")[0]
    assert asked not in [row.public_id for row in german]
    assert len(german) == len(offered) - 1
    own = update(Account).where(Account.id == cast.accounts.noa.id)
    make.do(lambda session: session.execute(own.values(locale="de")))
    with pytest.raises(Refused) as refused:
        give(make, person, cast.accounts.therapist, wanted="rosenberg")
    assert refused.value.field == "questionnaire"
    make.do(lambda session: session.execute(own.values(locale="en")))
    give(make, person, cast.accounts.therapist, wanted="rosenberg")


def test_a_german_version_needs_a_recorded_right(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea = make.actor(cast.accounts.therapist)
    asked = load(make, cast.a.program.id, "rosenberg")
    tree = copy.deepcopy(next(tree for tree in read.questionnaires() if tree["key"] == "rosenberg"))
    add_questionnaire(work, thea, AddQuestionnaire(tree, asked))
    (now,) = make.all(select(Questionnaire.public_id).where(*_live(cast.a.program.id)))
    tree["answers"]["de"] = ["eins", "zwei", "drei", "vier"]
    for item in tree["item"]:
        item["text"]["de"] = "Satz"
    with pytest.raises(Refused) as refused:
        add_questionnaire(work, thea, AddQuestionnaire(tree, now))
    assert refused.value.field == "source"
    assert make.all(select(Questionnaire.public_id).where(*_live(cast.a.program.id))) == [now]
    tree["source"] += " German wording used with the written consent of its translators."
    new = add_questionnaire(work, thea, AddQuestionnaire(tree, now))
    german = handout_choices(reads, thea, make.today, cast.a.participant.id, "de")[0]
    assert new in [row.public_id for row in german]


def test_taken_back_by_the_therapist_while_nothing_is_handed_in(
    cast: Cast, make: Make, work: Work, reads: Session
) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    first, second = (give(make, cast.a.participant, cast.accounts.therapist) for _ in range(2))
    fill_in(work, noa, FillIn(first, {"ask": 2}, hand_in=False))
    hand_in(make, second, cast.accounts.noa)
    take_back(work, thea, first)
    with pytest.raises(Refused):
        take_back(work, thea, second)
    with pytest.raises(Refused):
        fill_in(work, noa, FillIn(first, {"ask": 3}, hand_in=True))
    # What was filled in stays the participant's own.
    assert own_handout(reads, noa, work.cipher, make.today, first).given.values == {"ask": 2}
    assert handout_seen(reads, thea, work.cipher, make.today, first).given is None


def test_overdue_reading_is_on_the_readers_day(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    accounts = cast.accounts
    thea = make.actor(accounts.therapist)
    made = give(make, cast.a.participant, accounts.therapist)
    assert caseload_day(reads, thea, work.clock()).papers == ()
    hand_in(make, made, accounts.noa)
    (paper,) = caseload_day(reads, thea, work.clock()).papers
    assert (paper.handout, paper.read_by) == (made, make.day(7))
    assert caseload_day(reads, make.actor(accounts.coach), work.clock()).papers == ()
    mark_read(work, thea, made)
    assert caseload_day(reads, thea, work.clock()).papers == ()


def test_the_course_is_for_the_two_of_them(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    accounts, person = cast.accounts, cast.a.participant.public_id
    for reader, value in ((accounts.therapist, 1), (accounts.therapist, 4), (accounts.coach, 2)):
        hand_in(make, give(make, cast.a.participant, accounts.therapist, reader), accounts.noa, value)
    scores = {
        name: [filled.score.value for course in found.courses for filled in course.filled if filled.score]
        for name, found in (
            ("own", own_courses(reads, make.actor(accounts.noa), work.cipher)),
            ("thea", courses_of(reads, make.actor(accounts.therapist), work.cipher, person)),
            ("jo", courses_of(reads, make.actor(accounts.coach), work.cipher, person)),
        )
    }
    assert scores == {"own": [1.5, 3.0, 2.0], "thea": [1.5, 3.0], "jo": [2.0]}
    assert own_courses(reads, make.actor(accounts.noa), work.cipher).milestones
    # Reading the participant's record is not enough.
    assert courses_of(reads, make.actor(accounts.coordinator), work.cipher, person).courses == ()


def test_the_raw_rows_hold_no_answer(cast: Cast, make: Make, work: Work) -> None:
    """Keys of items stand in the questionnaire; what was chosen and which were answered stands nowhere."""
    made = give(make, cast.a.participant, cast.accounts.therapist)
    hand_in(make, made, cast.accounts.noa, 4)
    after = b"".join(_dump(make))
    assert b"Corner Grocery" in after
    for answer in (b'"try_new": 4', b'"others_better": 4', b"try_new': 4"):
        assert answer not in after
    assert pack_answers(dict.fromkeys(KEYS, 4)).encode() not in after
    details = [row.detail for row in make.all(select(Audit).where(Audit.subject == "handout"))]
    assert details
    assert all(set(detail) <= {"participant_id", "questionnaire_id", "reader"} for detail in details)


def test_swapped_seals_are_told_calmly(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    made = [give(make, cast.a.participant, cast.accounts.therapist) for _ in range(2)]
    for handout, value in zip(made, (1, 4), strict=True):
        hand_in(make, handout, cast.accounts.noa, value)
    make.do(_swap)
    noa, thea = make.actor(cast.accounts.noa), make.actor(cast.accounts.therapist)
    for handout in made:
        assert own_handout(reads, noa, work.cipher, make.today, handout).given.broken
        given = handout_seen(reads, thea, work.cipher, make.today, handout).given
        assert given is not None
        assert given.broken
        assert given.score.value is None
    (course,) = own_courses(reads, noa, work.cipher).courses
    assert [filled.score for filled in course.filled] == [None, None]


def test_a_program_gets_the_catalog_once(cast: Cast, make: Make) -> None:
    """Also when the program has archived what it had."""
    load(make, cast.a.program.id)
    make.do(lambda session: session.execute(update(Questionnaire).values(archived_at=make.work.clock())))
    assert set(load_questionnaires(make.work).values()) == {0, 3}
    assert set(load_questionnaires(make.work).values()) == {0}
    rows = make.all(select(Questionnaire).where(Questionnaire.program_id == cast.a.program.id))
    assert sorted(row.key for row in rows) == ["being_useful", "rosenberg", "self_confidence"]
    assert all(row.archived_at for row in rows)


def _live(program_id: int) -> tuple[ColumnElement[bool], ...]:
    own = Questionnaire
    return own.program_id == program_id, own.key == "rosenberg", own.archived_at.is_(None)


def _swap(session: Session) -> None:
    one, two = session.scalars(select(Handout).order_by(Handout.id)).all()
    one.answers_sealed, two.answers_sealed = two.answers_sealed, one.answers_sealed


def _dump(make: Make) -> list[bytes]:
    """Every value of every row of every table, as bytes; the database's files too, where there are some."""

    def read(session: Session) -> list[bytes]:
        found = []
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                found += [bytes(part) if isinstance(part, bytes | memoryview) else str(part).encode() for part in row]
        bind = session.get_bind()
        if bind.dialect.name == "sqlite":
            path = Path(str(bind.engine.url.database))
            found += [file.read_bytes() for file in sorted(path.parent.glob(path.name + "*"))]
        return found

    return make.do(read)
