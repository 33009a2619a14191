"""Creative and play work: written by staff, told by the participant, sealed, shared and taken back at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.occasions import OccasionKind
from placement.domain.rights import ConsentPurpose
from placement.extensions import Base
from placement.models.accounts.account import Assignment
from placement.models.activities.activity import Activity, Reflection
from placement.models.rights.rights import Consent
from placement.models.rights.share import Share
from placement.models.sessions.one_to_one import OneToOne
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries.activities.listing import activities_of, own_activities
from placement.queries.activities.one import activity_page
from placement.queries.activities.pictures import keeps_words, own_reflections, shared_reflections
from placement.usecases.activities.reflect import Reflect, reflect, remove_reflection, stop_keeping
from placement.usecases.activities.shares import ShareWords, share_activity, share_reflection, stop_sharing
from placement.usecases.activities.words import SayWords, remove_words, say_words
from placement.usecases.activities.write import (
    ChangeActivity,
    WriteActivity,
    archive_activity,
    change_activity,
    write_activity,
)
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.activities.made import activity_rows, key, made, told
from tests.web.sessions.talks import talk


def test_written_once_changed_by_its_writer_and_taken_off(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, jo, noa = (make.actor(one) for one in (cast.accounts.therapist, cast.accounts.coach, cast.accounts.noa))
    command = WriteActivity(cast.a.participant.public_id, told(make), key())
    found = write_activity(work, thea, command)
    assert write_activity(work, thea, command) == found
    change = ChangeActivity(found, 1, replace(command.told, name="Painting two stones"))
    change_activity(work, thea, change)
    with pytest.raises(Stale):
        change_activity(work, thea, change)
    with pytest.raises(Forbidden):
        change_activity(work, jo, change)
    with pytest.raises(Forbidden):
        archive_activity(work, jo, found)
    for far in (-200, 100):
        with pytest.raises(Refused):
            change_activity(work, thea, ChangeActivity(found, 2, told(make, days=far)))
    assert _names(reads, jo, cast.a.participant.id) == _own_names(reads, noa) == ["Painting two stones"]
    archive_activity(work, thea, found)
    assert _names(reads, jo, cast.a.participant.id) == _own_names(reads, noa) == []
    with pytest.raises(NotFound):
        _words(reads, work, jo, found)
    archive_activity(work, thea, found, again=True)
    say_words(work, noa, SayWords(found, "Mine"))
    archive_activity(work, thea, found)
    assert _names(reads, thea, cast.a.participant.id) == []
    assert _own_names(reads, noa) == ["Painting two stones"], "what they wrote stays theirs"


def test_it_belongs_to_a_session_of_that_person_and_has_its_day(
    cast: Cast, make: Make, work: Work, reads: Session
) -> None:  # fmt: skip
    thea, jo, noa = (make.actor(one) for one in (cast.accounts.therapist, cast.accounts.coach, cast.accounts.noa))
    talk(make, thea, cast.a.participant, -6)
    occasion = make.one(select(Occasion.public_id).join(OneToOne, OneToOne.id == Occasion.id))
    command = WriteActivity(cast.a.participant.public_id, told(make, occasion=occasion), key())
    found = write_activity(work, thea, command)
    page = activity_page(reads, noa, work.cipher, work.clock(), found)
    assert page.part_of is not None
    assert (page.day, page.part_of.session is not None) == (make.day(-6), True)
    seen = activity_page(reads, jo, work.cipher, work.clock(), found).part_of
    assert seen is not None
    assert seen.session is None, "a colleague's session is not hers to open"
    shift = make.one(select(Occasion.public_id).where(Occasion.kind == OccasionKind.SHIFT).limit(1))
    for wrong, by in ((occasion, jo), (shift, thea)):
        with pytest.raises(NotFound):
            write_activity(work, by, WriteActivity(cast.a.participant.public_id, told(make, occasion=wrong), key()))
    with pytest.raises(NotFound):
        write_activity(work, thea, WriteActivity(cast.kim.public_id, told(make, occasion=occasion), key()))


def test_words_not_written_and_not_shared_look_alike(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, jo, noa = (make.actor(one) for one in (cast.accounts.therapist, cast.accounts.coach, cast.accounts.noa))
    person, found = cast.a.participant, made(make, thea, cast.a.participant)
    before = activity_page(reads, thea, work.cipher, work.clock(), found), activities_of(reads, thea, person.id)
    with pytest.raises(Refused):
        share_activity(work, noa, ShareWords(found, cast.accounts.therapist.public_id))
    say_words(work, noa, SayWords(found, "Quiet hands"))
    reflect(work, noa, Reflect(5, "A pond", True, key(), found))
    after = activity_page(reads, thea, work.cipher, work.clock(), found), activities_of(reads, thea, person.id)
    assert before == after, "nothing tells that there are words, not even the version"
    share = share_activity(work, noa, ShareWords(found, cast.accounts.therapist.public_id))
    assert (_words(reads, work, thea, found), _words(reads, work, jo, found)) == ("Quiet hands", "")
    assert share_activity(work, noa, ShareWords(found, cast.accounts.therapist.public_id)) == share
    stop_sharing(work, noa, share)
    assert _words(reads, work, thea, found) == ""
    share_activity(work, noa, ShareWords(found, cast.accounts.therapist.public_id))
    remove_words(work, noa, found)
    remove_words(work, noa, found)
    say_words(work, noa, SayWords(found, "Later"))
    assert _words(reads, work, thea, found) == "", "words written anew are shared anew, or not"
    for other in (cast.accounts.kim, cast.accounts.coordinator, cast.accounts.ben):
        with pytest.raises(NotFound):
            share_activity(work, noa, ShareWords("AAAAAAAAAAAAAAAA", other.public_id))
        with pytest.raises(Refused):
            share_activity(work, noa, ShareWords(found, other.public_id))


@pytest.mark.parametrize("who", ["admin", "coordinator", "kim", "outsider_therapist", "supervisor"])
def test_others_get_nothing(cast: Cast, make: Make, work: Work, reads: Session, who: str) -> None:
    rows = activity_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist)
    actor = make.actor(getattr(cast.accounts, who))
    with pytest.raises(NotFound):
        activity_page(reads, actor, work.cipher, work.clock(), rows["activity"])
    assert activities_of(reads, actor, cast.a.participant.id).rows == []
    assert shared_reflections(reads, actor, work.cipher, cast.a.participant.id).rows == []
    for act in (
        lambda: say_words(work, actor, SayWords(rows["activity"], "Not mine")),
        lambda: archive_activity(work, actor, rows["activity"]),
        lambda: remove_reflection(work, actor, rows["reflection"]),
        lambda: stop_sharing(work, actor, rows["activity_share"]),
    ):
        with pytest.raises((NotFound, Forbidden)):
            act()


def test_pictures_are_kept_with_a_yes_alone_and_gone_with_it(
    cast: Cast, make: Make, work: Work, reads: Session
) -> None:  # fmt: skip
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    with pytest.raises(Refused) as refused:
        reflect(work, noa, Reflect(3, "A pond", False, key()))
    assert refused.value.field == "keep"
    assert (make.one(select(func.count(Reflection.id))), keeps_words(reads, noa)) == (0, False)
    with pytest.raises(NotFound):
        reflect(work, noa, Reflect(10_000, "No such picture", True, key()))
    first = reflect(work, noa, Reflect(3, "A pond", True, key()))
    second = reflect(work, noa, Reflect(4, "A way", False, key()))
    share_reflection(work, noa, ShareWords(second, cast.accounts.therapist.public_id))
    assert keeps_words(reads, noa)
    assert [one.words.text for one in shared_reflections(reads, thea, work.cipher, cast.a.participant.id).rows] == [
        "A way"
    ]
    remove_reflection(work, noa, first)
    assert [one.words.text for one in own_reflections(reads, noa, work.cipher).rows] == ["A way"]
    stop_keeping(work, noa)
    stop_keeping(work, noa)
    assert make.one(select(func.count(Reflection.id))) == 0
    assert make.one(select(func.count(Share.id))) == 0
    assert shared_reflections(reads, thea, work.cipher, cast.a.participant.id).rows == []
    assert not keeps_words(reads, noa)
    (consent,) = make.all(select(Consent).where(Consent.purpose == ConsentPurpose.REFLECTIONS))
    assert consent.withdrawn_at is not None, "that it was given and taken back stays on record"
    with pytest.raises(Refused):
        reflect(work, noa, Reflect(3, "A pond", False, key()))


def test_nothing_is_read_after_the_assignment(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    rows = activity_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist)
    make.do(lambda session: session.execute(
        update(Assignment).where(Assignment.account_id == cast.accounts.therapist.id).values(last_day=make.day(-1))
    ))  # fmt: skip
    thea = make.actor(cast.accounts.therapist)
    with pytest.raises(NotFound):
        activity_page(reads, thea, work.cipher, work.clock(), rows["activity"])
    assert shared_reflections(reads, thea, work.cipher, cast.a.participant.id).rows == []


def test_the_raw_rows_hold_none_of_the_words_also_of_those_taken_back(
    cast: Cast, make: Make, work: Work, reads: Session
) -> None:  # fmt: skip
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    one, two = made(make, thea, cast.a.participant), made(make, thea, cast.a.participant)
    say_words(work, noa, SayWords(one, "Xylophone kept"))
    say_words(work, noa, SayWords(two, "Xylophone gone"))
    said = reflect(work, noa, Reflect(3, "Xylophone picture", True, key()))
    remove_words(work, noa, two)
    assert b"ylophone" not in _dump(make)
    make.do(lambda session: _swap(session, one, two, said))
    page = activity_page(reads, noa, work.cipher, work.clock(), two)
    assert page.words.broken, "a seal moved to another row does not open there"
    assert own_reflections(reads, noa, work.cipher).rows[0].words.broken


def _words(reads: Session, work: Work, actor: Actor, activity: str) -> str:
    return activity_page(reads, actor, work.cipher, work.clock(), activity).words.text


def _names(reads: Session, actor: Actor, person: int) -> list[str]:
    return [row.name for row in activities_of(reads, actor, person).rows]


def _own_names(reads: Session, actor: Actor) -> list[str]:
    return [row.name for row in own_activities(reads, actor).rows]


def _swap(session: Session, one: str, two: str, said: str) -> None:
    rows = {row.public_id: row for row in session.scalars(select(Activity))}
    rows[two].words_sealed = rows[one].words_sealed
    session.execute(update(Reflection).where(Reflection.public_id == said).values(words_sealed=rows[one].words_sealed))


def _dump(make: Make) -> bytes:
    """Every value of every row of every table, and the database's files, where there are some."""

    def read(session: Session) -> bytes:
        found = []
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                found += [bytes(part) if isinstance(part, bytes | memoryview) else str(part).encode() for part in row]
        bind = session.get_bind()
        if bind.dialect.name == "sqlite":
            path = Path(str(bind.engine.url.database))
            found += [file.read_bytes() for file in sorted(path.parent.glob(path.name + "*"))]
        return b"".join(found)

    return make.do(read)
