"""The page of a placement's weekly pattern: it shows what will change, then does exactly that."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.pattern import ShiftPattern
from placement.models.shifts.shift import Shift
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter

NO_TIMES = {f"week-{day}-0-{part}": "" for day in range(7) for part in ("from", "to")}
MONDAYS = NO_TIMES | {"week-0-0-from": "09:00", "week-0-0-to": "13:00"}


def count(make: Make, cast: Cast) -> int:
    standing = (Shift.placement_id == cast.a.placement.id, Shift.cancelled_at.is_(None))
    return int(make.one(select(func.count()).select_from(Shift).where(*standing)))


def test_it_is_shown_before_it_is_saved(client_for: ClientFor, cast: Cast, make: Make, statements: Counter) -> None:
    path = f"/placements/{cast.a.placement.public_id}/shifts/plan"
    visitor = client_for(cast.accounts.coordinator)
    first, last = make.day(7).isoformat(), make.day(13).isoformat()
    before = count(make, cast)
    with statements:
        visitor.get(path)
    assert statements.count <= 6
    form = visitor.get(path).main_forms[0]
    with statements:
        page = visitor.submit(form, 200, first=first, last=last, step="preview")
    assert statements.count <= 6
    assert "5 shifts are added" in page.content
    assert "What this changes for Noa" in page.h1
    assert count(make, cast) == before
    done = visitor.follow(visitor.submit(page.main_forms[0], 303, step="plan"))
    assert "5 shifts are planned" in done.words
    assert count(make, cast) == before + 5
    again = visitor.submit(path, 200, first=first, last=last, step="preview")
    assert "No shift changes" in again.content
    assert "5 shifts are already planned like this" in again.content


def test_a_change_names_what_comes_and_goes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/placements/{cast.a.placement.public_id}/shifts/plan"
    visitor = client_for(cast.accounts.coordinator)
    first, last = make.day(7).isoformat(), make.day(27).isoformat()
    visitor.submit(visitor.submit(path, 200, first=first, last=last, step="preview").main_forms[0], 303, step="plan")
    page = visitor.get(path)
    assert "How it is now" in page.content
    shown = visitor.submit(path, 200, first=make.day(14).isoformat(), last=last, step="preview", **MONDAYS)
    assert "8 shifts are cancelled" in shown.content
    assert "2 shifts are already planned like this" in shown.content
    christmas = visitor.submit(path, 200, first=make.day(14).isoformat(), last="", step="preview", holidays="off")
    assert "No shift on public holidays" in christmas.content
    assert "Christmas Day" in christmas.content


def test_what_changed_meanwhile_is_shown_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/placements/{cast.a.placement.public_id}/shifts/plan"
    visitor = client_for(cast.accounts.coordinator)
    first, last = make.day(7).isoformat(), make.day(13).isoformat()
    shown = visitor.submit(path, 200, first=first, last=last, step="preview")
    other = visitor.submit(path, 200, first=first, last=last, step="preview", **MONDAYS)
    visitor.submit(other.main_forms[0], 303, step="plan")
    before = count(make, cast)
    late = visitor.submit(shown.main_forms[0], 409, step="plan")
    assert "meanwhile" in late.content
    assert "4 shifts are added" in late.content
    assert count(make, cast) == before
    visitor.submit(late.main_forms[0], 303, step="plan")
    assert count(make, cast) == before + 4
    assert make.one(select(func.count()).where(ShiftPattern.archived_at.is_(None))) == 1


def test_what_is_wrong_is_said_at_its_field(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/placements/{cast.a.placement.public_id}/shifts/plan"
    visitor = client_for(cast.accounts.coordinator)
    first, last = make.day(7).isoformat(), make.day(13).isoformat()
    assert visitor.submit(path, 422, first=last, last=first, step="preview").errors
    assert visitor.submit(path, 422, first=date(2020, 1, 1).isoformat(), last=last, step="preview").errors
    assert "at least one time" in visitor.submit(path, 422, first=first, step="preview", **NO_TIMES).content
    odd = visitor.submit(path, 422, first=first, step="preview", **(MONDAYS | {"week-0-0-to": ""}))
    assert "when it ends" in odd.content


def test_a_move_in_the_week_can_be_taken_back(client_for: ClientFor, cast: Cast, make: Make) -> None:
    """What dragging sends: the same form as the button's page, back to the week, with a way to undo."""
    visitor = client_for(cast.accounts.coordinator)
    week = visitor.get(f"/shifts?span=week&day={make.day(3).isoformat()}")
    move = next(link for link in week.links if "/move" in link)
    values = {"version": 1, "day": make.day(5).isoformat(), "start": "09:00", "end": "13:00"}
    before = visitor.get(move).main_forms[0].fields
    done = visitor.follow(visitor.submit(move, 303, **values))
    assert "Shifts of the week" in done.h1
    assert "is moved to" in done.words
    undo = next(form for form in done.forms if "move" in (form.action or ""))
    back = visitor.follow(visitor.submit(undo, 303))
    assert "Shifts of the week" in back.h1
    again = visitor.get(move).main_forms[0].fields
    assert [again[name] for name in ("day", "start", "end")] == [before[name] for name in ("day", "start", "end")]
    visitor.submit(move, 409, **values)


