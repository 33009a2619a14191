"""A handout with its questionnaire as its readers' pages need it, and its answers opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from placement.domain.questionnaires import HandoutState, Item, Scale, Score, score, state_of, unpack_answers
from placement.domain.sealed import Cipher, Place
from placement.models.accounts.account import Account, Assignment
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.queries.sealed import opened

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HandoutRow:
    """``state`` as the participant knows it. ``reader_cares``: the reader looks after the participant today."""

    public_id: str
    name: Words
    by: str
    reader: str
    reader_cares: bool
    given_on: datetime
    due_on: date | None
    read_by: date
    answered_at: datetime | None
    read_at: datetime | None
    state: HandoutState
    filled: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A questionnaire's version as it is answered. ``answers``: locale → the words of each from low to high."""

    about: Words
    scale: Scale
    answers: Mapping[str, list[str]]
    smallest_change: float | None
    source: str

    def options(self, locale: str) -> list[tuple[int, str]]:
        """Each answer with its words, in the locale or the first one there is."""
        words = self.answers.get(locale) or next(iter(self.answers.values()))
        return list(zip(range(self.scale.low, self.scale.high + 1), words, strict=True))

    def language(self, locale: str) -> str:
        """The language its items are shown in for a reader of ``locale``."""
        return locale if locale in self.answers else next(iter(self.answers))


@dataclass(frozen=True, slots=True)
class Given:
    """Answers that were opened; ``broken``: they are there, but can't be read."""

    values: Mapping[str, int]
    broken: bool
    score: Score


def handout_rows(day: date, *columns: Any) -> Select[Any]:
    """The columns of :class:`HandoutRow`, then ``columns``; ``day``: today."""
    by, reader = aliased(Account), aliased(Account)
    cares = exists().where(
        Assignment.participant_id == Handout.participant_id,
        Assignment.account_id == Handout.reader_account_id,
        Assignment.first_day <= day,
        Assignment.last_day.is_(None) | (Assignment.last_day >= day),
    )
    found: Any = (
        select(
            Handout.public_id, Questionnaire.name, by.name.label("by"), reader.name.label("reader"),
            cares.label("cares"), Handout.created_at, Handout.due_on, Handout.read_by, Handout.answered_at,
            Handout.declined_at, Handout.read_at, Handout.taken_back_at,
            Handout.answers_sealed.is_not(None).label("filled"), *columns,
        )
        .join(Questionnaire, Questionnaire.id == Handout.questionnaire_id)
        .join(by, by.id == Handout.by_account_id)
        .join(reader, reader.id == Handout.reader_account_id)
    )  # fmt: skip
    return found


def handout_row(row: Any) -> HandoutRow:
    state = state_of(row.answered_at, row.declined_at, row.read_at, row.taken_back_at)
    return HandoutRow(
        row.public_id, row.name, row.by, row.reader, bool(row.cares), row.created_at, row.due_on, row.read_by,
        row.answered_at, row.read_at, state, bool(row.filled),
    )  # fmt: skip


def asked_columns() -> tuple[Any, ...]:
    """The columns :func:`asked_of` reads."""
    one = Questionnaire
    return one.about, one.items, one.low, one.high, one.scoring, one.answers, one.smallest_change, one.source


def asked_of(row: Any) -> Asked:
    items = tuple(Item(one["key"], one["text"], bool(one["reversed"])) for one in row.items)
    return Asked(row.about, Scale(items, row.low, row.high, row.scoring), row.answers, row.smallest_change, row.source)


def given_of(cipher: Cipher, sealed: bytes | None, handout: str, scale: Scale) -> Given:
    """What was filled in, opened; nothing where nothing was. A broken seal is told, and is no error."""
    words = opened(cipher, sealed, Place("handout", "answers_sealed", handout))
    if words.broken:
        return Given({}, True, score(scale, {}))
    values = unpack_answers(words.text) if words.text else {}
    return Given(values, False, score(scale, values))
