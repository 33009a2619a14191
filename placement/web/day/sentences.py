"""First lines of the day page."""

from __future__ import annotations

from datetime import date, timedelta

from placement.domain.notices import title_of
from placement.domain.words import Say, say, say_n
from placement.queries.day.caseload import CaseloadDay
from placement.queries.day.own import NextShift, OwnDay
from placement.queries.day.shop import ShopShift, Waits


def called_for(people: int, shops: int, lines: int) -> Say:
    """Who needs a coordinator today; ``lines``: of whatever else stands on the page."""
    if people and shops:
        return say(
            "%(people)s and %(shops)s need you today.",
            people=say_n("%(n)s person", "%(n)s people", people),
            shops=say_n("%(n)s shop", "%(n)s shops", shops),
        )
    if people:
        return say_n("%(n)s person needs you today.", "%(n)s people need you today.", people)
    if shops:
        return say_n("%(n)s shop needs you today.", "%(n)s shops need you today.", shops)
    return say("Nobody is waiting for you today.") if lines else say("Nothing needs you today.")


def own(day: OwnDay, today: date) -> Say:
    """A participant's first line: the next shift, else a proposal that waits."""
    if day.next_shift is None and any(proposal.open for proposal in day.proposals):
        return say("A proposal waits for your answer.")
    if day.next_shift is None and day.coming:
        return say("You said yes. Thank you!")
    if day.next_shift is None and day.paused:
        return say("Your placement is paused.")
    return next_shift(day.next_shift, today)


def next_shift(shift: NextShift | None, today: date) -> Say:
    """When somebody works next."""
    if shift is None:
        return say("No shift is planned at the moment.")
    if shift.begun:
        return say("Your shift began at %(time)s.", time=shift.start)
    if shift.day == today:
        return say("Your next shift is today at %(time)s.", time=shift.start)
    if shift.day == today + timedelta(days=1):
        return say("Your next shift is tomorrow at %(time)s.", time=shift.start)
    return say("Your next shift is on %(day)s at %(time)s.", day=shift.day, time=shift.start)


def shop(shifts: list[ShopShift], asked: int) -> Say:
    """A supervisor's first line; ``asked``: how many people would like to start and wait for the shop's answer."""
    owed = [shift for shift in shifts if shift.waits is Waits.OWED]
    if len(owed) == 1:
        return say("How was the shift of %(name)s?", name=owed[0].name)
    if owed:
        return say_n("%(n)s shift waits for a word from you.", "%(n)s shifts wait for a word from you.", len(owed))
    if asked:
        return say_n("Somebody would like to start with you.", "%(n)s people would like to start with you.", asked)
    later = [shift for shift in shifts if shift.waits is Waits.LATER]
    if later:
        return say_n("%(n)s shift today.", "%(n)s shifts today.", len(later))
    return say("Nothing waits for you today.")


def caseload(day: CaseloadDay) -> Say:
    """A therapist's or coach's first line: who needs them, else what there is to rate, else how many they are."""
    if day.notices:
        return title_of(day.notices[0].kind, day.notices[0].name)
    if not day.people:
        return say("Nobody is assigned to you at the moment.")
    talking = [person for person in day.people if person.talks]
    if len(talking) == 1:
        return say("%(name)s would like to talk about the proposal first.", name=talking[0].name)
    if talking:
        return say_n(
            "%(n)s person would like to talk about a proposal first.",
            "%(n)s people would like to talk about a proposal first.",
            len(talking),
        )
    needing = [person for person in day.people if person.more_help]
    if len(needing) == 1:
        return say("%(name)s needs more help again with a task.", name=needing[0].name)
    if needing:
        return say_n("%(n)s person needs more help again.", "%(n)s people need more help again.", len(needing))
    owed = sum(shift.waits is Waits.OWED for shift in day.shifts)
    if owed:
        return say_n("%(n)s shift waits for feedback.", "%(n)s shifts wait for feedback.", owed)
    watched = sum(len(person.watched) for person in day.people)
    if watched:
        return say_n("%(n)s step back to look at.", "%(n)s steps back to look at.", watched)
    back = sum(len(person.follow_ups) for person in day.people)
    if back:
        return say_n("%(n)s thing to come back to today.", "%(n)s things to come back to today.", back)
    return say_n("You look after %(n)s person.", "You look after %(n)s people.", len(day.people))


def programs(count: int) -> Say:
    """The first line of whoever runs the site."""
    return say_n("%(n)s program on this site.", "%(n)s programs on this site.", count)


def undelivered(count: int, most: int) -> Say:
    """Mails that were given up."""
    if count > most:
        return say("More than %(n)s mails could not be sent", n=most)
    return say_n("%(n)s mail could not be sent", "%(n)s mails could not be sent", count)


def accounts(unused: int, most: int) -> Say:
    """An admin's first line."""
    if not unused:
        return say("Every account is in use.")
    if unused > most:
        return say("More than %(n)s accounts wait for their first sign-in.", n=most)
    return say_n("%(n)s account waits for its first sign-in.", "%(n)s accounts wait for their first sign-in.", unused)
