"""Letters about shifts: tomorrow's, feedback that is missing, the link to the form, "not today" for the shop."""

from __future__ import annotations

from placement.domain.letters import Letter, Link
from placement.domain.tokens import rater_link_token
from placement.domain.words import Say, say, say_n
from placement.queries.mails.shift_facts import OwedLine, link_facts, owed_lines, shift_facts
from placement.worker.desk import Desk


def shift_tomorrow(desk: Desk) -> Letter | None:
    """For the participant, until the shift begins."""
    shift = shift_facts(desk.db, desk.refs["shift"], desk.now)
    if shift is None or shift.starts_at <= desk.now or shift.is_away:
        return None
    where = say("At %(shop)s", shop=shift.shop)
    if shift.street:
        where = say("At %(shop)s, %(street)s", shop=shift.shop, street=shift.street)
    return Letter(
        say("Your shift on %(day)s", day=shift.day),
        say(
            "your next shift is on %(day)s, from %(start)s to %(end)s.", day=shift.day, start=shift.start, end=shift.end
        ),
        lines=(where,),
        links=(Link(say("See your shift"), desk.url("shifts.show", public_id=shift.public_id)),),
        more=(say("You can't come? Two taps in Placement are enough, and you need not say why."),),
    )


def not_today(desk: Desk) -> Letter | None:
    """For the shop, until the shift is over: not coming, or coming after all; never why."""
    shift = shift_facts(desk.db, desk.refs["shift"], desk.now)
    if shift is None:
        return None
    when = {"name": shift.name, "day": shift.day, "start": shift.start, "end": shift.end}
    if not shift.is_away:
        return Letter(
            say("%(name)s is coming after all", name=shift.name),
            say("%(name)s is coming after all: %(day)s, from %(start)s to %(end)s.", **when),
        )
    day = shift.day == desk.local_day(shift.zone)
    subject = say("%(name)s is not coming today", name=shift.name)
    return Letter(
        subject if day else say("%(name)s is not coming on %(day)s", name=shift.name, day=shift.day),
        say("%(name)s is not coming on %(day)s, from %(start)s to %(end)s.", **when),
        more=(say("The program knows. There is nothing you have to do, and nothing to ask."),),
    )


def feedback_owed(desk: Desk) -> Letter | None:
    """For the shop: all that is missing now, with the form of each."""
    if desk.reader.rater_id is None:
        return None
    owed = owed_lines(desk.db, desk.reader.rater_id, desk.now)
    if not owed:
        return None
    return Letter(
        say_n("How was it? One shift without feedback", "How was it? %(n)s shifts without feedback", len(owed)),
        say_n(
            "a few taps about this shift are still missing. They take half a minute.",
            "a few taps about these %(n)s shifts are still missing. Each takes half a minute.",
            len(owed),
        ),
        lines=tuple(_line(line) for line in owed),
        links=_forms(desk, owed),
        more=(say("Did somebody not come? One tap says so."),),
    )


def feedback_link(desk: Desk) -> Letter | None:
    """For somebody without an account, as long as the link works."""
    facts = link_facts(desk.db, desk.refs["link"], desk.now)
    if facts is None:
        return None
    return Letter(
        say("How a shift went: your link for %(name)s", name=facts.name),
        say(
            "with this link you say in half a minute how a shift of %(name)s at %(shop)s went.",
            name=facts.name,
            shop=facts.shop,
        ),
        links=(Link(say("Open the form"), _card(desk, facts.link)),),
        more=(
            say("You need no account and no password. The link is only for you: please keep it to yourself."),
            say("It works for two weeks, and with every answer for two weeks more."),
        ),
    )


def _line(line: OwedLine) -> Say:
    return say(
        "%(name)s on %(day)s, from %(start)s to %(end)s",
        name=line.name,
        day=line.day,
        start=line.start,
        end=line.end,
    )


def _forms(desk: Desk, owed: list[OwedLine]) -> tuple[Link, ...]:
    """One form for each intern of somebody without an account; for others the shift's, or the list."""
    links = {line.link: line.name for line in owed if line.link is not None}
    if links:
        return tuple(
            Link(say("Open the form for %(name)s", name=name), _card(desk, link)) for link, name in links.items()
        )
    if len(owed) == 1:
        return (Link(say("Open the form"), desk.url("feedback.submit", public_id=owed[0].public_id)),)
    return (Link(say("Open the list"), desk.url("feedback.index")),)


def _card(desk: Desk, link: tuple[int, int]) -> str:
    return desk.url("cards.landing", token=rater_link_token(desk.link_key, *link))
