"""The daily log: closed until there is help, sealed, one's own, shared to one reader and taken back at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placement.domain.diary import BACK, LONGEST_TEXT, DayBody, EntryKind, ExpectedBody, ThoughtBody
from placement.domain.errors import Forbidden, KeyReused, NotFound, Refused, Stale
from placement.domain.shares import ShareKind
from placement.extensions import Base
from placement.models.accounts.account import Assignment
from placement.models.diary.entry import DiaryEntry
from placement.models.rights.share import Share
from placement.models.shifts.occasion import Occasion
from placement.models.system.log import Audit
from placement.policy.actor import Actor
from placement.queries.diary.course import Felt, own_course, shared_course
from placement.queries.diary.entries import own_entry, own_month, own_shifts
from placement.queries.diary.shared import SharedPage, shared_page
from placement.queries.diary.shares import own_shares
from placement.usecases.diary.shares import ShareEntry, ShareKindOf, share_entry, share_kind, withdraw_share
from placement.usecases.diary.tap import Tap, tap
from placement.usecases.diary.write import ChangeEntry, WriteEntry, change_entry, delete_entry, write_entry
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.diary.logs import key, open_log, write


@pytest.fixture
def noa(cast: Cast, make: Make) -> Actor:
    open_log(make, cast.a.program.id)
    return make.actor(cast.accounts.noa)


def _shared(cast: Cast, make: Make, reads: Session, reader: object = None) -> SharedPage:
    actor = make.actor(reader or cast.accounts.therapist)  # type: ignore[arg-type]
    return shared_page(reads, actor, make.work.cipher, make.work.clock(), cast.a.participant.public_id)


def _texts(page: SharedPage) -> list[str]:
    return [getattr(one.entry.body, "text", getattr(one.entry.body, "situation", "")) for one in page.page.rows]


def test_the_log_is_closed_until_there_is_somebody_to_call(cast: Cast, make: Make, work: Work) -> None:
    noa = make.actor(cast.accounts.noa)
    with pytest.raises(Refused):
        write(make, noa, DayBody(text="Anything"))
    with pytest.raises(Refused):
        tap(work, noa, Tap(mood=3))
    open_log(make, cast.b.program.id)
    with pytest.raises(Refused):
        tap(work, noa, Tap(mood=3))
    open_log(make, cast.a.program.id)
    tap(work, noa, Tap(mood=3))
    assert make.one(select(func.count()).select_from(DiaryEntry)) == 1


def test_only_participants_write(cast: Cast, make: Make, work: Work, noa: Actor) -> None:
    for account in (cast.accounts.therapist, cast.accounts.coordinator, cast.accounts.admin):
        with pytest.raises(Forbidden):
            tap(work, make.actor(account), Tap(mood=3))


def test_two_taps_are_one_entry_and_the_later_counts(make: Make, work: Work, reads: Session, noa: Actor) -> None:
    first = tap(work, noa, Tap(mood=2))
    assert tap(work, noa, Tap(energy=4)) == first
    assert tap(work, noa, Tap(mood=5)) == first
    assert own_entry(reads, noa, work.cipher, first).body == DayBody(5, 4)
    for wrong in (Tap(), Tap(mood=6), Tap(energy=0)):
        with pytest.raises(Refused):
            tap(work, noa, wrong)


def test_a_double_tap_on_save_is_one_entry(make: Make, work: Work, noa: Actor) -> None:
    command = WriteEntry(ThoughtBody("The bus"), make.day(0), key())
    assert write_entry(work, noa, command) == write_entry(work, noa, command)
    assert make.one(select(func.count()).select_from(DiaryEntry)) == 1
    with pytest.raises(KeyReused):
        write_entry(work, noa, WriteEntry(ThoughtBody("The tram"), make.day(0), command.key))


def test_what_is_refused(make: Make, work: Work, noa: Actor) -> None:
    write(make, noa, DayBody(text="Once"))
    refused = (
        (DayBody(text="Twice on one day"), 0, "day"),
        (DayBody(text="Tomorrow"), 1, "day"),
        (DayBody(text="Long ago"), -BACK.days - 1, "day"),
        (DayBody(), -1, "mood"),
        (DayBody(mood=9), -1, "mood"),
        (DayBody(text="x" * (LONGEST_TEXT + 1)), -1, "text"),
        (ThoughtBody(), 0, "situation"),
        (ThoughtBody("x", strength=101), 0, "strength"),
        (ExpectedBody("A storm"), 0, "shift"),
    )
    for body, days, field in refused:
        with pytest.raises(Refused) as error:
            write(make, noa, body, days)
        assert error.value.field == field


def test_expected_and_how_it_was_belong_to_one_shift(
    cast: Cast, make: Make, work: Work, reads: Session, noa: Actor
) -> None:
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.rated.id))
    assert shift in {one.public_id for one in own_shifts(reads, noa, work.clock())}
    made = write(make, noa, ExpectedBody("Everybody stares"), shift=shift)
    assert shift not in {one.public_id for one in own_shifts(reads, noa, work.clock())}
    change_entry(work, noa, ChangeEntry(made, 1, ExpectedBody("Everybody stares", "Two said hello")))
    entry = own_entry(reads, noa, work.cipher, made)
    assert (entry.body, entry.employer) == (ExpectedBody("Everybody stares", "Two said hello"), "Corner Grocery")
    with pytest.raises(Refused):
        write(make, noa, ExpectedBody("Again"), shift=shift)
    foreign = make.one(select(Occasion.public_id).where(Occasion.id == cast.b.rated.id))
    with pytest.raises(Refused):
        write(make, noa, ExpectedBody("Not mine"), shift=foreign)


def test_two_windows_do_not_lose_each_others_words(make: Make, work: Work, noa: Actor) -> None:
    made = write(make, noa, DayBody(text="First"))
    change_entry(work, noa, ChangeEntry(made, 1, DayBody(text="Second")))
    with pytest.raises(Stale) as stale:
        change_entry(work, noa, ChangeEntry(made, 1, DayBody(text="Third")))
    assert stale.value.current["text"] == "Second"
    with pytest.raises(Refused):
        change_entry(work, noa, ChangeEntry(made, 2, ThoughtBody("Another kind")))


def test_the_raw_rows_hold_none_of_the_words(cast: Cast, make: Make, work: Work, reads: Session, noa: Actor) -> None:
    made = write(make, noa, DayBody(3, 2, "Xylophone day"))
    parts = [f"Xylophone {part}" for part in ("bus", "fear", "thought", "for", "against", "balanced", "after")]
    write(make, noa, ThoughtBody(parts[0], parts[1], 70, *parts[2:6], feeling_after=parts[6]))
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.rated.id))
    write(make, noa, ExpectedBody("Xylophone expected", "Xylophone was"), shift=shift)
    change_entry(work, noa, ChangeEntry(made, 1, DayBody(3, 2, "Xylophone changed")))
    delete_entry(work, noa, write(make, noa, DayBody(text="Xylophone deleted"), -3))
    dump = make.do(_dump)
    assert b"Corner Grocery" in dump
    assert b"ylophone" not in dump
    assert own_entry(reads, noa, work.cipher, made).body == DayBody(3, 2, "Xylophone changed")


def test_swapped_seals_are_told_calmly(cast: Cast, make: Make, work: Work, reads: Session, noa: Actor) -> None:
    one, two = (write(make, noa, DayBody(4, text=f"Text {days}"), days) for days in (-2, -1))
    share_kind(work, noa, ShareKindOf(ShareKind.DAYS, cast.accounts.therapist.public_id, so_far=True))

    def swap(session: Session) -> None:
        first, second = session.scalars(select(DiaryEntry).order_by(DiaryEntry.id))
        first.body_sealed, second.body_sealed = second.body_sealed, first.body_sealed

    make.do(swap)
    assert [own_entry(reads, noa, work.cipher, made).body for made in (one, two)] == [None, None]
    assert own_course(reads, noa, work.cipher, make.today) == ()
    assert [row.entry.body for row in _shared(cast, make, reads).page.rows] == [None, None]


def test_one_entry_is_shared_with_one_reader_until_it_is_taken_back(
    cast: Cast, make: Make, work: Work, reads: Session, noa: Actor
) -> None:
    made = write(make, noa, DayBody(text="Shared"))
    write(make, noa, DayBody(text="Kept"), -1)
    share = share_entry(work, noa, ShareEntry(made, cast.accounts.therapist.public_id, make.day(3)))
    (row,) = _shared(cast, make, reads).page.rows
    assert (_texts(_shared(cast, make, reads)), row.read_by) == (["Shared"], make.day(3))
    assert _texts(_shared(cast, make, reads, cast.accounts.coach)) == []
    withdraw_share(work, noa, share)
    assert _texts(_shared(cast, make, reads)) == []
    withdraw_share(work, noa, share)
    assert make.one(select(func.count()).where(Audit.action == "share.withdraw")) == 1
    assert own_shares(reads, noa, make.today).rows == []


def test_a_kind_is_shared_from_a_day_on_or_with_everything(
    cast: Cast, make: Make, work: Work, reads: Session, noa: Actor
) -> None:
    thea, jo = cast.accounts.therapist.public_id, cast.accounts.coach.public_id
    write(make, noa, DayBody(2, 4, "Before"), -1)
    write(make, noa, ThoughtBody("A thought"))
    share_kind(work, noa, ShareKindOf(ShareKind.DAYS, thea))
    share_kind(work, noa, ShareKindOf(ShareKind.THOUGHTS, jo, so_far=True))
    assert _texts(_shared(cast, make, reads)) == []
    write(make, noa, DayBody(text="After"))
    assert _texts(_shared(cast, make, reads)) == ["After"]
    assert _texts(_shared(cast, make, reads, cast.accounts.coach)) == ["A thought"]
    share_kind(work, noa, ShareKindOf(ShareKind.DAYS, thea, so_far=True))
    assert _texts(_shared(cast, make, reads)) == ["After", "Before"]
    assert len(own_shares(reads, noa, make.today).rows) == 2


def test_the_picture_is_shared_without_a_word(cast: Cast, make: Make, work: Work, reads: Session, noa: Actor) -> None:
    write(make, noa, DayBody(2, 4, "Private words"), -1)
    write(make, noa, DayBody(text="No taps"), -2)
    share_kind(work, noa, ShareKindOf(ShareKind.MOOD_CHART, cast.accounts.therapist.public_id, so_far=True))
    page = _shared(cast, make, reads)
    assert page.course == (Felt(make.day(-1), 2, 4),)
    assert page.page.rows == []
    jo = make.actor(cast.accounts.coach)
    assert shared_course(reads, jo, work.cipher, make.today, cast.a.participant.id) == ()


def test_not_shared_and_not_written_look_alike(cast: Cast, make: Make, work: Work, reads: Session, noa: Actor) -> None:
    nothing = _shared(cast, make, reads)
    share_kind(work, noa, ShareKindOf(ShareKind.DAYS, cast.accounts.therapist.public_id))
    write(make, noa, ThoughtBody("Kept"))
    assert _shared(cast, make, reads) == nothing


def test_only_those_who_look_after_them_can_be_chosen_and_only_as_long(
    cast: Cast, make: Make, work: Work, reads: Session, noa: Actor
) -> None:
    made = write(make, noa, DayBody(text="Shared"))
    accounts = cast.accounts
    others = (accounts.coordinator, accounts.supervisor, accounts.admin, accounts.outsider_therapist, accounts.kim)
    for account in others:
        with pytest.raises(Refused) as refused:
            share_entry(work, noa, ShareEntry(made, account.public_id))
        assert refused.value.field == "reader"
    with pytest.raises(Refused) as refused:
        share_entry(work, noa, ShareEntry(made, accounts.therapist.public_id, make.day(-1)))
    assert refused.value.field == "read_by"
    share_entry(work, noa, ShareEntry(made, accounts.therapist.public_id))
    assert _texts(_shared(cast, make, reads)) == ["Shared"]
    whose = (Assignment.account_id == accounts.therapist.id, Assignment.participant_id == cast.a.participant.id)
    make.do(lambda session: session.execute(update(Assignment).where(*whose).values(last_day=make.day(-1))))
    with pytest.raises(NotFound):
        _shared(cast, make, reads)
    with pytest.raises(Forbidden):
        _shared(cast, make, reads, accounts.coordinator)


def test_strangers_find_nothing(cast: Cast, make: Make, work: Work, reads: Session, noa: Actor) -> None:
    made = write(make, noa, DayBody(text="Mine"))
    share = share_entry(work, noa, ShareEntry(made, cast.accounts.therapist.public_id))
    for account in (cast.accounts.kim, cast.accounts.ben, cast.accounts.therapist, cast.accounts.admin):
        actor = make.actor(account)
        with pytest.raises(NotFound):
            own_entry(reads, actor, work.cipher, made)
        with pytest.raises(NotFound):
            change_entry(work, actor, ChangeEntry(made, 1, DayBody(text="Theirs")))
        with pytest.raises(NotFound):
            delete_entry(work, actor, made)
        with pytest.raises(NotFound):
            withdraw_share(work, actor, share)
        with pytest.raises(NotFound):
            share_entry(work, actor, ShareEntry(made, cast.accounts.coach.public_id))


def test_deleting_takes_the_shares_along(cast: Cast, make: Make, work: Work, reads: Session, noa: Actor) -> None:
    made = write(make, noa, DayBody(text="Shared"))
    share_entry(work, noa, ShareEntry(made, cast.accounts.therapist.public_id))
    delete_entry(work, noa, made)
    assert make.one(select(func.count()).select_from(Share)) == 0
    assert _texts(_shared(cast, make, reads)) == []


def test_a_month_knows_its_neighbors_and_pages(make: Make, work: Work, reads: Session, noa: Actor) -> None:
    for nth in range(22):
        write(make, noa, ThoughtBody(f"Thought {nth}"))
    write(make, noa, DayBody(text="Earlier"), -40)
    month = own_month(reads, noa, work.cipher, make.today)
    assert (len(month.page.rows), month.earlier, month.later) == (20, make.day(-40), None)
    rest = own_month(reads, noa, work.cipher, make.today, month.page.next)
    assert len(rest.page.rows) == 2
    earlier = own_month(reads, noa, work.cipher, make.today - timedelta(days=40))
    assert [row.kind for row in earlier.page.rows] == [EntryKind.DAY]
    assert earlier.later == make.today


def _dump(session: Session) -> bytes:
    """Every value of every row of every table, as bytes; the database's files too, where there are some."""
    found = []
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            found += [bytes(part) if isinstance(part, bytes | memoryview) else str(part).encode() for part in row]
    bind = session.get_bind()
    if bind.dialect.name == "sqlite":
        path = Path(str(bind.engine.url.database))
        found += [file.read_bytes() for file in sorted(path.parent.glob(path.name + "*"))]
    return b"".join(found)
