"""The signed address ends one kind of mails of one person, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.errors import NotFound
from placement.domain.mails import MailKind
from placement.domain.notices import NoticeKind
from placement.domain.stop_mails import ACCOUNT, RATER, Stop, read_stop_token, stop_token
from placement.models.accounts.account import Account
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Notice
from placement.models.system.log import Audit
from placement.usecases.mails.stop import stop_mails
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make

KEY = b"k" * 32


def test_an_address_names_one_person_and_one_kind() -> None:
    stops = [Stop(who, name, kind) for who in (ACCOUNT, RATER) for name in ("aa_-1", "bb") for kind in MailKind]
    tokens = [stop_token(KEY, stop) for stop in stops]
    assert len(set(tokens)) == len(stops)
    assert [read_stop_token(KEY, token) for token in tokens] == stops
    assert [read_stop_token(b"other" * 8, token) for token in tokens] == [None] * len(stops)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("milestone", "shift_tomorrow"),
        lambda t: t.replace("aaaa", "bbbb"),
        lambda t: t.replace("account", "rater"),
        lambda t: t[:-1],
        lambda t: t + "x",
        lambda t: t + ".x",
        lambda t: t.rpartition(".")[0] + ".",
        lambda t: t.replace("milestone", "nothing"),
        lambda t: "",
        lambda t: t[:-1] + "ä",
    ],
)
def test_a_changed_address_is_nobodys(change: object) -> None:
    token = stop_token(KEY, Stop(ACCOUNT, "aaaa", MailKind.MILESTONE))
    changed = change(token)  # type: ignore[operator]
    assert changed != token
    assert read_stop_token(KEY, changed) is None


def off(make: Make, account: Account) -> list[str]:
    found: list[str] = make.one(select(Account.mails_off).where(Account.id == account.id))
    return found


def test_one_kind_ends_and_comes_again(work: Work, make: Make, cast: Cast) -> None:
    stop = Stop(ACCOUNT, cast.accounts.noa.public_id, MailKind.MILESTONE)
    for _ in range(2):
        stop_mails(work, stop)
        assert off(make, cast.accounts.noa) == [MailKind.MILESTONE]
    assert off(make, cast.accounts.kim) == []
    stop_mails(work, Stop(ACCOUNT, cast.accounts.noa.public_id, MailKind.SHIFT_TOMORROW))
    for _ in range(2):
        stop_mails(work, stop, again=True)
        assert off(make, cast.accounts.noa) == [MailKind.SHIFT_TOMORROW]
    assert make.all(select(Audit.action)) == ["mails.stop", "mails.stop", "mails.again"]


def test_who_has_left_is_not_found(work: Work, make: Make, cast: Cast) -> None:
    make.do(lambda s: setattr(s.get_one(Account, cast.accounts.noa.id), "archived_at", work.clock()))
    for stop in (Stop(ACCOUNT, cast.accounts.noa.public_id, MailKind.MILESTONE), Stop(RATER, "x", MailKind.NOTICES)):
        with pytest.raises(NotFound):
            stop_mails(work, stop)


def test_a_rater_with_an_account_is_asked_for_by_that(work: Work, cast: Cast) -> None:
    with pytest.raises(NotFound):
        stop_mails(work, Stop(RATER, cast.a.rater.public_id, MailKind.FEEDBACK_OWED))


def test_somebody_without_an_account_ends_all_and_the_coordinator_hears_of_it(
    work: Work, make: Make, cast: Cast
) -> None:
    now = make.clock.now
    rater = make.add(
        Rater(
            program_id=cast.a.program.id, kind="supervisor", name="Ria", email="ria@shop.example", created_at=now
        )
    )  # fmt: skip
    make.add(
        RaterLink(
            program_id=cast.a.program.id, rater_id=rater.id, placement_id=cast.a.placement.id, expires_at=now,
            created_at=now,
        )
    )  # fmt: skip
    stop = Stop(RATER, rater.public_id, MailKind.FEEDBACK_OWED)
    since = select(Rater.mails_off_at).where(Rater.id == rater.id)
    told = select(Notice).where(Notice.kind == NoticeKind.NO_MAILS)
    for _ in range(2):
        stop_mails(work, stop)
        assert make.one(since) == now
        (notice,) = make.all(told)
        assert (notice.rater_id, notice.placement_id) == (rater.id, cast.a.placement.id)
    stop_mails(work, stop, again=True)
    assert make.one(since) is None
    assert len(make.all(told)) == 1
