"""The pages of the log: closed, two taps, a thought record, kept answers, sharing, what a reader sees."""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy import select, update

from placement.domain.diary import DayBody, ThoughtBody
from placement.domain.shares import ShareKind
from placement.models.accounts.account import Assignment
from placement.models.diary.entry import DiaryEntry
from placement.models.notices.notice import Notice
from placement.models.shifts.occasion import Occasion
from placement.models.system.log import AccessLog
from placement.usecases.diary.shares import ShareKindOf, share_kind
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.diary.logs import diary_rows, open_log, write


def test_closed_until_there_is_somebody_to_call(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    for path in ("/diary", "/diary/taps", "/diary/new/day", "/diary/new/thought", "/diary/new/expected"):
        page = visitor.get(path)
        assert page.h1 == "Your log is not open yet"
        assert "/help-now" in page.text
    open_log(make, cast.a.program.id)
    assert visitor.get("/diary").h1 == "My log, for me alone"


def test_the_own_day_offers_the_log_without_opening_it(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    assert "It is not open yet" in visitor.get("/day").content
    open_log(make, cast.a.program.id)
    day = visitor.get("/day")
    assert "Two taps: how are you?" in day.content
    ahead = make.shift(cast.a.placement, make.day(1), time(9), time(12))
    shift = make.one(select(Occasion.public_id).where(Occasion.id == ahead.id))
    # Today's shift goes on: nothing is asked of it. Tomorrow's is not there before this one is over.
    assert "What I expect of my shift" not in visitor.get("/day").content
    make.clock.advance(hours=9)
    page = visitor.get("/day")
    (before,) = (one.get("href") for one in page.find("a") if "/diary/new/expected" in one.get("href", ""))
    done = visitor.submit(before, 303, expected="Nobody talks to me")
    assert "Nobody talks to me" not in visitor.get("/day").content
    assert "What I expect of my shift" not in visitor.get("/day").content
    write(make, make.actor(cast.accounts.noa), DayBody(4))
    day = visitor.get("/day")
    assert "Today is in it" in day.content
    assert "rather well" not in day.content
    # The shift is over: how was it? Once said, it is not asked again.
    make.clock.now = make.one(select(Occasion.ends_at).where(Occasion.public_id == shift)) + timedelta(hours=1)
    visitor = client_for(cast.accounts.noa)
    assert "How was it?" in visitor.get("/day").content
    visitor.submit(f"{done.location}/edit", 303, was="Two did")
    assert "How was it?" not in visitor.get("/day").content


def test_two_taps(client_for: ClientFor, cast: Cast, make: Make) -> None:
    open_log(make, cast.a.program.id)
    visitor = client_for(cast.accounts.noa)
    assert "/diary/taps" in visitor.get("/day").text
    page = visitor.get("/diary/taps")
    assert "Nobody reads this as you write." in page.content
    page = visitor.follow(visitor.submit(page.main_forms[1], 303))
    assert page.h1.startswith("How much energy")
    page = visitor.follow(visitor.submit(page.main_forms[3], 303))
    assert "Mood: rather well." in page.content
    assert "Energy: rather tired." in page.content
    assert visitor.get("/diary/taps").content.count("so far") == 1
    assert "rather well" in visitor.get("/diary/chart").content
    visitor.post("/diary/tap", {"mood": "9"}, 303)
    assert "Mood: rather well." in page.content


def test_a_thought_record_step_by_step(client_for: ClientFor, cast: Cast, make: Make) -> None:
    open_log(make, cast.a.program.id)
    visitor = client_for(cast.accounts.noa)
    page = visitor.submit("/diary/new/thought", 422, situation="The queue", strength="120")
    assert page.errors
    assert "The queue" in page.text
    done = visitor.submit("/diary/new/thought", 303, situation="The queue", feeling="afraid", strength="70")
    page = visitor.follow(done)
    assert "afraid, 70%" in page.content
    assert "Only you." in page.content
    page = visitor.submit(f"{done.location}/edit", 303, balanced="Most look at their phones")
    assert "Most look at their phones" in visitor.follow(page).content
    assert visitor.submit("/diary/new/thought", 422).errors, "nothing was written at all"
    page = visitor.submit("/diary/new/day", 422, day="2027-03-01", text="Tomorrow’s words")
    assert "Tomorrow’s words" in page.text


def test_two_windows_see_both(client_for: ClientFor, cast: Cast, make: Make) -> None:
    open_log(make, cast.a.program.id)
    made = write(make, make.actor(cast.accounts.noa), DayBody(4, None, "First"))
    visitor = client_for(cast.accounts.noa)
    form = visitor.get(f"/diary/{made}/edit").main_forms[0]
    visitor.submit(form, 303, text="Second")
    page = visitor.submit(form, 409, text="Third")
    assert "Second" in page.content
    assert "Third" in page.content


def test_a_shift_expected_and_felt(client_for: ClientFor, cast: Cast, make: Make) -> None:
    open_log(make, cast.a.program.id)
    visitor = client_for(cast.accounts.noa)
    shift = visitor.get("/diary/new/expected").find("input", name="shift")[0]
    done = visitor.submit("/diary/new/expected", 303, shift=shift.get("value"), expected="Everybody stares")
    assert "Corner Grocery" in visitor.follow(done).content
    page = visitor.follow(visitor.submit(f"{done.location}/edit", 303, was="Two said hello"))
    assert "Two said hello" in page.content


def test_what_a_reader_sees_and_no_longer_sees(client_for: ClientFor, cast: Cast, make: Make) -> None:
    rows = diary_rows(make, cast.a.program.id, cast.accounts.noa, cast.accounts.therapist)
    path = f"/participants/{cast.a.participant.public_id}/diary"
    noa, thea, jo = (client_for(one) for one in (cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach))
    assert "opened since" not in noa.get("/diary/shares").content
    assert path in thea.get("/day").text
    assert path not in jo.get("/day").text
    page = thea.get(path)
    assert "They all look at me" in page.content
    assert "Quiet morning" not in page.content
    assert "Nothing here for you" in jo.get(path).content
    seen = select(AccessLog.page).where(AccessLog.account_id == cast.accounts.therapist.id)
    assert "diary.shared" in make.all(seen)
    assert path not in thea.get("/day").text, "read"
    shares = noa.get("/diary/shares")
    assert "opened since" in shares.content
    back = next(form for form in shares.main_forms if form.action.endswith("/withdraw"))
    noa.submit(back, 303)
    assert "Nothing here for you" in thea.get(path).content
    assert noa.get("/diary/shares").h1 == "You share nothing of your own words"
    assert rows["share"] in back.action


def test_sharing_one_entry_and_a_kind(client_for: ClientFor, cast: Cast, make: Make) -> None:
    rows = diary_rows(make, cast.a.program.id, cast.accounts.noa, cast.accounts.therapist)
    noa, jo = client_for(cast.accounts.noa), client_for(cast.accounts.coach)
    coach, person = cast.accounts.coach.public_id, cast.a.participant.public_id
    share = f"/diary/{rows['diary_entry']}/share"
    assert "Please check this" in noa.submit(share, 422, reader=cast.accounts.coordinator.public_id).content
    assert cast.accounts.coach.name in noa.follow(noa.submit(share, 303, reader=coach)).content
    assert "Quiet morning" in jo.get(f"/participants/{person}/diary").content
    kinds = noa.get("/diary/shares").main_forms[-1]
    noa.submit(kinds, 303, kind="thoughts", reader=coach, since="all")
    assert "They all look at me" in jo.get(f"/participants/{person}/diary").content
    assert "Please check this" in noa.submit(kinds, 422, kind="entry", reader=coach).content


def test_nobody_writes_for_a_reader_unknowingly(client_for: ClientFor, cast: Cast, make: Make) -> None:
    open_log(make, cast.a.program.id)
    noa, thea = client_for(cast.accounts.noa), cast.accounts.therapist
    for path in ("/diary/taps", "/diary/new/day", "/diary/new/thought", "/diary"):
        assert thea.name not in noa.get(path).content
    assert "Save, for me alone" in noa.get("/diary/new/day").content
    own = make.actor(cast.accounts.noa)
    share_kind(make.work, own, ShareKindOf(ShareKind.MOOD_CHART, thea.public_id))
    assert f"{thea.name} will see this in it" in noa.get("/diary/taps").content
    share_kind(make.work, own, ShareKindOf(ShareKind.DAYS, thea.public_id))
    for path in ("/diary/taps", "/diary/new/day"):
        assert f"{thea.name} can read it as soon as you save" in noa.get(path).content
    assert "Save, for me alone" not in noa.get("/diary/new/day").content
    assert thea.name not in noa.get("/diary/new/thought").content
    assert thea.name in noa.get("/diary").h1
    page = noa.follow(noa.post("/diary/tap", {"energy": "3"}, 303))
    assert thea.name in page.content
    assert "Only you" not in page.content
    # Who does not look after them any more reads nothing, and it says so.
    whose = (Assignment.account_id == thea.id, Assignment.participant_id == cast.a.participant.id)
    make.do(lambda session: session.execute(update(Assignment).where(*whose).values(last_day=make.day(-1))))
    assert "does not look after you at the moment" in noa.get("/diary/shares").content
    assert "Save, for me alone" in noa.get("/diary/new/day").content
    assert noa.get("/diary").h1 == "My log, for me alone"


def test_the_picture_alone(client_for: ClientFor, cast: Cast, make: Make) -> None:
    open_log(make, cast.a.program.id)
    own = make.actor(cast.accounts.noa)
    for days, mood in ((-9, 2), (-2, 4), (-1, 3)):
        write(make, own, DayBody(mood, 3, "Private words"), days)
    share_kind(make.work, own, ShareKindOf(ShareKind.MOOD_CHART, cast.accounts.therapist.public_id, so_far=True))
    page = client_for(cast.accounts.therapist).get(f"/participants/{cast.a.participant.public_id}/diary")
    assert "Between rather low and rather well" in page.content
    assert "Private words" not in page.text


def test_a_broken_seal_is_told_and_can_be_deleted(client_for: ClientFor, cast: Cast, make: Make) -> None:
    rows = diary_rows(make, cast.a.program.id, cast.accounts.noa, cast.accounts.therapist)
    make.do(lambda session: session.execute(update(DiaryEntry).values(body_sealed=b"\x01" + b"x" * 60)))
    noa, made = client_for(cast.accounts.noa), rows["diary_entry"]
    for path in (f"/diary/{made}", f"/diary/{made}/edit", "/diary"):
        assert "can’t be read" in noa.get(path).content
    noa.get("/diary/chart")
    noa.post("/diary/tap", {"mood": "3"}, 303)
    reader = client_for(cast.accounts.therapist).get(f"/participants/{cast.a.participant.public_id}/diary")
    assert "can’t be read" in reader.content
    noa.submit(f"/diary/{made}/delete", 303)
    noa.get(f"/diary/{made}", 404)


def test_a_concern_is_written_owned_and_closed(client_for: ClientFor, cast: Cast, make: Make) -> None:
    person, thea = cast.a.participant.public_id, cast.accounts.therapist
    jo = client_for(cast.accounts.coach)
    new = f"/participants/{person}/concerns/new"
    assert jo.submit(new, 422, text="", owner=thea.public_id).errors
    done = jo.submit(new, 303, text="Hardly eats", owner=thea.public_id)
    assert "Hardly eats" in jo.follow(done).content
    made = make.one(select(Notice.public_id).where(Notice.text == "Hardly eats"))
    owner = client_for(thea)
    assert owner.submit(f"/notices/{made}", 422, outcome="").errors
    owner.submit(f"/notices/{made}", 303, outcome="We spoke")
    assert "We spoke" in jo.get("/concerns").content
    client_for(cast.accounts.coordinator).get(f"/notices/{made}", 404)
    assert "Hardly eats" not in client_for(cast.accounts.coordinator).get("/notices").content


def test_months_of_nonsense(client_for: ClientFor, cast: Cast, make: Make) -> None:
    open_log(make, cast.a.program.id)
    write(make, make.actor(cast.accounts.noa), ThoughtBody("Earlier"), -40)
    visitor = client_for(cast.accounts.noa)
    for month in ("", "2026-13", "0001-01", "9999-12", "x" * 50, "2026-10"):
        visitor.get(f"/diary?month={month}")
    assert "Earlier" in visitor.get("/diary?month=2026-10").content
