"""The card of the day in the demo: numbers to call, people in a shop without an account, lines for the card."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.domain.mails import kinds_for
from placement.domain.placements import Move
from placement.domain.roles import Role
from placement.queries.cards.lines import card_lines
from placement.usecases.cards.lines import add_line, release_line
from placement.usecases.cards.raters import AddRater, add_rater
from placement.usecases.mails.choose import ChooseMails, choose_mails

#: Numbers kept free for films and books: Ofcom's 020 7946 0xxx, the Bundesnetzagentur's 030 23125 xxx.
_PHONE = {"en": "020 7946 0{:03}", "de": "030 23125 {:03}"}
_RATERS = {
    "en": (("Pat from the early shift", ""), ("Robin Marsh", "robin.marsh@shop.example")),
    "de": (("Pat aus der Frühschicht", ""), ("Robin Marsch", "robin.marsch@laden.example")),
}
_LINES = {
    "en": ("No lifting over 5 kg.", "A break every hour."),
    "de": ("Nichts über 5 kg heben.", "Jede Stunde eine kurze Pause."),
}
_OVER = {Move.COMPLETE, Move.PAUSE, Move.END_EARLY}


def write_cards(desk: Desk) -> None:
    """Numbers for everybody who is called, and the first running stay of somebody who can sign in."""
    called = [row for row in desk.story.people if row.roles & {Role.COORDINATOR, Role.COACH}]
    for number, person in enumerate(called):
        who = desk.actor(person.key)
        phone = _PHONE[desk.story.locale].format(100 + number)
        wanted = frozenset(kinds_for(who.roles))
        choose_mails(desk.work, who, ChooseMails(wanted, person.locale, None, None, "", phone))
    accounts = {row.key: row.account for row in desk.story.interns if row.account}
    running = [stay for stay in desk.story.stays if stay.turns and stay.intern in accounts]
    for stay in running:
        moves = {move for move, _ in stay.moves}
        if Move.START in moves and not moves & _OVER:
            _card(desk, desk.stays[stay.key], accounts[stay.intern])
            return


def _card(desk: Desk, placement: str, account: str) -> None:
    """Two people without an account, one of them without an address; the first line is released."""
    cora = desk.actor("coordinator1")
    for name, email in _RATERS[desk.story.locale]:
        key = str(uuid5(NAMESPACE_URL, f"{desk.program}:{name}"))
        add_rater(desk.work, cora, AddRater(placement, key, name, email, desk.story.locale))
    for text in _LINES[desk.story.locale]:
        add_line(desk.work, cora, placement, text)
    own = desk.actor(account)
    release_line(desk.work, own, card_lines(desk.reads, own, placement).lines[0].public_id, released=True)