def test_a_shop_reads_first_names_of_the_days_ahead(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.shift(cast.a.placement, make.day(6))
    make.shift(cast.a.placement, make.day(12))
    visitor = client_for(cast.accounts.supervisor)
    week = visitor.get("/shifts?span=week")
    assert "Noa" in week.content
    assert "Lind" not in week.content
    ahead = make.day(6)
    assert "Noa" in visitor.get(f"/shifts?span=day&day={ahead.isoformat()}").content
    assert not [link for link in visitor.get(f"/shifts?span=day&day={ahead.isoformat()}").links if "/shifts/" in link]
    assert "Noa" not in visitor.get(f"/shifts?span=day&day={make.day(12).isoformat()}").content


def test_the_week_by_site(client_for: ClientFor, cast: Cast, make: Make, statements: Counter) -> None:
    other = make.site(cast.a.employer, "Harbor", zone="America/New_York")
    make.shift(make.placement(cast.kim, make.opening(other)), make.day(1), zone="America/New_York")
    visitor = client_for(cast.accounts.coordinator)
    with statements:
        page = visitor.get("/shifts?span=week")
    assert statements.count <= 4
    assert {"Noa Lind", "Kim"} <= {name for name in ("Noa Lind", "Kim") if name in page.content}
    alone = visitor.get(f"/shifts?span=week&site={other.public_id}")
    assert "Noa Lind" not in alone.content
    assert "Kim" in alone.content
    assert "(America/New York)" in page.content
    # Where all times are of one zone, it stands once.
    assert alone.content.count("America/New York") == 1


def test_what_speaks_against_a_time_is_shown_before_it_is_planned(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    """Answers are kept, nothing is saved, and only who saw exactly this goes on."""
    make.do(lambda s: setattr(s.get_one(Participant, cast.a.participant.id), "weekly_hours_limit", 3.0))
    visitor = client_for(cast.accounts.coordinator)
    path, before = f"/placements/{cast.a.placement.public_id}/shifts/new", count(make, cast)
    values = {"day": make.day(9).isoformat(), "start": "09:00", "end": "13:00"}
    asked = visitor.submit(path, 200, **values)
    assert "at most 3 are agreed" in asked.content
    assert "Nothing is saved yet" in asked.content
    assert count(make, cast) == before
    form = asked.main_forms[0]
    assert {name: form.fields[name] for name in values} == {name: [value] for name, value in values.items()}
    other = visitor.submit(form, 200, end="14:00")
    assert "5 hours" in other.content
    assert count(make, cast) == before
    visitor.submit(other.main_forms[0], 303)
    assert count(make, cast) == before + 1


def test_being_in_two_places_is_refused_before_anything_else(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Participant, cast.a.participant.id), "weekly_hours_limit", 3.0))
    visitor = client_for(cast.accounts.coordinator)
    shift = make.shift(cast.a.placement, make.day(9))
    day = {"day": make.day(9).isoformat(), "start": "12:00", "end": "15:00"}
    refused = visitor.submit(f"/placements/{cast.a.placement.public_id}/shifts/new", 422, **day)
    assert refused.errors
    assert "another shift at that time" in refused.content
    key = make.one(select(Occasion.public_id).where(Occasion.id == shift.id))
    # A shift does not stand in its own way, and its own hours count once.
    move = visitor.submit(f"/shifts/{key}/move", 200, **day | {"end": "16:30"})
    assert "4.5 hours" in move.content


def test_a_warned_move_can_be_taken_back_in_one_click(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Participant, cast.a.participant.id), "weekly_hours_limit", 1.0))
    visitor = client_for(cast.accounts.coordinator)
    key = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.future.id))
    asked = visitor.submit(f"/shifts/{key}/move", 200, day=make.day(4).isoformat())
    done = visitor.follow(visitor.submit(asked.main_forms[0], 303))
    undo = next(form for form in done.forms if "move" in (form.action or ""))
    visitor.submit(undo, 303)
    assert make.one(select(Shift.day).where(Shift.id == cast.a.future.id)) == cast.a.future.day


def test_more_people_than_places_and_times_that_do_not_suit(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Participant, cast.a.participant.id), "availability", 1))
    others = make.placement(cast.kim, cast.a.opening)
    for _ in range(make.one(select(Opening.capacity).where(Opening.id == cast.a.opening.id))):
        make.shift(others, make.day(9))
    path = f"/placements/{cast.a.placement.public_id}/shifts/new"
    page = client_for(cast.accounts.coordinator).submit(
        path, 200, day=make.day(9).isoformat(), start="10:00", end="12:00"
    )  # fmt: skip
    assert "more people than places" in page.content
    assert "outside the times that suit" in page.content
