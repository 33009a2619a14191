"""The program's words, edited by its admin."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from placement.models.feedback.observation import Observation, ObservationStep
from placement.models.programs.catalog import Accommodation, Task, TaskStep, TaskTrait, Trait
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


@pytest.mark.parametrize("path", ["tasks", "traits", "accommodations", "scale", "rules"])
def test_each_list_shows_the_own_program_in_few_statements(
    client_for: ClientFor, cast: Cast, statements: Counter, path: str
) -> None:
    visitor = client_for(cast.accounts.admin)
    with statements:
        page = visitor.get(f"/program/{path}")
    assert statements.count <= 2, statements.texts
    first = {
        "tasks": cast.a.catalog.tasks,
        "traits": cast.a.catalog.traits,
        "accommodations": cast.a.catalog.accommodations,
    }
    if path in first:
        assert first[path][0].name["en"] in page.content


def test_a_word_is_fixed_in_place(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    task = cast.a.catalog.tasks[0]
    visitor.submit(f"/program/tasks/{task.public_id}", 303, name_en="Shelves, filled", name_de="")
    row = make.one(select(Task).where(Task.id == task.id))
    assert row.name == {"en": "Shelves, filled"}
    assert row.key == task.key
    assert row.version == 2
    page = visitor.submit(f"/program/tasks/{task.public_id}", 422, name_en="", name_de="Regale")
    assert any("own language" in error for error in page.errors)
    assert page.main_forms[0].fields["name_de"] == ["Regale"]


def test_two_at_once_see_both(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    trait = cast.a.catalog.traits[0]
    stale = visitor.get(f"/program/traits/{trait.public_id}").main_forms[0]
    visitor.submit(f"/program/traits/{trait.public_id}", 303, name_en="First words")
    page = visitor.submit(stale, 409, name_en="Second words")
    assert "First words" in page.content
    visitor.submit(page.main_forms[0], 303)
    assert make.one(select(Trait.name).where(Trait.id == trait.id))["en"] == "Second words"


def test_another_meaning_replaces_the_old_one(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    old = cast.a.catalog.tasks[0]
    path = f"/program/tasks/new?replaces={old.public_id}"
    page = visitor.get(path)
    assert page.main_forms[0].fields["name_en"] == [old.name["en"]]
    visitor.post(path, page.main_forms[0].fields | {"name_en": "Something else"}, status=303)
    assert make.one(select(Task.archived_at).where(Task.id == old.id)) is not None
    new = make.one(select(Task).where(Task.key == "something_else"))
    assert new.program_id == cast.a.program.id
    steps = func.count(TaskStep.id)
    assert make.one(select(steps).where(TaskStep.task_id == new.id)) == make.one(
        select(steps).where(TaskStep.task_id == old.id)
    )


def test_archive_and_restore(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    row = cast.a.catalog.accommodations[0]
    visitor.post(f"/program/accommodations/{row.public_id}/archive", status=303)
    assert row.name["en"] not in visitor.get("/program/accommodations").content
    assert row.name["en"] in visitor.get("/program/accommodations?show=archived").content
    visitor.post(f"/program/accommodations/{row.public_id}/restore", status=303)
    assert make.one(select(Accommodation.archived_at).where(Accommodation.id == row.id)) is None


def test_one_whose_place_is_taken_stays_archived(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    row = cast.a.catalog.accommodations[0]
    visitor.post(f"/program/accommodations/{row.public_id}/archive", status=303)
    make.add(Accommodation(program_id=cast.a.program.id, key=row.key, name={"en": "Another"}))
    done = visitor.post(f"/program/accommodations/{row.public_id}/restore", status=303)
    assert "taken its place" in visitor.follow(done).words


def test_steps_are_added_moved_and_taken_out(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    visitor.submit(
        "/program/tasks/new", 303, name_en="Wrap a gift", sentence_en="A gift is wrapped.",
        **{"step-0-en": "Take paper"},
    )  # fmt: skip
    task = make.one(select(Task).where(Task.key == "wrap_a_gift"))
    path = f"/program/tasks/{task.public_id}"
    visitor.submit(path, 303, **{"step-1-en": "Fold it"})
    first = make.all(select(TaskStep.id).where(TaskStep.task_id == task.id).order_by(TaskStep.position))
    form = visitor.get(path).main_forms[0]
    page = visitor.post(path, form.fields | {"change": "up-1"}, status=200)
    assert page.main_forms[0].fields["step-0-en"] == ["Fold it"]
    assert make.one(select(Task.version).where(Task.id == task.id)) == 2, "nothing is saved yet"
    visitor.submit(page.main_forms[0], 303)
    moved = make.all(select(TaskStep.id).where(TaskStep.task_id == task.id).order_by(TaskStep.position))
    assert moved == first[::-1], "the same steps in another order"
    form = visitor.get(path).main_forms[0]
    page = visitor.post(path, form.fields | {"change": "drop-0"}, status=200)
    visitor.submit(page.main_forms[0], 303)
    names = make.all(select(TaskStep.name).where(TaskStep.task_id == task.id))
    assert names == [{"en": "Take paper"}]


def test_a_rated_step_cannot_be_taken_out(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    task = cast.a.catalog.tasks[0]
    step = make.add(TaskStep(program_id=task.program_id, task_id=task.id, position=90, name={"en": "Rated step"}))
    observation = make.one(select(Observation).where(Observation.task_id == task.id).limit(1))
    make.add(
        ObservationStep(
            program_id=task.program_id, observation_id=observation.id, step_id=step.id,
            level_id=observation.level_id, rank=observation.rank,
        )
    )  # fmt: skip
    page = visitor.get(f"/program/tasks/{task.public_id}")
    fields = page.main_forms[0].fields
    number = next(name.split("-")[1] for name, value in fields.items() if value == ["Rated step"])
    fields |= {f"step-{number}-en": "", f"step-{number}-de": ""}
    page = visitor.post(f"/program/tasks/{task.public_id}", fields, status=422)
    assert "rated already" in page.content
    assert make.one(select(TaskStep.id).where(TaskStep.id == step.id))


@pytest.mark.parametrize("who", ["coordinator", "therapist", "noa", "site_admin"])
def test_only_admins_see_it(client_for: ClientFor, cast: Cast, who: str) -> None:
    for path in ("/program", "/program/tasks", "/program/scale/new"):
        client_for(getattr(cast.accounts, who)).get(path, 403)


def test_another_programs_words_do_not_exist(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.admin)
    foreign = cast.b.catalog.tasks[0].public_id
    visitor.get(f"/program/tasks/{foreign}", 404)
    visitor.get(f"/program/tasks/new?replaces={foreign}", 404)
    visitor.post(f"/program/tasks/{foreign}/archive", status=404)
    visitor.post(f"/program/traits/{cast.b.catalog.traits[0].public_id}/restore", status=404)


def test_a_task_of_one_person_is_not_the_catalogs(client_for: ClientFor, cast: Cast, make: Make) -> None:
    private = make.add(
        Task(
            program_id=cast.a.program.id, key="own", area=cast.a.catalog.tasks[0].area, name={"en": "Secret task"},
            sentence={"en": "x"}, audience="private", participant_id=cast.a.participant.id,
        )
    )  # fmt: skip
    visitor = client_for(cast.accounts.admin)
    assert "Secret task" not in visitor.get("/program/tasks").content
    visitor.get(f"/program/tasks/{private.public_id}", 404)


def test_a_task_says_which_abilities_it_calls_on(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    task, (first, second, third) = cast.a.catalog.tasks[0], cast.a.catalog.traits
    path = f"/program/tasks/{task.public_id}"
    linked = select(TaskTrait.trait_id).where(TaskTrait.task_id == task.id).order_by(TaskTrait.trait_id)
    assert make.all(linked) == []
    stale = visitor.get(path).main_forms[0]
    visitor.submit(path, 303, traits=[first.public_id, second.public_id])
    assert make.all(linked) == [first.id, second.id]
    assert f"Calls on: {first.name['en']}, {second.name['en']}" in visitor.get("/program/tasks").content
    conflict = visitor.submit(stale, 409, traits=[third.public_id])
    assert second.name["en"] in conflict.content
    assert third.name["en"] in conflict.content
    visitor.submit(conflict.main_forms[0], 303)
    assert make.all(linked) == [third.id]


def test_an_ability_linked_before_it_was_archived_stays_linked(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    task, trait = cast.a.catalog.tasks[0], cast.a.catalog.traits[0]
    make.add(TaskTrait(program_id=task.program_id, task_id=task.id, trait_id=trait.id))
    visitor.post(f"/program/traits/{trait.public_id}/archive", {}, status=303)
    visitor.submit(f"/program/tasks/{task.public_id}", 303, name_en="Filling up")
    assert make.all(select(TaskTrait.trait_id).where(TaskTrait.task_id == task.id)) == [trait.id]
    # Another task cannot be linked with it any more.
    other = f"/program/tasks/{cast.a.catalog.tasks[1].public_id}"
    visitor.submit(other, 422, traits=[trait.public_id])


def test_no_foreign_ability_is_linked(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.admin)
    path = f"/program/tasks/{cast.a.catalog.tasks[0].public_id}"
    visitor.submit(path, 422, traits=[cast.b.catalog.traits[0].public_id])
