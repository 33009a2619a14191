"""The catalog is complete in both languages, and its keys hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from placement.catalog import read
from placement.domain.groups import AREAS
from placement.domain.milestone_words import milestone_words
from placement.domain.milestones import Rule, RuleKind
from placement.domain.practice import PERSONAL, SHARED_AREAS
from placement.domain.support import CanonicalRank, NotTodayReason

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")


def entries() -> Iterator[tuple[str, Any]]:
    scale = read.scale()
    groups: dict[str, tuple[Any, ...]] = {
        "area": read.areas(),
        "task": (*read.tasks(), *read.private_tasks()),
        "trait": read.traits(),
        "level": scale.levels,
        "reason": scale.reasons,
        "accommodation": read.accommodations(),
        "rule": read.rules(),
    }
    for group, rows in groups.items():
        for row in rows:
            yield f"{group}:{row.key}", row
    for country in read.help_countries():
        for line in read.help_lines(country):
            yield f"help:{country}:{line.number}", line


def wordings() -> Iterator[tuple[str, dict[str, str]]]:
    yield "not_today", read.scale().not_today
    for where, row in entries():
        for field in ("name", "sentence", "low", "high", "title"):
            if hasattr(row, field):
                yield f"{where}.{field}", getattr(row, field)
        for index, step in enumerate(getattr(row, "steps", ())):
            yield f"{where}.steps[{index}]", step


@pytest.mark.parametrize(("where", "wording"), list(wordings()))
def test_every_wording_is_there_in_both_languages(where: str, wording: dict[str, str]) -> None:
    assert set(wording) == {"en", "de"}, where
    for text in wording.values():
        assert text == text.strip()
        assert len(text) >= 2
        assert "  " not in text
        assert "'" not in wording["de"]
    assert sorted(PLACEHOLDER.findall(wording["en"])) == sorted(PLACEHOLDER.findall(wording["de"]))


def test_sentences_are_sentences_in_both_languages() -> None:
    for where, wording in wordings():
        if where.endswith((".sentence", "]")):
            for text in wording.values():
                assert text.endswith("."), where
                assert text[0].isupper() or text[0].isdigit(), where


def test_translations_differ_where_they_are_long_enough_to() -> None:
    same = [where for where, wording in wordings() if len(wording["en"]) > 20 and wording["en"] == wording["de"]]
    assert same == []


def test_short_names_are_short() -> None:
    long = [where for where, wording in wordings() if where.endswith(".name") and max(map(len, wording.values())) > 45]
    assert long == []


def test_keys_are_unique_and_plain() -> None:
    names = [where for where, _ in entries()]
    assert len(names) == len(set(names))
    for _, row in entries():
        if hasattr(row, "key"):
            assert KEY.fullmatch(row.key), row.key


def test_names_are_unique_within_their_kind() -> None:
    kinds: tuple[tuple[Any, ...], ...] = (
        read.areas(),
        (*read.tasks(), *read.private_tasks()),
        read.traits(),
        read.accommodations(),
        read.scale().levels,
    )
    for rows in kinds:
        for locale in ("en", "de"):
            names = [row.name[locale].casefold() for row in rows]
            assert len(names) == len(set(names))


def test_tasks_stand_in_known_areas_and_every_area_has_some() -> None:
    tasks = read.tasks()
    # Groups add their own tasks; the catalog offers none for them.
    assert {task.area for task in tasks} == {area.key for area in read.areas()} - set(AREAS.values()) - {PERSONAL}
    assert {task.audience for task in tasks} == {"program"}
    assert 50 <= len(tasks) <= 65
    with_steps = [task for task in tasks if task.steps]
    assert 8 <= len(with_steps) <= 21
    assert all(3 <= len(task.steps) <= 6 for task in with_steps)


def test_personal_care_is_a_template_and_calls_on_no_ability() -> None:
    assert {task.area for task in read.private_tasks()} == {PERSONAL}
    assert {task.audience for task in read.private_tasks()} == {"private"}
    assert not any(task.traits for task in read.private_tasks())
    assert len(read.private_tasks()) >= 4
    assert {task.area for task in read.tasks()} >= set(SHARED_AREAS)


def test_there_are_twenty_traits() -> None:
    assert len(read.traits()) == 20


def test_the_scale_maps_to_canonical_ranks_from_most_to_least_independent() -> None:
    scale = read.scale()
    on = {level.key: level.rank for level in scale.levels if not level.off}
    assert on == {"alone": 6, "reminder": 5, "hint": 4, "showing": 3, "together": 2}
    assert {level.key for level in scale.levels if level.off} == {"partial_physical", "full_physical"}
    ranks = [level.rank for level in scale.levels]
    assert ranks == sorted(set(ranks), reverse=True)
    assert set(ranks) <= {rank.value for rank in CanonicalRank}


def test_the_reasons_of_not_today_are_those_of_the_domain() -> None:
    assert {reason.key for reason in read.scale().reasons} == set(NotTodayReason) - {NotTodayReason.UNSAID}


def test_the_default_rules_are_rules_of_the_domain() -> None:
    rules = read.rules()
    built = [Rule(id=at, kind=RuleKind(rule.kind), **rule.params) for at, rule in enumerate(rules)]
    assert {rule.kind for rule in built} <= set(RuleKind)
    mastery = next(rule for rule in built if rule.kind is RuleKind.CONSECUTIVE_TASK)
    assert (mastery.percent, mastery.occasions, mastery.raters) == (90, 3, 2)
    assert [rule.amount for rule in built if rule.kind is RuleKind.HOURS_COMPLETED] == [20, 50, 100]
    assert [rule.amount for rule in built if rule.kind is RuleKind.SHIFTS_COMPLETED] == [5, 10, 25, 50]


def test_a_rule_title_asks_only_for_what_its_rule_knows() -> None:
    for rule in read.rules():
        about_a_task = ("first_alone", "consecutive_task", "another_site", "another_rater", "another_time")
        known = set(rule.params) | ({"task"} if rule.kind in about_a_task else set())
        for text in rule.title.values():
            assert set(PLACEHOLDER.findall(text)) <= known
            assert "%" not in text % dict.fromkeys(known, "x")


def test_a_rule_title_reads_as_the_domain_says_it() -> None:
    for rule in read.rules():
        words = milestone_words(
            RuleKind(rule.kind),
            task={"en": "Shelves"},
            **{name: value for name, value in rule.params.items() if name != "raters"},
        )
        spoken = (words.plural or words.msgid) % {**words.params, "task": "Shelves"}
        assert rule.title["en"] % {**rule.params, "task": "Shelves"} == spoken


def test_every_task_calls_on_one_to_four_of_our_abilities_and_every_ability_is_called_on() -> None:
    known = {trait.key for trait in read.traits()}
    for task in read.tasks():
        assert 1 <= len(task.traits) <= 4, task.key
        assert len(task.traits) == len(set(task.traits)), task.key
    assert {key for task in read.tasks() for key in task.traits} == known
