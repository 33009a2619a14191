"""My say: what the participant reads, asks and takes along; what nobody else gets."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

from sqlalchemy import select, update

from placement.domain.notices import NoticeKind
from placement.domain.placements import PlacementState
from placement.domain.rights import RequestKind, RequestState
from placement.domain.sign_in import PER_ACCOUNT
from placement.models.accounts.account import Assignment
from placement.models.notices.notice import Notice
from placement.models.placements.card import CardLine
from placement.models.rights.rights import Consent, Representative, RightsRequest
from placement.models.sessions.one_to_one import SessionNote
from placement.usecases.rights.answer import withhold_note
from tests.application import ClientFor
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import PASSWORD, Make
from tests.web.diary.logs import diary_rows
from tests.web.questionnaires.papers import give
from tests.web.sessions.talks import talk_rows


def talked(cast: Cast, make: Make) -> str:
    who = (cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach)
    return talk_rows(make, cast.a.participant, *who)["one_to_one"]


def test_each_group_names_its_ground_and_the_people_behind_its_readers(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.noa).get("/my-say")
    for words in ("Thea Brook", "Jo Field", "Cora Hill", "Sol Stone", "Art. 9 (2) (h)", "§ 630f BGB"):
        assert words in page.content
    assert "Tom Wood" not in page.content
    assert "Omar Reed" not in page.content


def test_single_things_name_their_one_reader(client_for: ClientFor, cast: Cast, make: Make) -> None:
    """Chosen, named, or taking care of a concern are told apart; who no longer looks after Noa reads nothing."""
    person, accounts = cast.a.participant, cast.accounts
    diary_rows(make, cast.a.program.id, accounts.noa, accounts.coach)
    give(make, person, accounts.therapist)
    make.notice(person, NoticeKind.SOMETHING_WRONG, from_account_id=accounts.noa.id, to_account_id=accounts.coach.id)
    make.notice(
        person, NoticeKind.CONCERN, from_account_id=accounts.coach.id, to_account_id=accounts.therapist.id, text="Thin."
    )
    noa = client_for(accounts.noa)
    words = noa.get("/my-say").words
    for told in (
        "Only whom you chose (Jo Field)",
        "Only who is named on it, once you hand it in (Thea Brook)",
        "Who wrote a concern down, and who takes care of it (Jo Field, Thea Brook)",
        "Family you invited: the name of one task, nothing else (nobody at the moment)",
    ):
        assert told in words
    assert words.count("Only whom you chose (nobody at the moment)") == 1, "things made"
    over = update(Assignment).where(Assignment.participant_id == person.id)
    make.do(lambda session: session.execute(over.values(last_day=make.day(-1))))
    words = noa.get("/my-say").words
    assert words.count("Only whom you chose (Jo Field)") == 1, "what was told stays told"
    assert "once you hand it in (nobody at the moment)" in words


def test_what_the_supervisor_sees_and_nothing_else(client_for: ClientFor, cast: Cast, make: Make) -> None:
    for text, released in (("Likes a quiet corner", True), ("Kept for now", False)):
        make.add(
            CardLine(
                program_id=cast.a.program.id, placement_id=cast.a.placement.id, text=text,
                released_at=make.clock.now if released else None, created_at=make.clock.now,
            )
        )  # fmt: skip
    page = client_for(cast.accounts.noa).get(f"/my-say/shop/{cast.a.placement.public_id}")
    assert "Likes a quiet corner" in page.content
    assert "Kept for now" not in page.content
    assert "Lind" not in page.content
    assert "Thea" not in page.content


def test_a_place_that_is_only_proposed_shows_no_shop(client_for: ClientFor, cast: Cast, make: Make) -> None:
    assert cast.proposed.state is PlacementState.PROPOSED
    visitor = client_for(cast.accounts.kim)
    visitor.get(f"/my-say/shop/{cast.proposed.public_id}", 404)
    assert f"/placements/{cast.proposed.public_id}/sharing" in visitor.get("/my-say").text


def test_who_looked_is_told_by_day_and_reader(client_for: ClientFor, cast: Cast) -> None:
    thea = client_for(cast.accounts.therapist)
    for _ in range(2):
        thea.get(f"/participants/{cast.a.participant.public_id}")
    page = client_for(cast.accounts.noa).get("/my-say/who-looked")
    assert "Thea Brook" in page.content
    assert "your record (2 times)" in page.words
    assert "Thea" not in client_for(cast.accounts.kim).get("/my-say/who-looked").content


def test_a_correction_is_asked_answered_and_read(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa, cora = client_for(cast.accounts.noa), client_for(cast.accounts.coordinator)
    noa.submit("/my-say/correction", 422, about="profile", text=" ")
    noa.submit("/my-say/correction", 303, about="profile", text="I can lift boxes.")
    row = make.one(select(RightsRequest))
    assert (row.due_on - make.today).days == 30
    assert make.one(select(Notice.done_at).where(Notice.subject == f"rights_request:{row.id}")) is None
    assert "asks about their record" in cora.get("/notices").content
    assert "I can lift boxes." in cora.get(f"/rights/{row.public_id}").content
    cora.submit(f"/rights/{row.public_id}", 422, state="refused", answer="")
    cora.submit(f"/rights/{row.public_id}", 303, state="done", answer="Level 4 now.")
    page = noa.get("/my-say")
    assert "Level 4 now." in page.content
    assert "Cora Hill" in page.content
    assert make.one(select(Notice.done_at).where(Notice.subject == f"rights_request:{row.id}")) is not None


def test_a_question_is_taken_back_until_it_is_answered(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa = client_for(cast.accounts.noa)
    noa.submit("/my-say/correction", 303, about="goals", text="Wrong.")
    public_id = make.one(select(RightsRequest.public_id))
    client_for(cast.accounts.kim).post(f"/my-say/asked/{public_id}/take-back", {}, 404)
    noa.post(f"/my-say/asked/{public_id}/take-back", {}, 303)
    assert make.all(select(RightsRequest)) == []
    assert make.all(select(Notice).where(Notice.subject.like("rights_request%"))) == []


def test_a_note_is_read_only_after_its_authors_yes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    talked(cast, make)
    note = make.one(select(SessionNote.public_id))
    noa, thea = client_for(cast.accounts.noa), client_for(cast.accounts.therapist)
    noa.get(f"/my-say/notes/{note}", 404)
    assert "Tired today." not in noa.get("/my-say/notes").content
    for _ in range(2):
        noa.post(f"/my-say/notes/{note}/ask", {}, 303)
    (row,) = make.all(select(RightsRequest))
    client_for(cast.accounts.coordinator).get(f"/rights/{row.public_id}", 404)
    client_for(cast.accounts.admin).get(f"/rights/{row.public_id}", 404)
    assert client_for(cast.accounts.coach).get(f"/rights/{row.public_id}").h1
    thea.submit(f"/rights/{row.public_id}", 303, state="done", answer="")
    assert "Tired today." in noa.get(f"/my-say/notes/{note}").content
    client_for(cast.accounts.kim).get(f"/my-say/notes/{note}", 404)
    client_for(cast.accounts.ben).get(f"/my-say/notes/{note}", 404)


def test_a_no_is_listed_with_its_ground(client_for: ClientFor, cast: Cast, make: Make) -> None:
    talked(cast, make)
    note = make.one(select(SessionNote.public_id))
    noa, thea = client_for(cast.accounts.noa), client_for(cast.accounts.therapist)
    noa.post(f"/my-say/notes/{note}/ask", {}, 303)
    public_id = make.one(select(RightsRequest.public_id))
    thea.submit(f"/rights/{public_id}", 422, state="refused", answer="")
    thea.submit(f"/rights/{public_id}", 303, state="refused", answer="It names your brother.")
    page = noa.get("/my-say/notes")
    assert "It names your brother." in page.content
    assert "Thea Brook" in page.content
    noa.get(f"/my-say/notes/{note}", 404)
    found = take_along(client_for, cast)
    assert "Tired today." not in found["my-record.html"] + found["my-record.json"]
    for text in found.values():
        assert "It names your brother." in text
        assert "Thea Brook" in text


def take_along(client_for: ClientFor, cast: Cast) -> dict[str, str]:
    answer = client_for(cast.accounts.noa)
    answer.get("/my-say/export")
    token = answer.csrf_token()
    done = answer.http.post("/my-say/export", data={"csrf_token": token, "password": PASSWORD})
    assert done.status_code == 200
    with ZipFile(BytesIO(done.data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_everything_goes_along_after_the_password(client_for: ClientFor, cast: Cast, make: Make) -> None:
    talked(cast, make)
    client_for(cast.accounts.noa).submit("/my-say/export", 422, password="not it at all")
    found = take_along(client_for, cast)
    planted = (
        "Tired today.", "We spoke about the bus.", "Take the bus twice", "The bus", "More breaks", "Ask early.",
        "Friendly with everybody.", "Started a list",
    )  # fmt: skip
    for text in found.values():
        for words in planted:
            assert words in text
        assert "Kim" not in text
    assert json.loads(found["my-record.json"])["withheld"] is not None


def test_guessing_the_password_has_to_wait(client_for: ClientFor, cast: Cast, clock: Clock) -> None:
    """Not even the right one opens anything then; signing in elsewhere stays possible."""
    noa = client_for(cast.accounts.noa)
    for _ in range(PER_ACCOUNT):
        noa.submit("/my-say/export", 422, password="not it at all")
    noa.submit("/my-say/export", 429, password=PASSWORD)
    clock.advance(minutes=16)
    assert "my-record.json" in take_along(client_for, cast)


def test_a_note_kept_back_stays_out_until_it_is_released(client_for: ClientFor, cast: Cast, make: Make) -> None:
    session = talked(cast, make)
    thea = client_for(cast.accounts.therapist)
    thea.submit(f"/sessions/{session}/note/keep-back", 303, ground="A third person.")
    assert "Tired today." not in take_along(client_for, cast)["my-record.json"]
    withhold_note(make.work, make.actor(cast.accounts.therapist), session, "")
    assert "Tired today." in take_along(client_for, cast)["my-record.json"]


def test_a_yes_is_given_and_taken_back(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa = client_for(cast.accounts.noa)
    noa.post("/my-say/consent", {"purpose": "reflections", "given": "1"}, 303)
    assert make.one(select(Consent.withdrawn_at)) is None
    noa.post("/my-say/consent", {"purpose": "reflections", "given": "0"}, 303)
    assert make.one(select(Consent.withdrawn_at)) is not None
    noa.post("/my-say/consent", {"purpose": "nonsense", "given": "1"}, 303)
    assert len(make.all(select(Consent))) == 1


def test_who_decides_by_law_is_recorded_and_shown(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/participants/{cast.a.participant.public_id}/representatives"
    cora = client_for(cast.accounts.coordinator)
    cora.submit(path, 422, name="Ms. Court")
    cora.submit(path, 303, name="Ms. Court", scopes=["money", "mail"], words="Not about work.")
    page = client_for(cast.accounts.noa).get("/my-say")
    for words in ("Ms. Court", "money, mail and offices", "Not about work."):
        assert words in page.words
    cora.post(f"/representatives/{make.one(select(Representative.public_id))}/end", {}, 303)
    assert "Ms. Court" not in client_for(cast.accounts.noa).get("/my-say").content


def test_asking_to_be_forgotten_is_one_question(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa = client_for(cast.accounts.noa)
    for _ in range(2):
        noa.post("/my-say/forget", {}, 303)
    row = make.one(select(RightsRequest))
    assert (row.kind, row.state) == (RequestKind.ERASURE, RequestState.OPEN)
    assert client_for(cast.accounts.admin).get(f"/rights/{row.public_id}").h1
    client_for(cast.accounts.therapist).get(f"/rights/{row.public_id}", 404)
    client_for(cast.accounts.outsider_coordinator).get(f"/rights/{row.public_id}", 404)
    page = client_for(cast.accounts.coordinator).submit(f"/rights/{row.public_id}", 422, state="done", answer="")
    assert "has not ended" in page.content
