"""What an admin can do with accounts, and where it ends."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.roles import Role
from placement.models.accounts.account import Account, AccountLink, Membership
from placement.models.accounts.session import SignInSession
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.system.job import Job
from placement.policy.actor import Actor
from placement.usecases.accounts.archive import archive_account, restore_account
from placement.usecases.accounts.connect import add_site, connect_record, end_site, send_password_link
from placement.usecases.accounts.create import CreateAccount, create_account
from placement.usecases.accounts.edit import EditAccount, edit_account
from placement.usecases.accounts.roles import SetRoles, set_roles
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make


@pytest.fixture
def admin(make: Make, cast: Cast) -> Actor:
    return make.actor(cast.accounts.admin)


def fresh(make: Make, account: Account) -> Account:
    found: Account = make.one(select(Account).where(Account.id == account.id))
    return found


def roles(make: Make, account: Account, program_id: int) -> set[Role]:
    return set(
        make.all(
            select(Membership.role).where(
                Membership.account_id == account.id,
                Membership.program_id == program_id,
                Membership.archived_at.is_(None),
            )
        )
    )


def test_a_name_and_an_address_are_corrected_under_a_version(make: Make, work: Work, cast: Cast, admin: Actor) -> None:
    coach = cast.accounts.coach
    edit_account(work, admin, EditAccount(coach.public_id, 1, "Joanna Field", "JO@example.org"))
    row = fresh(make, coach)
    assert (row.name, row.sort_key, row.email, row.email_key, row.version) == (
        "Joanna Field", "joanna field", "JO@example.org", "jo@example.org", 2,
    )  # fmt: skip
    assert make.one(select(Rater.name).where(Rater.account_id == coach.id)) == "Joanna Field"
    with pytest.raises(Stale) as stale:
        edit_account(work, admin, EditAccount(coach.public_id, 1, "Jo", "jo@example.org"))
    assert stale.value.current == {"name": "Joanna Field", "email": "JO@example.org"}


def test_a_taken_address_is_refused(make: Make, work: Work, cast: Cast, admin: Actor) -> None:
    with pytest.raises(Refused) as refused:
        edit_account(work, admin, EditAccount(cast.accounts.coach.public_id, 1, "Jo", cast.accounts.ben.email.upper()))
    assert refused.value.field == "email"


def test_a_new_address_before_the_first_password_gets_a_new_link(
    make: Make, work: Work, cast: Cast, admin: Actor
) -> None:
    public_id = create_account(work, admin, CreateAccount("Nia", "nai@example.org", "en", frozenset({Role.COACH})))
    edit_account(work, admin, EditAccount(public_id, 1, "Nia", "nia@example.org"))
    nia = select(Account.id).where(Account.public_id == public_id).scalar_subquery()
    open_ = select(AccountLink.id).where(AccountLink.expires_at > work.clock(), AccountLink.account_id == nia)
    assert make.all(open_) == [make.all(select(Job.refs).order_by(Job.id))[1]["link"]]


@pytest.mark.parametrize("who", ["member elsewhere", "runs the site"])
def test_an_account_used_elsewhere_cannot_be_renamed(
    make: Make, work: Work, cast: Cast, admin: Actor, who: str
) -> None:
    account = cast.accounts.outsider_therapist if who == "member elsewhere" else cast.accounts.site_admin
    make.member(account, cast.a.program, Role.COACH)
    with pytest.raises(Refused, match="used elsewhere"):
        edit_account(work, admin, EditAccount(account.public_id, 1, "Other", "other@example.org"))
    archive_account(work, admin, account.public_id)
    row = fresh(make, account)
    assert row.archived_at is None
    assert row.name == account.name
    assert roles(make, account, cast.a.program.id) == set()
    if who == "member elsewhere":
        assert roles(make, account, cast.b.program.id) == {Role.THERAPIST}
        assert make.actor(account, cast.b.program).roles == {Role.THERAPIST}


def test_roles_go_on_and_off_and_a_rater_stays_the_same_person(
    make: Make, work: Work, cast: Cast, admin: Actor
) -> None:
    coach, program = cast.accounts.coach, cast.a.program.id
    before = make.one(select(Rater.id).where(Rater.account_id == coach.id))
    set_roles(work, admin, SetRoles(coach.public_id, 1, frozenset({Role.COORDINATOR})))
    assert roles(make, coach, program) == {Role.COORDINATOR}
    assert make.actor(coach).rater_ids == frozenset()
    set_roles(work, admin, SetRoles(coach.public_id, 2, frozenset({Role.COORDINATOR, Role.COACH})))
    assert roles(make, coach, program) == {Role.COORDINATOR, Role.COACH}
    assert make.actor(coach).rater_ids == {before}
    with pytest.raises(Stale):
        set_roles(work, admin, SetRoles(coach.public_id, 2, frozenset({Role.COACH})))
    with pytest.raises(Refused):
        set_roles(work, admin, SetRoles(coach.public_id, 3, frozenset()))


def test_the_last_admin_stays_and_nobody_gives_themselves_more(
    make: Make, work: Work, cast: Cast, admin: Actor
) -> None:
    me = cast.accounts.admin
    for change in (
        lambda: set_roles(work, admin, SetRoles(me.public_id, 1, frozenset({Role.COACH}))),
        lambda: set_roles(work, admin, SetRoles(me.public_id, 1, frozenset({Role.ADMIN, Role.COORDINATOR}))),
        lambda: archive_account(work, admin, me.public_id),
    ):
        with pytest.raises(Refused):
            change()
    assert roles(make, me, cast.a.program.id) == {Role.ADMIN}
    set_roles(work, admin, SetRoles(cast.accounts.coach.public_id, 1, frozenset({Role.COACH, Role.ADMIN})))
    archive_account(work, admin, me.public_id)
    assert fresh(make, me).archived_at is not None
    other = make.actor(cast.accounts.coach)
    with pytest.raises(Refused, match="needs an admin"):
        archive_account(work, other, cast.accounts.coach.public_id)


def test_an_archived_admin_does_not_count_as_one(make: Make, work: Work, cast: Cast, admin: Actor) -> None:
    make.account("Gone", [Role.ADMIN], cast.a.program, archived_at=work.clock())
    with pytest.raises(Refused, match="needs an admin"):
        archive_account(work, admin, cast.accounts.admin.public_id)


def test_archiving_signs_out_and_restoring_gives_back_the_roles(
    make: Make, work: Work, cast: Cast, admin: Actor, clock: Clock
) -> None:
    coach, program = cast.accounts.coach, cast.a.program.id
    set_roles(work, admin, SetRoles(coach.public_id, 1, frozenset({Role.COACH, Role.THERAPIST})))
    set_roles(work, admin, SetRoles(coach.public_id, 2, frozenset({Role.COACH, Role.COORDINATOR})))
    send_password_link(work, admin, coach.public_id)
    make.actor(coach)
    clock.advance(minutes=1)
    archive_account(work, admin, coach.public_id)
    open_sessions = select(func.count(SignInSession.id)).where(
        SignInSession.account_id == coach.id, SignInSession.ended_at.is_(None)
    )
    assert make.one(open_sessions) == 0
    assert (
        make.one(
            select(func.count(AccountLink.id)).where(
                AccountLink.expires_at > clock.now, AccountLink.account_id == coach.id
            )
        )
        == 0
    )
    with pytest.raises(Refused):
        send_password_link(work, admin, coach.public_id)
    clock.advance(days=3)
    restore_account(work, admin, coach.public_id)
    assert roles(make, coach, program) == {Role.COACH, Role.COORDINATOR}
    assert fresh(make, coach).archived_at is None


def test_restoring_needs_the_address_to_be_free(make: Make, work: Work, cast: Cast, admin: Actor) -> None:
    coach = cast.accounts.coach
    archive_account(work, admin, coach.public_id)
    make.account("Somebody", email=coach.email)
    with pytest.raises(Refused, match="another account"):
        restore_account(work, admin, coach.public_id)
    assert fresh(make, coach).archived_at is not None


def test_what_another_program_closed_is_not_opened_here(
    make: Make, work: Work, cast: Cast, admin: Actor, clock: Clock
) -> None:
    tom = cast.accounts.outsider_therapist
    make.member(tom, cast.a.program, Role.COACH)
    archive_account(work, admin, tom.public_id)
    clock.advance(days=1)
    make.do(lambda s: setattr(s.get_one(Account, tom.id), "archived_at", clock.now))
    with pytest.raises(Refused, match="closed elsewhere"):
        restore_account(work, admin, tom.public_id)


def test_a_record_and_shops_are_connected_and_let_go(
    make: Make, work: Work, cast: Cast, admin: Actor, clock: Clock
) -> None:
    public_id = create_account(
        work, admin, CreateAccount("Lee", "lee@example.org", "en", frozenset({Role.PARTICIPANT, Role.SUPERVISOR}))
    )
    account = make.one(select(Account).where(Account.public_id == public_id))
    connect_record(work, admin, public_id, cast.lee.public_id)
    assert make.actor(account).participant_id == cast.lee.id
    with pytest.raises(Refused):
        connect_record(work, admin, public_id, cast.kim.public_id)
    connect_record(work, admin, public_id, None)
    assert make.one(select(Participant.account_id).where(Participant.id == cast.lee.id)) is None
    add_site(work, admin, public_id, cast.a.site.public_id)
    assert make.actor(account).sites == {cast.a.site.id}
    end_site(work, admin, public_id, cast.a.site.public_id)
    assert make.actor(account).sites == frozenset()
    add_site(work, admin, public_id, cast.a.site.public_id)
    assert make.actor(account).sites == {cast.a.site.id}
    with pytest.raises(NotFound):
        add_site(work, admin, public_id, cast.b.site.public_id)
    with pytest.raises(Refused):
        add_site(work, admin, cast.accounts.coach.public_id, cast.a.site.public_id)


def test_accounts_of_other_programs_do_not_exist(make: Make, work: Work, cast: Cast, admin: Actor) -> None:
    ben = cast.accounts.ben.public_id
    for attempt in (
        lambda: edit_account(work, admin, EditAccount(ben, 1, "x", "x@example.org")),
        lambda: set_roles(work, admin, SetRoles(ben, 1, frozenset({Role.COACH}))),
        lambda: archive_account(work, admin, ben),
        lambda: restore_account(work, admin, ben),
        lambda: send_password_link(work, admin, ben),
        lambda: connect_record(work, admin, ben, cast.lee.public_id),
        lambda: add_site(work, admin, ben, cast.a.site.public_id),
        lambda: end_site(work, admin, ben, cast.a.site.public_id),
    ):
        with pytest.raises(NotFound):
            attempt()


@pytest.mark.parametrize("who", ["coordinator", "therapist", "noa", "site_admin"])
def test_only_admins_manage(make: Make, work: Work, cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        archive_account(work, make.actor(getattr(cast.accounts, who)), cast.accounts.coach.public_id)
