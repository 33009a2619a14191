"""The pages of questionnaires: filling in, who sees what, bringing one by form and by file."""

from __future__ import annotations

import html
import io
import json

import pytest
from sqlalchemy import func, select, update

from placement.catalog import read
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.pages import words_of
from tests.web.questionnaires.papers import KEYS, give, hand_in, load, paper_rows

#: Words a page about somebody's score must never hold.
JUDGING = ("cut-off", "low self-esteem", "normal range", "severe", "moderate", "mild ", "disorder", "below average")


def test_filled_in_handed_in_and_read(client_for: ClientFor, cast: Cast, make: Make) -> None:
    made = give(make, cast.a.participant, cast.accounts.therapist)
    own, thea = client_for(cast.accounts.noa), client_for(cast.accounts.therapist)
    day = own.get("/day")
    assert "A questionnaire for you" in day.content
    page = own.get(f"/questionnaires/handouts/{made}/mine")
    assert f"{cast.accounts.therapist.name} reads it by" in page.content
    own.submit(page.main_forms[0], 303, **{"a-ask": "4", "do": "keep"})
    assert "nothing handed in" in thea.get(f"/questionnaires/handouts/{made}").content
    page = own.get(f"/questionnaires/handouts/{made}/mine")
    own.submit(page.main_forms[0], 303, **{f"a-{key}": "3" for key in KEYS}, do="hand_in")
    assert "Score: 2.5" in own.get(f"/questionnaires/handouts/{made}/mine").content
    assert "A questionnaire of Noa" in thea.get("/day").content
    page = thea.get(f"/questionnaires/handouts/{made}")
    assert "Score: 2.5" in page.content
    thea.submit(page.main_forms[0], 303)
    assert "has read it" in own.get(f"/questionnaires/handouts/{made}/mine").content
    assert "A questionnaire of Noa" not in thea.get("/day").content
    make.do(lambda session: session.execute(update(Handout).values(read_at=None, read_by=make.day(-1))))
    assert "should have been read" in thea.get("/day").content


def test_no_page_judges_a_score(client_for: ClientFor, cast: Cast, make: Make) -> None:
    made = paper_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist)
    person = cast.a.participant.public_id
    for account, paths in (
        (cast.accounts.noa, ("/questionnaires/course", f"/questionnaires/handouts/{made['paper']}/mine")),
        (
            cast.accounts.therapist,
            (f"/participants/{person}/questionnaires/course", f"/questionnaires/handouts/{made['paper']}"),
        ),
    ):
        for path in paths:
            content = client_for(account).get(path).content.lower()
            assert "on a scale from 0 to 4" in content
            assert not [word for word in JUDGING if word in content]


def test_the_course_stands_beside_milestones_with_what_the_scale_can_show(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    load(make, cast.a.program.id)
    make.do(lambda session: session.execute(update(Questionnaire).values(smallest_change=0.75)))
    early = give(make, cast.a.participant, cast.accounts.therapist)
    hand_in(make, early, cast.accounts.noa, 1)
    long_ago = make.work.clock().replace(year=make.today.year - 1)
    make.do(lambda session: session.execute(update(Handout).values(answered_at=long_ago)))
    hand_in(make, give(make, cast.a.participant, cast.accounts.therapist), cast.accounts.noa, 4)
    page = client_for(cast.accounts.noa).get("/questionnaires/course")
    assert "First 1.5, last 3, on a scale from 0 to 4." in page.content
    assert "A change smaller than 0.75 is within what this scale can show." in page.content
    assert "Stars are milestones" in page.content


def test_an_answer_that_was_not_offered_keeps_the_others(client_for: ClientFor, cast: Cast, make: Make) -> None:
    made = give(make, cast.a.participant, cast.accounts.therapist)
    own = client_for(cast.accounts.noa)
    path = f"/questionnaires/handouts/{made}/mine"
    values = {"a-ask": "2", "a-proud": "9", "do": "hand_in", "csrf_token": own.csrf_token()}
    page = own.post(path, values, status=422)
    (told,) = page.find("div", id="a-proud-error")
    assert "Choose one of the answers." in words_of(told)
    assert page.find("input", name="a-ask", value="2")[0].get("checked") is not None
    assert make.one(select(Handout.answers_sealed)) is None
    own.submit(own.get(path).main_forms[0], 422, do="hand_in")


def test_rather_not_needs_no_reason_and_can_be_undone(client_for: ClientFor, cast: Cast, make: Make) -> None:
    made = give(make, cast.a.participant, cast.accounts.therapist)
    own = client_for(cast.accounts.noa)
    page = own.get(f"/questionnaires/handouts/{made}/mine")
    form = next(form for form in page.main_forms if form.action.endswith("rather-not"))
    page = own.follow(own.submit(form, 303))
    assert "nobody is told" in page.content
    assert "nothing handed in" in client_for(cast.accounts.therapist).get(f"/questionnaires/handouts/{made}").content
    own.submit(next(form for form in page.forms if form.action.endswith("rather-not")), 303)
    assert make.one(select(Handout.declined_at)) is None


def test_swapped_seals_are_pages_not_errors(client_for: ClientFor, cast: Cast, make: Make) -> None:
    made = paper_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist)["paper"]
    make.do(lambda session: session.execute(update(Handout).values(answers_sealed=b"\x01" + b"x" * 60)))
    for account, path in (
        (cast.accounts.noa, f"/questionnaires/handouts/{made}/mine"),
        (cast.accounts.noa, "/questionnaires/course"),
        (cast.accounts.therapist, f"/questionnaires/handouts/{made}"),
    ):
        assert "can’t be read" in client_for(account).get(path).content


