"""One task for staff: its chart, its phases with their figures, the rows behind every point, notes at points."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.roles import Role
from placement.domain.support import NotTodayReason
from placement.models.progress.plan import PointNote
from placement.models.system.log import AccessLog, Audit
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.queries.progress.stories import World, live, world

RISING = [2, 2, 3, 2, 3, 3, 4, 5, 5, 6, 5, 6, 6, 6]


def staff(make: Make, mia: World, client_for: ClientFor) -> Visitor:
    return client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))


def address(mia: World) -> str:
    return f"/participants/{mia.person.public_id}/progress/{mia.catalog.tasks[0].public_id}"


def test_the_latest_stretch_with_its_figures(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: RISING})
    visitor = staff(make, mia, client_for)
    page = visitor.get(f"/participants/{mia.person.public_id}/progress")
    assert address(mia) in page.links
    page = visitor.get(address(mia))
    assert "The last 6 ratings with the 6 before them." in page.content
    assert "NAP: " in page.content
    assert "they are no proof" in page.content
    assert page.text.count('class="median"') == 4
    assert "middle answer of each phase" in page.content


def test_before_and_after_a_line(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    shifts = live(make, mia, {mia.catalog.tasks[0]: [2, 3, 2, NotTodayReason.NO_OCCASION, 3, 3, 6, 6, 6, 6, 6, 6, 6]})
    event = make.event(mia.person, shifts[6].day, "a list of steps")
    page = staff(make, mia, client_for).get(f"{address(mia)}?line={event.public_id}")
    assert "Before and after the line of" in page.content
    assert "NAP: 100 %" in page.content
    assert "Dual criterion: 7 of 7, 7 needed" in page.content
    assert "not tried: no occasion" in page.content.casefold() or "not tried" in page.content


def test_phases_by_hand_and_too_few_points(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    shifts = live(make, mia, {mia.catalog.tasks[0]: RISING})
    visitor = staff(make, mia, client_for)
    page = visitor.get(f"{address(mia)}?a_to={shifts[2].day}&b_from={shifts[3].day}&b_to={shifts[9].day}")
    assert "as chosen by days" in page.content
    assert "Too early to tell: 3 points before and 7 after; 5 on either side are needed." in page.content
    crossed = visitor.get(f"{address(mia)}?a_to={shifts[5].day}&b_from={shifts[3].day}")
    assert "must begin after" in crossed.content
    assert "NAP" not in crossed.content
    for odd in ("a_to=never", "line=nothing", "a_to=0001-01-01", "b_to=9999-12-31"):
        visitor.get(f"{address(mia)}?{odd}")


def test_who_saw_it_and_what_they_wrote(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    (shift,) = live(make, mia, {mia.catalog.tasks[0]: [5]})
    make.feedback(shift, mia.raters[1], {mia.catalog.tasks[0]: 4}, mia.catalog)
    page = staff(make, mia, client_for).get(address(mia))
    assert "Sol Stone, supervisor" in page.content
    assert "Ines Park, supervisor" in page.content
    assert any(link.startswith("/shifts/") for link in page.links)
    assert "Too few ratings" in page.content


def test_a_note_is_set_removed_and_set_again(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: RISING})
    visitor = staff(make, mia, client_for)
    (form,) = [form for form in visitor.get(address(mia)).main_forms if form.action.endswith("/notes")]
    assert "This field is required." in visitor.submit(form, 422, text="  ").content
    page = visitor.follow(visitor.submit(form, text="new till"))
    assert "· new till" in page.content
    (removal,) = [form for form in page.main_forms if form.action.endswith("/remove")]
    page = visitor.follow(visitor.submit(removal))
    assert make.all(select(PointNote)) == []
    (again,) = [form for form in page.main_forms if form.action.endswith("/notes")]
    assert again.fields["text"] == ["new till"]
    visitor.submit(again)
    (note,) = make.all(select(PointNote))
    assert (note.text, note.task_id) == ("new till", mia.catalog.tasks[0].id)
    assert make.all(select(Audit.action).where(Audit.subject == "point_note").order_by(Audit.id)) == [
        "point_note.add", "point_note.remove", "point_note.add",
    ]  # fmt: skip


def test_nobody_rated_it_yet_and_every_reading_is_on_record(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    page = staff(make, mia, client_for).get(address(mia))
    assert "Nothing is rated yet." in page.content
    assert make.one(select(AccessLog.page).where(AccessLog.participant_id == mia.person.id)) == "progress.task"


def test_the_page_is_for_staff(cast: Cast, client_for: ClientFor) -> None:
    path = f"/participants/{cast.a.participant.public_id}/progress/{cast.a.catalog.tasks[0].public_id}"
    for account in (cast.accounts.noa, cast.accounts.supervisor, cast.accounts.admin):
        client_for(account).get(path, 403)
    client_for(cast.accounts.outsider_coordinator).get(path, 404)
    assert "New till" in client_for(cast.accounts.coach).get(path).content


def test_the_person_reads_the_notes_about_their_days(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    shifts = live(make, mia, {mia.catalog.tasks[0]: [3, 4, 5], mia.catalog.tasks[1]: [3, 4, 5]})
    by = make.account("Cora Hill", [Role.COORDINATOR], mia.program)
    make.note(mia.person, shifts[0], by, "Fire drill")
    make.note(mia.person, shifts[1], by, "Other shelf", task_id=mia.catalog.tasks[1].id)
    page = client_for(mia.account).get("/progress")
    # On both drawings of a chart, in sight and for those who listen; and once in its table.
    assert page.text.count("Fire drill") == 2 * 5
    assert page.text.count("Other shelf") == 5
    # A ring around its point, narrow and wide.
    assert page.text.count(chr(34) + "noted" + chr(34)) == 6
