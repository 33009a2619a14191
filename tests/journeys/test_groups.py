"""A group from its first day to what its members read, and somebody outside who gets nothing."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import select

from placement.models.groups.group import Group
from tests.factories.cast import Cast
from tests.factories.groups import jpeg, session_of
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import go, h1, menu, press


def test_a_room_is_renovated(visit: Visit, cast: Cast, make: Make) -> None:
    coach = visit(cast.accounts.coach, phone=True)
    coach.goto("/groups")
    go(coach, "Start a group")
    coach.get_by_label("Name", exact=True).fill("Renovate the club room")
    coach.get_by_label("Project", exact=True).check()
    coach.get_by_label("From", exact=True).fill(make.day(-7).isoformat())
    press(coach, "Start it")
    h1(coach, "Renovate the club room")
    address = coach.url

    go(coach, "Change the members")
    coach.get_by_role("button", name="Add : Noa Lind").or_(coach.get_by_role("button", name="Add: Noa Lind")).click()
    expect(coach.get_by_role("main")).to_contain_text("Noa Lind")
    coach.goto(f"{address}/tasks")
    coach.get_by_label("Or a new task").fill("Painting the walls")
    press(coach, "Add")
    expect(coach.get_by_role("main")).to_contain_text("Painting the walls")
    coach.goto(f"{address}/sessions/new")
    coach.get_by_label("Day", exact=True).fill(make.day(2).isoformat())
    coach.get_by_label("Begins at").fill("10:00")
    coach.get_by_label("Ends at").fill("12:00")
    press(coach, "Plan")
    h1(coach, "Renovate the club room")

    # Today's session, as it would have been planned last week.
    group = make.one(select(Group))
    held = make.add(session_of(group, make.day(0), make, agenda="Prime the wall"))
    session = f"/groups/sessions/{held.public_id}"
    coach.goto(f"{session}/attendance")
    tap = coach.get_by_role("button", name="Was here")
    box = tap.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    tap.click()
    h1(coach, "Everybody is written down")
    go(coach, "Done")
    go(coach, "What was done")
    coach.get_by_label("What did you do?").fill("The first wall is painted.")
    coach.get_by_label("A note for everybody").fill("Well done, all of you.")
    press(coach, "Write it down")
    coach.get_by_role("link", name="How much help").click()
    coach.get_by_role("group", name="Painting the walls").locator("label").filter(has_text="After showing").click()
    press(coach, "Write it down")
    expect(coach.get_by_role("main")).to_contain_text("After showing", ignore_case=True)
    go(coach, "Add a photo")
    large = {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": bytes(13_000_000)}
    coach.get_by_label("Photo").set_input_files(large)
    expect(coach.get_by_role("alert").filter(has_text="more than 12 MB")).to_be_visible()
    coach.get_by_label("Photo").set_input_files({"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": jpeg(60, 40)})
    coach.get_by_label("What it shows").fill("The yellow wall")
    press(coach, "Add")
    shown = coach.get_by_role("img", name="The yellow wall")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.naturalWidth") == 60
    photo = shown.locator("xpath=..").get_attribute("href")

    noa = visit(cast.accounts.noa, phone=True)
    noa.goto("/day")
    expect(noa.get_by_role("main")).to_contain_text("Your group: Renovate the club room")
    noa.goto(session)
    for words in ("The first wall is painted.", "Well done, all of you.", "You were here.", "Painting the walls"):
        expect(noa.get_by_role("main")).to_contain_text(words)
    expect(noa.get_by_role("img", name="The yellow wall")).to_be_visible()
    menu(noa, "Progress")
    expect(noa.get_by_role("main")).to_contain_text("Painting the walls")

    for outsider in (cast.accounts.kim, cast.accounts.ben, cast.accounts.supervisor, cast.accounts.outsider_therapist):
        page = visit(outsider)
        for path in (address, session, photo, f"{address}/photos"):
            answer = page.request.get(path)
            assert answer.status in (403, 404), (outsider.name, path)
            assert "club room" not in answer.text()
