"""Making accounts: who gets what, and what happens with an address that is known."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.roles import Role
from placement.domain.support import RaterKind
from placement.domain.tokens import link_token, token_hash
from placement.models.accounts.account import Account, AccountLink, Membership
from placement.models.employers.employer import SiteSupervisor
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.system.job import Job
from placement.models.system.log import Audit
from placement.usecases.accounts.create import CreateAccount, create_account
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def command(email: str = "Nia@Example.org", *roles: Role, **more: object) -> CreateAccount:
    return CreateAccount("Nia  Hart", email, "de", frozenset(roles or {Role.COACH}), **more)  # type: ignore[arg-type]


def test_a_new_person_gets_roles_a_rater_and_a_mail_with_a_link(make: Make, work: Work, cast: Cast) -> None:
    public_id = create_account(
        work, make.actor(cast.accounts.admin), command("Nia@Example.org", Role.COACH, Role.ADMIN)
    )
    account = make.one(select(Account).where(Account.public_id == public_id))
    assert (account.name, account.email, account.email_key, account.sort_key) == (
        "Nia Hart", "Nia@Example.org", "nia@example.org", "nia hart",
    )  # fmt: skip
    assert account.password_hash is None
    assert not account.runs_site
    roles = make.all(select(Membership.role).where(Membership.account_id == account.id))
    assert set(roles) == {Role.COACH, Role.ADMIN}
    assert make.all(select(Rater.kind).where(Rater.account_id == account.id)) == [RaterKind.COACH]
    job = make.one(select(Job))
    link = make.one(select(AccountLink).where(AccountLink.account_id == account.id))
    assert job.refs == {"account": account.id, "link": link.id}
    assert job.program_id == cast.a.program.id
    assert link.token_hash == token_hash(link_token(work.link_key, link.id, 1))
    entry = make.one(select(Audit).where(Audit.action == "accounts.create"))
    assert entry.subject_id == account.id
    assert entry.account_id == cast.accounts.admin.id
    assert "Nia" not in str(entry.detail)
    assert "example" not in str(entry.detail)


def test_a_name_that_grows_when_folded_fits_its_column(make: Make, work: Work, cast: Cast) -> None:
    """One letter may become eighteen."""
    long = CreateAccount("\ufdfa" * 120, "long@example.org", "de", frozenset({Role.COACH}))
    public_id = create_account(work, make.actor(cast.accounts.admin), long)
    assert len(make.one(select(Account.sort_key).where(Account.public_id == public_id))) == 160


def test_a_known_address_gets_a_membership_and_keeps_its_name(make: Make, work: Work, cast: Cast) -> None:
    known = cast.accounts.outsider_therapist
    public_id = create_account(work, make.actor(cast.accounts.admin), command(known.email.upper()))
    assert public_id == known.public_id
    account = make.one(select(Account).where(Account.id == known.id))
    assert (account.name, account.locale) == (known.name, known.locale)
    assert make.one(select(Job.refs)) == {"account": known.id}, "no link: the password stays"
    assert make.one(select(func.count(Membership.id)).where(Membership.account_id == known.id)) == 2


def test_who_is_in_the_program_already_is_refused(make: Make, work: Work, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        create_account(work, make.actor(cast.accounts.admin), command(cast.accounts.coach.email))
    assert refused.value.field == "email"
    assert make.one(select(func.count(Job.id))) == 0


def test_a_participant_is_connected_with_the_record(make: Make, work: Work, cast: Cast) -> None:
    admin = make.actor(cast.accounts.admin)
    public_id = create_account(
        work, admin, command("lee@example.org", Role.PARTICIPANT, participant=cast.lee.public_id)
    )
    account_id = make.one(select(Account.id).where(Account.public_id == public_id))
    assert make.one(select(Participant.account_id).where(Participant.id == cast.lee.id)) == account_id
    with pytest.raises(Refused, match="already has an account"):
        create_account(work, admin, command("x@example.org", Role.PARTICIPANT, participant=cast.lee.public_id))
    with pytest.raises(NotFound):
        create_account(
            work, admin, command("y@example.org", Role.PARTICIPANT, participant=cast.b.participant.public_id)
        )
    assert (
        make.one(select(func.count(Account.id)).where(Account.email_key.in_(["x@example.org", "y@example.org"]))) == 0
    )


def test_a_supervisor_gets_shops_of_the_own_program_only(make: Make, work: Work, cast: Cast) -> None:
    admin = make.actor(cast.accounts.admin)
    sites = (cast.a.site.public_id, cast.other_site.public_id)
    public_id = create_account(work, admin, command("sup@example.org", Role.SUPERVISOR, sites=sites))
    account = make.one(select(Account).where(Account.public_id == public_id))
    rater_id = make.one(select(Rater.id).where(Rater.account_id == account.id))
    found = make.all(select(SiteSupervisor.site_id).where(SiteSupervisor.rater_id == rater_id))
    assert set(found) == {cast.a.site.id, cast.other_site.id}
    assert make.actor(account).sites == set(found)
    with pytest.raises(NotFound):
        create_account(work, admin, command("s2@example.org", Role.SUPERVISOR, sites=(cast.b.site.public_id,)))


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b@c", "a b@c.org", "ä@example.org", "a@x\n.org", "a" * 250 + "@b.org"]
)
def test_what_is_no_address_is_refused(make: Make, work: Work, cast: Cast, email: str) -> None:
    with pytest.raises(Refused) as refused:
        create_account(work, make.actor(cast.accounts.admin), command(email))
    assert refused.value.field == "email"


@pytest.mark.parametrize("who", ["coordinator", "therapist", "coach", "supervisor", "noa", "site_admin"])
def test_nobody_but_an_admin_makes_accounts(make: Make, work: Work, cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        create_account(work, make.actor(getattr(cast.accounts, who)), command())
