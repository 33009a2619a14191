"""What is taken back is gone at the next look of whoever read it, and looks as if it had never been written."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from placement.domain.diary import DayBody, ThoughtBody
from placement.domain.shares import ShareKind
from placement.models.placements.card import CardLine
from placement.policy.permissions import Permission
from placement.policy.table import TABLE, the_participant
from placement.usecases.activities.reflect import Reflect, reflect
from placement.usecases.activities.shares import ShareWords, share_activity, share_reflection
from placement.usecases.activities.words import SayWords, say_words
from placement.usecases.diary.shares import ShareEntry, ShareKindOf, share_entry, share_kind
from placement.usecases.questionnaires.answer import FillIn, fill_in
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.access_table import ACCESS
from tests.web.activities.made import key, made
from tests.web.cards.phones import link_for
from tests.web.diary.logs import open_log, write
from tests.web.questionnaires.papers import give, hand_in
from tests.web.sessions.talks import talk_rows

THOUGHT, DAY, WORDS, PICTURE = "They all look at me", "Rain on the pond", "My hands knew it", "Smoke over a river"
#: Ways a participant lets somebody read something, or says yes to it.
DECIDES = (
    "diary.shares", "diary.share", "activities.share", "activities.share_picture", "rights.consent",
    "placements.sharing", "cards.line_release", "reports.release", "practice.invite",
)  # fmt: skip

Look = Callable[[], dict[str, str]]


def looks_of(visitor: Visitor, *pages: str) -> Look:
    return lambda: {path: visitor.get(path).content for path in pages}


def withdraw_all(noa: Visitor, *paths: str) -> int:
    """Press every button by which a participant takes something back on these pages; how many there were."""
    count = 0
    for path in paths:
        ends = ("/withdraw", "/stop")
        for form in [one for one in noa.get(path).main_forms if one.action.endswith(ends)]:
            noa.submit(form, 303)
            count += 1
    return count


def test_taken_back_looks_like_never_shared_and_never_written(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:  # fmt: skip
    """To the chosen reader, to a colleague and to the coordinator, on every page where it could show."""
    person, accounts, own = cast.a.participant, cast.accounts, make.actor(cast.accounts.noa)
    open_log(make, cast.a.program.id)
    activity = made(make, make.actor(accounts.therapist), person)
    paper = give(make, person, accounts.therapist)
    record = f"/participants/{person.public_id}"
    both = [record, "/day", f"{record}/diary", f"{record}/activities", f"{record}/pictures", f"/activities/{activity}"]
    papers = [f"/questionnaires/handouts/{paper}", f"{record}/questionnaires", f"{record}/questionnaires/course"]
    thea = looks_of(client_for(accounts.therapist), *both, *papers)
    others = looks_of(client_for(accounts.coach), *both), looks_of(client_for(accounts.coordinator), record, "/day")
    never, nothing = thea(), [look() for look in others]

    entry = write(make, own, ThoughtBody("The queue", "afraid", 70, THOUGHT), -1)
    write(make, own, DayBody(4, 2, DAY))
    say_words(make.work, own, SayWords(activity, WORDS))
    picture = reflect(make.work, own, Reflect(2, PICTURE, True, key(), activity))
    fill_in(make.work, own, FillIn(paper, {"ask": 4}, hand_in=False))
    assert thea() == never
    assert [look() for look in others] == nothing

    reader = accounts.therapist.public_id
    share_entry(make.work, own, ShareEntry(entry, reader, make.day(3)))
    share_kind(make.work, own, ShareKindOf(ShareKind.DAYS, reader, so_far=True))
    share_kind(make.work, own, ShareKindOf(ShareKind.MOOD_CHART, reader, so_far=True))
    share_activity(make.work, own, ShareWords(activity, reader))
    share_reflection(make.work, own, ShareWords(picture, reader))
    hand_in(make, paper, accounts.noa)
    shared = thea()
    for path, words in (
        (f"{record}/diary", THOUGHT), (f"{record}/diary", DAY), (f"/activities/{activity}", WORDS),
        (f"{record}/pictures", PICTURE),
    ):  # fmt: skip
        assert words in shared[path]
    assert {path for path in shared if shared[path] != never[path]} >= {f"{record}/diary", *papers}
    assert [look() for look in others] == nothing, "shared with one person"

    noa = client_for(accounts.noa)
    own_pages = ("/diary/shares", f"/activities/{activity}", f"/pictures/{picture}", f"{papers[0]}/mine")
    assert withdraw_all(noa, *own_pages) == 6
    assert thea() == never
    assert [look() for look in others] == nothing


def test_a_line_is_gone_from_the_card_at_the_next_look(
    app: Flask, client_for: ClientFor, cast: Cast, make: Make
) -> None:  # fmt: skip
    """A shop with the page open reads it no longer, and an answer on my say takes effect for a phone, too."""
    placement, noa = cast.a.placement, client_for(cast.accounts.noa)
    line = make.add(
        CardLine(
            program_id=cast.a.program.id, placement_id=placement.id, text="Likes a quiet corner",
            created_at=make.clock.now,
        )
    )  # fmt: skip
    phone, view = Visitor(app), f"/my-say/shop/{placement.public_id}"
    phone.submit(f"/card/open/{link_for(make, placement, name='Pia').token}", 303)
    for answer in ("", "1", "0"):
        if answer:
            noa.post(f"/placements/{placement.public_id}/my-card/{line.public_id}", {"released": answer}, 303)
        for page in (phone.get("/card"), noa.get(view)):
            assert ("Likes a quiet corner" in page.content) is (answer == "1")


def test_a_note_that_was_opened_can_be_kept_back_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    who = (cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach)
    session = talk_rows(make, cast.a.participant, *who)["one_to_one"]
    noa, thea = client_for(cast.accounts.noa), client_for(cast.accounts.therapist)
    ask = next(form for form in noa.get("/my-say/notes").main_forms if form.action.endswith("/ask"))
    noa.submit(ask, 303)
    asked = next(link for link in thea.get("/rights").links if link.startswith("/rights/"))
    thea.submit(asked, 303, state="done", answer="")
    note = ask.action.removesuffix("/ask")
    assert note in noa.get("/my-say").links
    assert "Tired today." in noa.get(note).content
    thea.submit(f"/sessions/{session}/note/keep-back", 303, ground="A third person.")
    noa.get(note, 404)
    assert note not in noa.get("/my-say").links


def test_nobody_can_ask_for_sharing(client_for: ClientFor, cast: Cast, make: Make) -> None:
    """Whoever lets others read is the participant alone; where nothing is shared, there is nothing to press."""
    assert TABLE[Permission.DIARY_OWN] == (the_participant,)
    for endpoint in DECIDES:
        assert ACCESS[endpoint].roles == "participant", endpoint
    named = {one for one in ACCESS if one.rpartition(".")[2].startswith(("share", "consent", "sharing"))}
    assert named - {"diary.shared", "activities.shared_pictures"} <= set(DECIDES)
    open_log(make, cast.a.program.id)
    activity = made(make, make.actor(cast.accounts.therapist), cast.a.participant)
    record = f"/participants/{cast.a.participant.public_id}"
    jo = client_for(cast.accounts.coach)
    for path in (f"{record}/diary", f"{record}/pictures", f"/activities/{activity}"):
        page = jo.get(path)
        assert "Please do not ask for" in page.content, path
        assert page.main_forms == [], path
