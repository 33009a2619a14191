"""Daily living in a browser: planned with the therapist, rated by oneself and a family member's phone, seen over
all areas; personal care by two people alone; and nothing for an outsider.
"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import Visit
from tests.journeys.steps import card, fits, go, h1, press
from tests.web.practice.rows import shared_task


def test_practiced_by_oneself_and_seen_by_those_who_were_invited(visit: Visit, cast: Cast, make: Make) -> None:
    noa = cast.a.participant
    shared_task(make, noa)
    overview = f"/participants/{noa.public_id}/practice"
    staff = visit(cast.accounts.therapist)
    staff.goto(f"/participants/{noa.public_id}")
    go(staff, "Daily living and job search")
    h1(staff, "Where Noa")
    staff.get_by_role("link", name="Add something to practice").first.click()
    staff.get_by_label("What do you want to practice?").select_option(label="Practice talk")
    staff.locator("[name=baseline]").select_option(index=4)
    staff.locator("[name=target]").select_option(index=1)
    staff.get_by_label("Where and when").fill("Thursdays, with my coach")
    press(staff, "Put it on the list")
    h1(staff, "Practice talk")
    fits(staff)

    own = visit(cast.accounts.noa, phone=True)
    own.goto("/day")
    expect(card(own, "What I practice")).to_contain_text("Practice talk")
    card(own, "What I practice").get_by_role("link", name="How was it?").click()
    h1(own, "How much help did you need")
    own.locator("main fieldset label").filter(has_text="Alone").first.click()
    fits(own)
    press(own, "Save")
    expect(own.get_by_role("main")).to_contain_text("you")
    own.get_by_label("Who is it?").fill("Mom")
    press(own, "Invite")
    h1(own, "An invitation for Mom")
    fits(own)
    address = own.get_by_label("The address").input_value()

    mom = visit(phone=True)
    mom.goto("/family/open/" + address.rsplit("/", 1)[1])
    press(mom, "Open it on this phone")
    h1(mom, "How much help did Noa need")
    expect(mom.get_by_role("main")).to_contain_text("Practice talk")
    expect(mom.get_by_role("main")).not_to_contain_text("Thursdays")
    fits(mom)
    mom.locator("main label").filter(has_text="After a hint").first.click()
    press(mom, "Send")
    h1(mom, "Thank you")

    own.goto("/me/practice")
    own.get_by_role("link", name="Add something").first.click()
    own.get_by_label("What do you want to practice?").select_option(label="Bathing or showering")
    press(own, "Put it on the list")
    h1(own, "Bathing or showering")
    washed = own.url.rsplit("/", 1)[1]
    own.goto("/day")
    expect(own.get_by_role("main")).not_to_contain_text("Bathing")

    staff.goto(overview)
    expect(staff.get_by_role("main")).to_contain_text("Bathing or showering")
    expect(staff.get_by_role("main")).to_contain_text("only the two of you")
    coach = visit(cast.accounts.coach)
    coach.goto(overview)
    expect(coach.get_by_role("main")).to_contain_text("Practice talk")
    expect(coach.get_by_role("main")).not_to_contain_text("Bathing")
    go(coach, "Practice talk")
    expect(card(coach, "How it went")).to_contain_text("Mom")

    own.goto("/me/practice")
    go(own, "Practice talk")
    own.get_by_role("button", name=re.compile("^End the invitation")).click()
    expect(own.get_by_role("status")).to_contain_text("It opens nothing any more")
    mom.goto("/family")
    h1(mom, "This invitation does not work")

    for stranger in (cast.accounts.outsider_therapist, cast.accounts.kim, cast.accounts.supervisor):
        outside = visit(stranger)
        for path in (overview, f"/practice/{washed}"):
            outside.goto(path)
            expect(outside.locator("body")).not_to_contain_text("Practice talk")
            expect(outside.locator("body")).not_to_contain_text("Bathing")
