"""Pages of groups: staff plan and record, members read their own part, photos are served with care."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from placement.adapters.pictures import LARGEST
from placement.domain.shifts import Attendance
from placement.models.groups.group import Group, GroupPhoto, GroupSeat, GroupSession
from placement.models.shifts.occasion import Occasion
from placement.usecases.groups.record import RecordSession, record_session, set_seat
from placement.usecases.transaction import Work
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.groups import Made, jpeg, make_group
from tests.factories.make import Make


@pytest.fixture
def made(cast: Cast, make: Make) -> Made:
    return make_group(make, cast.accounts.coach, (cast.a.participant, cast.lee), tuple(cast.a.catalog.tasks[:2]))


def upload(visitor: Visitor, made: Made, content: bytes, name: str = "wall.jpg", status: int = 303) -> str:
    address = f"/groups/{made.group.public_id}/photos/new"
    (form,) = visitor.get(address).main_forms
    fields = {**form.fields, "caption": "The wall", "photo": (BytesIO(content), name)}
    answer = visitor.http.post(address, data=fields, content_type="multipart/form-data")
    assert answer.status_code == status, answer.status_code
    return answer.get_data(as_text=True)


def test_started_planned_and_found_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    assert visitor.submit("/groups/new", 422, name="").errors
    page = visitor.follow(visitor.submit("/groups/new", 303, name="Paint together", kind="activity"))
    assert page.h1 == "Paint together"
    group = make.one(select(Group).where(Group.name == "Paint together"))
    assert group.leader_account_id == cast.accounts.coordinator.id
    plan = f"/groups/{group.public_id}/sessions/new"
    day = make.day(2).isoformat()
    assert visitor.submit(plan, 422, day=day, start="10:00", end="9:00").errors
    done = visitor.follow(visitor.submit(plan, 303, day=day, start="10:00", end="11:30", weeks="3"))
    assert "3 sessions are planned." in done.words
    assert "Paint together" in visitor.get("/groups?q=paint").content
    assert "Paint together" not in visitor.get("/groups?kind=project").content
    visitor.post(f"/groups/{group.public_id}/archive")
    assert "Paint together" not in visitor.get("/groups").content
    assert "Paint together" in visitor.get("/groups?show=archived").content


def test_a_member_reads_their_own_part(client_for: ClientFor, made: Made, cast: Cast, make: Make, work: Work) -> None:
    jo = make.actor(cast.accounts.coach)
    record_session(work, jo, RecordSession(made.held.public_id, 1, "We primed the wall.", "Colors", "Good work."))
    set_seat(work, jo, made.held.public_id, made.members[0].public_id, Attendance.LATE)
    noa = client_for(cast.accounts.noa)
    assert "Renovate the club room" in noa.get("/me/groups").content
    group = noa.get(f"/groups/{made.group.public_id}")
    assert "We primed the wall." in group.content
    session = noa.get(f"/groups/sessions/{made.held.public_id}")
    for words in ("We primed the wall.", "Colors", "Good work.", "You came later."):
        assert words in session.content
    for page in (group, session):
        assert cast.lee.preferred_name not in page.content
    assert not session.main_forms


def test_who_looks_after_a_member_reads_of_no_other(client_for: ClientFor, made: Made, cast: Cast) -> None:
    thea = client_for(cast.accounts.therapist)
    for address in (f"/groups/{made.group.public_id}", f"/groups/sessions/{made.held.public_id}/attendance"):
        page = thea.get(address)
        assert cast.a.participant.preferred_name in page.content
        assert cast.lee.preferred_name not in page.content


def test_one_tap_without_script(client_for: ClientFor, made: Made, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coach)
    address = f"/groups/sessions/{made.held.public_id}/attendance"
    form = visitor.get(address).main_forms[0]
    page = visitor.follow(visitor.submit(form, 303, attendance="here"))
    seat = make.one(select(Occasion).join(GroupSeat, GroupSeat.id == Occasion.id))
    assert seat.attendance is Attendance.HERE
    assert len(page.find("button", class_="is-chosen")) == 1
    visitor.post(form.action, {"attendance": "nonsense"})
    assert make.one(select(Occasion).where(Occasion.id == seat.id)).attendance is Attendance.HERE


def test_how_much_help(client_for: ClientFor, made: Made, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coach)
    address = f"/groups/sessions/{made.held.public_id}/observe/{made.members[0].public_id}"
    page = visitor.get(address)
    task = cast.a.catalog.tasks[0]
    alone = page.find("input", name=f"task-{task.public_id}")[0].get("value")
    assert "Please answer for at least one task" in visitor.submit(address, 422).content
    done = visitor.follow(visitor.submit(address, 303, **{f"task-{task.public_id}": alone}))
    assert task.name["en"] in done.content
    progress = visitor.get(f"/participants/{cast.a.participant.public_id}/progress/{task.public_id}")
    assert "Group: Renovate the club room" in progress.content
    own = client_for(cast.accounts.noa)
    assert "Group: Renovate the club room" in own.get("/progress").words


def test_two_who_write_it_down_meet(client_for: ClientFor, made: Made, cast: Cast, make: Make) -> None:
    visitor, address = client_for(cast.accounts.coach), f"/groups/sessions/{made.held.public_id}/record"
    (form,) = visitor.get(address).main_forms
    client_for(cast.accounts.coordinator).submit(address, 303, done="Mine")
    page = visitor.submit(form, 409, done="Yours")
    assert "Mine" in page.content
    assert "Yours" in page.content
    assert make.one(select(GroupSession.done).where(GroupSession.id == made.held.id)) == "Mine"


def test_a_photo_is_drawn_anew_and_shown_to_members(client_for: ClientFor, made: Made, cast: Cast, make: Make) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Planted place"
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif)
    coach = client_for(cast.accounts.coach)
    upload(coach, made, out.getvalue())
    row = make.one(select(GroupPhoto).where(GroupPhoto.caption == "The wall"))
    assert b"Planted" not in row.image + row.thumbnail
    for size in ("", "/small"):
        answer = client_for(cast.accounts.noa).http.get(f"/groups/photos/{row.public_id}{size}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.data.startswith(b"\xff\xd8")
    for other in (cast.accounts.kim, cast.accounts.supervisor, cast.accounts.ben):
        assert client_for(other).http.get(f"/groups/photos/{row.public_id}").status_code in (403, 404)
    address = f"/groups/{made.group.public_id}/photos/{row.public_id}/delete"
    coach.follow(coach.submit(address, 303))
    assert make.one(select(GroupPhoto).where(GroupPhoto.id == row.id)) is None


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "x.jpg", "no photo we can take"),
        (b"GIF89a" + bytes(50), "x.png", "no photo we can take"),
        (b"", "x.jpg", "This file is empty."),
        (jpeg(60, 60)[:400], "x.jpg", "damaged"),
        (b"\xff\xd8\xff" + bytes(LARGEST), "x.jpg", "more than 12 MB"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(
    content: bytes, name: str, words: str, client_for: ClientFor, made: Made, cast: Cast, make: Make
) -> None:
    text = upload(client_for(cast.accounts.coach), made, content, name, 422)
    assert words in text
    assert len(make.all(select(GroupPhoto.id))) == 1


def test_fifty_megabytes_are_refused_before_they_are_read(client_for: ClientFor, made: Made, cast: Cast) -> None:
    page = upload(client_for(cast.accounts.coach), made, b"\xff\xd8\xff" + bytes(50_000_000), "x.jpg", 413)
    assert "larger than we can take" in page
