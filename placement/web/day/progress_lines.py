"""What needs a coordinator about progress: milestones, more help again, tasks to look at; and how these are said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for

from placement.domain.milestone_words import milestone_words
from placement.domain.words import Say, say, say_n
from placement.queries.day.own import LatestMilestone
from placement.queries.day.progress_lines import Celebration, KeptCheck, Slip, Watched
from placement.web.day.thing import Thing


def title_of(row: Celebration | LatestMilestone) -> Say:
    """A milestone's name."""
    return milestone_words(
        row.kind, task=row.task, percent=row.percent, occasions=row.occasions, amount=row.amount, name=row.words
    )


def check_text(row: KeptCheck) -> Say:
    """Mastered tasks to look at, in a sentence."""
    if row.needs_look:
        return say_n(
            "“%(task)s” was mastered, and took help again on %(day)s",
            "%(n)s tasks were mastered, and took help again, the last on %(day)s",
            row.tasks,
            task=row.task,
            day=row.day,
        )
    return say_n(
        "“%(task)s” was mastered: is it still done alone?",
        "%(n)s tasks were mastered: are they still done alone?",
        row.tasks,
        task=row.task,
    )


def watched_text(before: int, after: int, until: date, slips: bool) -> Say:
    """A step back to look at, in a sentence."""
    if slips:
        return say(
            "Needs more help again since the coach stepped back from %(before)s to %(after)s %%",
            before=before, after=after,
        )  # fmt: skip
    return say(
        "The coach stepped back from %(before)s to %(after)s %%, watched until %(day)s: does it hold?",
        before=before, after=after, day=until,
    )  # fmt: skip


def to_tell(row: Celebration) -> Thing:
    """A milestone taken back that somebody has to speak about."""
    return Thing(
        say("to tell"),
        "todo",
        row.name,
        say(
            "“%(milestone)s” was withdrawn after they had seen it. Somebody has to tell them.",
            milestone=title_of(row),
        ),
        say("Look"),
        url_for("progress.show", public_id=row.participant),
    )


def slip(row: Slip) -> Thing:
    """Somebody who needs more help again."""
    text = (
        say("needs more help again with “%(task)s”, since %(day)s", task=row.task, day=row.since)
        if row.tasks == 1
        else say_n(
            "needs more help again with %(n)s task, the last since %(day)s",
            "needs more help again with %(n)s tasks, the last since %(day)s",
            row.tasks,
            day=row.since,
        )
    )
    return Thing(
        say("more help"),
        None,
        row.name,
        text,
        say("Look"),
        url_for("progress.show", public_id=row.participant),
    )


def watched(row: Watched) -> Thing:
    """A step back to look at."""
    text = watched_text(row.before, row.after, row.until, row.slips)
    href = url_for("progress.fading", public_id=row.placement)
    return Thing(say("step back"), "todo", row.name, text, say("Look"), href)


def check(row: KeptCheck) -> Thing:
    """Mastered tasks to look at."""
    tag = say("needs a look") if row.needs_look else say("check due")
    return Thing(tag, None, row.name, check_text(row), say("Look"), url_for("progress.show", public_id=row.participant))


def news(milestones: Iterable[Celebration]) -> list[tuple[Celebration, int]]:
    """One line a person, however much they reached in the week: the newest, and how many others."""
    reached: dict[str, list[Celebration]] = {}
    for row in milestones:
        if not row.to_tell:
            reached.setdefault(row.participant, []).append(row)
    lines = [(max(rows, key=lambda row: row.day), len(rows) - 1) for _, rows in sorted(reached.items())]
    return sorted(lines, key=lambda line: line[0].day, reverse=True)


def celebrate(line: tuple[Celebration, int]) -> Thing:
    """What somebody reached this week: the newest, and how many others."""
    row, others = line
    text = title_of(row)
    if others:
        text = say_n("%(title)s, and %(n)s more", "%(title)s, and %(n)s more", others, title=text)
    return Thing(
        say("milestone"),
        "sun",
        row.name,
        text,
        say("Celebrate"),
        url_for("progress.show", public_id=row.participant),
    )
