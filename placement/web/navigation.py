"""The main menu: what this person's roles can open."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import gettext

from placement.domain.roles import Role
from placement.domain.words import say
from placement.policy.check import allowed
from placement.policy.permissions import Permission as P
from placement.web.current import actor_or_none


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    href: str
    icon: str
    current: bool
    #: Stands in the narrow tabs of a phone where the label has no room.
    short: str = ""


#: endpoint, words, icon, permission. A menu shows what its reader may open.
ITEMS = (
    ("day.show", say("Today"), "day", P.DAY_SEE),
    ("progress.mine", say("Progress"), "progress", P.PLACEMENT_ANSWER),
    ("participants.me", say("Me"), "me", P.PLACEMENT_ANSWER),
    ("participants.index", say("People"), "people", P.PARTICIPANT_LIST),
    ("progress.people", say("Caseload"), "progress", P.PARTICIPANT_LIST),
    ("employers.index", say("Employers"), "employers", P.EMPLOYER_SEE),
    ("employers.openings", say("Openings"), "openings", P.EMPLOYER_SEE),
    ("matching.index", say("Matching"), "matching", P.MATCHING_RUN),
    ("placements.index", say("Placements"), "placements", P.PLACEMENT_LIST),
    ("shifts.index", say("Shifts"), "shift", P.SHIFT_SEE),
    ("notices.index", say("Notes"), "note", P.NOTICE_LIST),
    ("groups.index", say("Groups"), "groups", P.GROUP_LIST),
    ("feedback.index", say("Feedback"), "feedback", P.FEEDBACK_SUBMIT),
    ("outcomes.show", say("Reports"), "note", P.OUTCOME_SEE),
    ("accounts.index", say("Accounts"), "accounts", P.ACCOUNT_MANAGE),
    ("programs.show", say("Program"), "program", P.PROGRAM_EDIT),
    ("programs.index", say("Programs"), "programs", P.PROGRAM_CREATE),
)
ENDPOINTS = frozenset(item[0] for item in ITEMS)

#: Pages of other nouns that belong under an item, by the beginning of their endpoint.
BELOW = {"participants.index": "progress.", "shifts.index": "shifts."}
#: Words for the tabs of a phone, for labels longer than these letters.
SHORT = {"employers.openings": say("Places")}
MOST_TAB_LETTERS = 12


def main_nav() -> list[NavItem]:
    """The items of the signed-in person, in order, with the current one marked."""
    who = actor_or_none()
    if who is None:
        return []
    here = request.endpoint or ""
    items = []
    for endpoint, words, icon, permission in ITEMS:
        if allowed(who, permission) and endpoint in current_app.view_functions:
            label = gettext(words.msgid)
            short = _short(endpoint, label)
            items.append(NavItem(label, url_for(endpoint), icon, _is_current(here, endpoint), short))
    return items


def _short(endpoint: str, label: str) -> str:
    return gettext(SHORT[endpoint].msgid) if endpoint in SHORT and len(label) > MOST_TAB_LETTERS else ""


def _is_current(here: str, endpoint: str) -> bool:
    if here in ENDPOINTS:
        return here == endpoint
    if endpoint in BELOW and here.startswith(BELOW[endpoint]):
        return True
    if endpoint == "employers.openings":
        return here.startswith("employers.opening")
    noun, page = endpoint.split(".")
    opening = here.startswith("employers.opening")
    return page in ("index", "show", "me", "mine") and here.startswith(noun + ".") and not opening


def help_now() -> str | None:
    """ "I need help now": on every page of a participant, and signed out."""
    who = actor_or_none()
    return url_for("accounts.help_now") if who is None or Role.PARTICIPANT in who.roles else None


def tell() -> str | None:
    """How the place was, or that something is wrong: on every page of a participant."""
    who = actor_or_none()
    return url_for("notices.mine") if who is not None and allowed(who, P.NOTICE_TELL) else None


def menu_urls() -> dict[str, str]:
    """Addresses of the account menu."""
    urls = {"preferences": url_for("accounts.preferences")}
    if actor_or_none() is not None:
        urls |= {
            "account": url_for("accounts.own"),
            "reading": url_for("accounts.reading"),
            "mails": url_for("mails.preferences"),
            "switch": url_for("accounts.own", _anchor="programs"),
            "sign_out": url_for("accounts.sign_out"),
        }
        told = tell()
        if told is not None:
            urls["tell"] = told
    return urls


def init_app(app: Flask) -> None:
    @app.context_processor
    def _navigation() -> dict[str, object]:
        if request.endpoint in ("static", "bootstrap.static"):
            return {}
        return {"main_nav": main_nav(), "help_now_url": help_now(), "tell_url": tell(), "menu_urls": menu_urls()}
