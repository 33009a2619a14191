"""The pages of the way from referral to follow-up: for coordinators, for those who look after somebody, for oneself."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from placement.models.enrollments.enrollment import Approval, Employment, Enrollment, FollowUp, ListEntry
from placement.models.participants.participant import Participant
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.enrollments.rows import approval_row, enrollment_row, way_rows


def test_a_referral_is_typed_once(client_for: ClientFor, cast: Cast, make: Make) -> None:
    cora = client_for(cast.accounts.coordinator)
    assert "Nobody waits" in cora.get("/waiting-list").words
    wrong = cora.submit("/referrals/new", 422, preferred_name="", referred_on="2030-01-01", family_name="Sand")
    assert wrong.errors
    assert "Sand" in str(wrong.forms[-1].fields) + str([form.fields for form in wrong.main_forms])
    done = cora.submit("/referrals/new", preferred_name="Mika", family_name="Sand", own_goals="Be among people")
    page = cora.follow(done)
    assert "Be among people" in page.words
    person = make.one(select(Participant).where(Participant.family_name == "Sand"))
    waiting = cora.get("/waiting-list")
    assert "Mika Sand" in waiting.words
    assert "Mika Sand" in cora.get("/waiting-list?q=sand").words
    assert "Nobody like that" in cora.get("/waiting-list?q=zzz").words
    row = make.one(select(Enrollment))
    edited = cora.submit(f"/enrollments/{row.public_id}/edit", own_goals="Earn money", urgent="y")
    assert "Earn money" in cora.follow(edited).words
    assert "urgent" in cora.get("/waiting-list").words
    stale = cora.post(
        f"/enrollments/{row.public_id}/edit", {"version": "1", "referred_on": make.today.isoformat(), "key": "-"}, 409
    )
    assert "Earn money" in stale.words
    again = cora.submit(f"/participants/{person.public_id}/way/new", 422)
    assert "already" in again.words


def test_from_entry_to_the_calls_afterwards(client_for: ClientFor, cast: Cast, make: Make) -> None:
    cora = client_for(cast.accounts.coordinator)
    row = enrollment_row(make, cast.lee, entered_on=None)
    base, show = f"/enrollments/{row.public_id}", f"/participants/{cast.lee.public_id}/way"
    assert cora.submit(f"{base}/enter", 422, on="2020-01-01").errors
    assert "in the program" in cora.follow(cora.submit(f"{base}/enter", on=make.day(-200).isoformat())).words
    assert "Lee Abel" in cora.get("/waiting-list?show=entered").words
    assert cora.submit(f"{base}/approvals/new", 422, funder="", units="0").errors
    money = cora.submit(
        f"{base}/approvals/new", funder="Pension fund", units="120,5", last_day=make.day(100).isoformat()
    )
    assert "120.5 hours" in cora.follow(money).words
    approval = make.one(select(Approval))
    days = cora.submit(f"/approvals/{approval.public_id}/edit", unit="days", units="30")
    assert "30 days" in cora.follow(days).words
    gone = cora.follow(cora.post(f"/approvals/{approval.public_id}/remove", {}))
    assert "No approval is written down" in gone.words
    assert "30 days" in cora.follow(cora.post(f"/approvals/{approval.public_id}/remove", {"again": "1"})).words
    left = cora.follow(cora.submit(f"{base}/leave", on=make.day(-150).isoformat(), job_offer="yes"))
    assert "to be asked" in left.words
    assert "to be asked" in cora.get("/waiting-list?show=left").words
    assert cora.submit(f"{base}/jobs/new", 422, employer="Bakery", started_on="").errors
    job = cora.submit(
        f"{base}/jobs/new", employer="Bakery", started_on=make.day(-140).isoformat(), hours_week="20", integrated="yes"
    )
    assert "Bakery" in cora.follow(job).words
    found = make.one(select(Employment))
    changed = cora.submit(f"/jobs/{found.public_id}/edit", seasonal="no")
    assert "seasonal: no" in cora.follow(changed).words
    cora.post(f"/jobs/{found.public_id}/remove", {})
    assert "No paid job is known" in cora.get(show).words
    cora.post(f"/jobs/{found.public_id}/remove", {"again": "1"})
    asked = cora.submit(f"{base}/follow-ups/1", reached="not_reached")
    assert "not reached" in cora.follow(asked).words
    corrected = cora.submit(f"{base}/follow-ups/1", reached="reached", employed="yes", earnings="2900")
    assert "earnings: 2,900" in cora.follow(corrected).words
    assert make.one(select(FollowUp)).version == 2
    cora.get(f"{base}/follow-ups/9", 404)
    cora.get(f"{base}/follow-ups/x", 404)
    back = cora.follow(cora.post(f"{base}/come-back", {}))
    assert "The exit is taken back" in back.words


def test_costs_by_month(client_for: ClientFor, cast: Cast) -> None:
    cora = client_for(cast.accounts.coordinator)
    path = f"/participants/{cast.lee.public_id}/costs"
    assert "Nothing is written down yet" in cora.get(path).words
    assert cora.submit(path, 422, amount="0").errors
    page = cora.follow(cora.submit(path, kind="transport", amount="29,50"))
    assert "Transport: 29.5" in page.words
    form = next(form for form in page.main_forms if form.action.endswith("/remove"))
    assert "Transport: 29.5" not in cora.follow(cora.post(form.action, {})).content
    assert "Transport: 29.5" in cora.follow(cora.post(form.action, {"again": "1"})).words


def test_the_participant_reads_all_of_it(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa = client_for(cast.accounts.noa)
    assert "Nothing is written down" in noa.get("/way").words
    row = enrollment_row(make, cast.a.participant, reason="To try regular hours")
    approval_row(make, row)
    page = noa.get("/way")
    assert "To try regular hours" in page.words
    assert "Pension fund" in page.words
    assert "My way here" in noa.get("/me").words
    noa.get(f"/participants/{cast.a.participant.public_id}/way")
    client_for(cast.accounts.therapist).get(f"/participants/{cast.a.participant.public_id}/way")


def test_admins_keep_the_lists(client_for: ClientFor, cast: Cast, make: Make) -> None:
    ada = client_for(cast.accounts.admin)
    assert ada.submit("/program/lists", 422, kind="work", name_de="Nachtarbeit").errors
    page = ada.follow(ada.submit("/program/lists", kind="work", name_en="Night work"))
    assert "Night work" in page.words
    entry = make.one(
        select(ListEntry).where(ListEntry.archived_at.is_(None), ListEntry.program_id == cast.a.program.id)
    )
    gone = ada.follow(ada.post(f"/program/lists/{entry.public_id}/archive", {}))
    assert "no longer offered" in gone.words
    ada.post(f"/program/lists/{entry.public_id}/archive", {"again": "1"})
    row = enrollment_row(make, cast.lee, entered_on=None)
    cora = client_for(cast.accounts.coordinator)
    assert "Night work" in cora.get(f"/enrollments/{row.public_id}/enter").words


def test_what_is_due_stands_on_the_day_page(client_for: ClientFor, cast: Cast, make: Make, app: Flask) -> None:
    way_rows(make, cast.lee)
    row = enrollment_row(make, cast.a.participant)
    approval_row(make, row, used=9000)
    kim = enrollment_row(make, cast.kim)
    approval_row(make, kim, last_day=make.day(5))
    page = client_for(cast.accounts.coordinator).get("/day?whose=all").words
    assert "Ask how it goes after the program" in page
    assert "Most of what is approved" in page
    assert "The approval ends on" in page
    assert "approved" not in client_for(cast.accounts.therapist).get("/day").words
