"""What somebody chose about mails is kept, and nothing else changes."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from placement.domain.errors import Refused
from placement.domain.mails import MailKind
from placement.models.accounts.account import Account
from placement.models.system.log import Audit
from placement.usecases.mails.choose import ChooseMails, choose_mails
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make

NOTHING = ChooseMails(frozenset(), "en", None, None, "")


def row(make: Make, account: Account) -> Account:
    found: Account = make.one(select(Account).where(Account.id == account.id))
    return found


def test_what_was_not_chosen_is_off(work: Work, make: Make, cast: Cast) -> None:
    noa = cast.accounts.noa
    wanted = frozenset({MailKind.SHIFT_TOMORROW, MailKind.MILESTONE})
    choose_mails(work, make.actor(noa), ChooseMails(wanted, "de", time(20), time(7), "Europe/Lisbon"))
    now = row(make, noa)
    assert now.mails_off == [MailKind.PLACEMENT_ENDING, MailKind.PROPOSAL_WAITING, MailKind.SHIFT_CHANGED]
    assert (now.locale, now.quiet_from, now.quiet_until, now.zone) == ("de", time(20), time(7), "Europe/Lisbon")
    assert make.all(select(Audit.action).where(Audit.account_id == noa.id)) == ["mails.choose"]


def test_kinds_of_another_program_stay_as_they_are(work: Work, make: Make, cast: Cast) -> None:
    noa = cast.accounts.noa
    make.do(lambda s: setattr(s.get_one(Account, noa.id), "mails_off", [MailKind.WEEKLY_DIGEST, MailKind.MILESTONE]))
    everything = frozenset(MailKind)
    choose_mails(work, make.actor(noa), ChooseMails(everything, "en", None, None, ""))
    assert row(make, noa).mails_off == [MailKind.WEEKLY_DIGEST]


def test_only_those_who_are_called_give_a_number(work: Work, make: Make, cast: Cast) -> None:
    for account, phone in ((cast.accounts.coach, "030 1"), (cast.accounts.noa, ""), (cast.accounts.supervisor, "")):
        command = ChooseMails(frozenset(), "en", None, None, "", phone="030 1")
        choose_mails(work, make.actor(account), command)
        assert row(make, account).phone == phone


@pytest.mark.parametrize(
    ("start", "end", "zone", "field"),
    [
        (time(20), None, "", "quiet_until"),
        (None, time(7), "", "quiet_from"),
        (time(7), time(7), "", "quiet_until"),
        (None, None, "Europe/Atlantis", "zone"),
    ],
)
def test_half_an_answer_is_refused(
    work: Work, make: Make, cast: Cast, start: time | None, end: time | None, zone: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        choose_mails(work, make.actor(cast.accounts.noa), ChooseMails(frozenset(), "en", start, end, zone))
    assert refused.value.field == field