def test_coordinators_see_no_sign_of_it_on_the_record(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/participants/{cast.a.participant.public_id}"
    before = client_for(cast.accounts.coordinator).get(path).content
    paper_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist)
    assert client_for(cast.accounts.coordinator).get(path).content == before
    assert "uestionnaire" not in before
    assert "Questionnaires" in client_for(cast.accounts.therapist).get(path).content


def test_written_in_the_form_and_again_as_a_new_version(client_for: ClientFor, cast: Cast, make: Make) -> None:
    thea = client_for(cast.accounts.therapist)
    form = thea.get("/questionnaires/new").main_forms[0]
    rows = {"item-0-en": "I slept well.", "item-1-en": "I was in a hurry.", "item-1-reversed": "1"}
    page = thea.submit(form, 422, name_en="My day", answers_en="no\nyes", **rows | {"item-1-en": ""})
    assert "Question 2" in page.content
    assert "I slept well." in page.text
    page = thea.follow(thea.submit(form, 303, name_en="My day", answers_en="no\npartly\nyes", source="Own", **rows))
    assert "counts the other way" in page.content
    first = make.one(select(Questionnaire).where(Questionnaire.number == 1))
    assert (first.key, first.low, first.high) == ("my_day", 0, 2)
    form = thea.get(f"/questionnaires/{first.public_id}/next").main_forms[0]
    thea.submit(form, 303, **{"item-0-en": "I slept very well."})
    old, new = make.all(select(Questionnaire).where(Questionnaire.key == "my_day"))
    assert (old.archived_at is None, new.archived_at is None, new.number) == (False, True, 2)
    # A reworded question keeps its key, and the old version its words.
    assert [item["key"] for item in old.items] == [item["key"] for item in new.items]
    assert old.items[0]["text"] == {"en": "I slept well."}
    thea.submit(form, 422, **{"item-0-en": "Once more"})


FILE = """
name = { en = "My day" }
low = 0
high = 1
scoring = "sum"
source = "Own wording"
answers = { en = ["no", "yes"] }
[[item]]
key = "rested"
text = { en = "I was rested." }
"""


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"name = {", "Line 1"),
        (b'name = "x"\nlow = = 3', "Line 2"),
        (b'{"name": 1,\n "name": }', "Line 2"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, "can’t be read|can't be read"),
        (b"x" * 70_000, "larger than 64 KB"),
        (b'{"a":' * 5000, "can't be read"),
        (FILE.replace('"sum"', '"median"').encode(), "scoring"),
        (FILE.replace("I was rested.", "").encode(), "item[1].text.en"),
        (FILE.encode() + b"cutoff = 15\n", "item[1].cutoff"),
        (b"[]", "can't be read|list of keys|name"),
        (b"", "Please|name"),
    ],
)
def test_bad_files_are_told_where_and_save_nothing(
    source: bytes, told: str, client_for: ClientFor, cast: Cast, make: Make
) -> None:
    admin = client_for(cast.accounts.admin)
    count = make.one(select(func.count(Questionnaire.id)))
    values = {"csrf_token": admin.csrf_token(), "file": (io.BytesIO(source), "own.toml")}
    answer = admin.http.post("/questionnaires/file", data=values)
    assert answer.status_code == 422
    text = html.unescape(answer.text)
    assert "Please check this" in text
    assert any(part in text for part in told.split("|")), text
    assert make.one(select(func.count(Questionnaire.id))) == count


@pytest.mark.parametrize("source", [FILE.encode(), b"\xef\xbb\xbf" + FILE.encode()])
def test_a_file_becomes_a_questionnaire_and_its_next_version(
    source: bytes, client_for: ClientFor, cast: Cast, make: Make
) -> None:
    admin = client_for(cast.accounts.admin)

    def send(path: str, body: bytes) -> None:
        values = {"csrf_token": admin.csrf_token(), "file": (io.BytesIO(body), "own")}
        assert admin.http.post(path, data=values).status_code == 303

    send("/questionnaires/file", source)
    made = make.one(select(Questionnaire.public_id).where(Questionnaire.key == "my_day"))
    tree = next(tree for tree in read.questionnaires() if tree["key"] == "being_useful")
    send(f"/questionnaires/{made}/file", json.dumps(tree).encode())
    new = make.one(select(Questionnaire).where(Questionnaire.key == "my_day", Questionnaire.number == 2))
    # It stays what it was a version of, whatever key the file names.
    assert [item["key"] for item in new.items] == [item["key"] for item in tree["item"]]


def test_archived_and_offered_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    made = load(make, cast.a.program.id)
    admin = client_for(cast.accounts.admin)
    form = next(form for form in admin.get(f"/questionnaires/{made}").main_forms if form.action.endswith("archive"))
    page = admin.follow(admin.submit(form, 303))
    assert "no longer offered" in page.content
    admin.submit(next(form for form in page.forms if form.action.endswith("archive")), 303)
    assert make.one(select(Questionnaire.archived_at).where(Questionnaire.public_id == made)) is None
