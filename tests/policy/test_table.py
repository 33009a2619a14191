"""Who may what, said a second time: the table of authority must agree with these lines, person by person."""

from __future__ import annotations

import pytest

from placement.domain.errors import Forbidden
from placement.domain.roles import Role
from placement.policy.actor import Actor
from placement.policy.check import allowed, ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.policy.table import TABLE

HERE, ELSEWHERE = 1, 2
NOA, KIM = 10, 11
MARKET, HARBOR = 20, 21
SOL, JO = 30, 31


def person(*roles: Role, **more: object) -> Actor:
    return Actor(account_id=1, name="x", locale="en", program_id=HERE, roles=frozenset(roles), **more)  # type: ignore[arg-type]


PEOPLE = {
    "admin": person(Role.ADMIN),
    "coordinator": person(Role.COORDINATOR),
    "therapist": person(Role.THERAPIST, assigned=frozenset({NOA}), rater_ids=frozenset({99})),
    "coach": person(Role.COACH, covering=frozenset({NOA}), rater_ids=frozenset({JO})),
    "supervisor": person(Role.SUPERVISOR, sites=frozenset({MARKET}), rater_ids=frozenset({SOL})),
    "participant": person(Role.PARTICIPANT, participant_id=NOA),
    "site": Actor(account_id=2, name="y", locale="en", runs_site=True),
}

EVERYBODY = "admin coordinator therapist coach supervisor participant site"
#: Permission → who may, where the object is Noa's, at Market Street, on a current shift, rated by Sol.
EXPECTED = {
    P.PUBLIC: EVERYBODY,
    P.ACCOUNT_OWN: EVERYBODY,
    P.DAY_SEE: EVERYBODY,
    P.ACCOUNT_MANAGE: "admin",
    P.MAIL_REPAIR: "admin",
    P.PROGRAM_CREATE: "site",
    P.PROGRAM_EDIT: "admin",
    P.CATALOG_EDIT: "admin",
    P.PARTICIPANT_LIST: "coordinator therapist coach",
    P.PARTICIPANT_SEE: "coordinator therapist coach participant",
    P.PARTICIPANT_CREATE: "coordinator",
    P.PARTICIPANT_EDIT: "coordinator participant",
    P.PARTICIPANT_WISHES: "coordinator therapist coach participant",
    P.PARTICIPANT_ABILITIES: "coordinator therapist coach",
    P.PARTICIPANT_ASSIGN: "coordinator",
    P.EMPLOYER_SEE: "coordinator therapist coach",
    P.EMPLOYER_EDIT: "coordinator",
    P.MATCHING_RUN: "coordinator",
    P.LIST_EXPORT: "coordinator",
    P.PLACEMENT_LIST: "coordinator therapist coach",
    P.PLACEMENT_SEE: "coordinator therapist coach participant",
    P.PLACEMENT_MANAGE: "coordinator",
    P.PLACEMENT_ANSWER: "participant",
    P.PLACEMENT_SHOP_ANSWER: "supervisor",
    P.SHIFT_SEE: "coordinator therapist coach participant supervisor",
    P.SHIFT_PLAN: "coordinator",
    P.SHIFT_ATTENDANCE: "coordinator therapist coach",
    P.FEEDBACK_SUBMIT: "therapist coach supervisor",
    P.FEEDBACK_SEE: "coordinator therapist coach supervisor",
    P.FEEDBACK_WITHDRAW: "coordinator",
    P.PROGRESS_SEE: "coordinator therapist coach participant",
    P.BESIDE_SEE: "therapist coach",
    P.PROGRESS_EVENTS: "coordinator therapist coach",
    P.MILESTONE_TELL: "coordinator therapist coach",
    P.RULES_EDIT: "admin coordinator",
    P.RULES_PERSON: "coordinator therapist coach",
    P.MILESTONE_CHOOSE: "participant",
    P.CONTACT_SEE: "coordinator therapist coach",
    P.CONTACT_ADD: "coordinator therapist coach",
    P.CONTACT_EDIT: "coordinator therapist coach",
    P.FADING_SEE: "coordinator therapist coach",
    P.FADING_STEP: "coordinator therapist coach",
    P.GOAL_SEE: "coordinator therapist coach participant",
    P.GOAL_EDIT: "coordinator therapist coach participant",
    P.OWN_VIEW_SEE: "coordinator therapist coach participant",
    P.OWN_VIEW_GIVE: "participant",
    P.NOTICE_LIST: "coordinator therapist coach",
    P.NOTICE_SEE: "coordinator therapist coach",
    P.NOTICE_CLOSE: "coordinator therapist coach",
    P.TASK_TAKE_UP: "coordinator",
    P.NOTICE_TELL: "participant",
    P.NOTICE_OWN: "participant",
    P.ILL_TELL: "participant",
    P.ILL_END: "coordinator therapist coach",
    P.PLACEMENT_OWN_MOVE: "participant",
    P.COMMENTS_CHOOSE: "participant",
    P.COMMENTS_ANSWER: "participant",
    P.COMMENTS_RELEASE: "coordinator therapist coach",
    P.ATTENDANCE_OWN: "participant",
    P.INCIDENT_LIST: "coordinator",
    P.INCIDENT_SEE: "coordinator therapist coach",
    P.INCIDENT_ADD: "coordinator therapist coach",
    P.INCIDENT_EDIT: "coordinator",
    P.PORTFOLIO_OWN: "participant",
    P.CERTIFICATE_SEE: "coordinator therapist coach participant",
    P.REPORT_SEE: "coordinator therapist coach participant supervisor",
    P.REPORT_LIST: "coordinator therapist coach participant",
    P.REPORT_CREATE: "coordinator therapist coach participant",
    P.REPORT_REMOVE: "coordinator therapist coach participant",
    P.REPORT_RELEASE: "participant",
    P.CARD_MANAGE: "coordinator",
    P.CARD_RELEASE: "participant",
    P.REPORT_FOR_PARTICIPANT: "coordinator therapist coach participant",
    P.REPORT_FOR_THERAPIST: "coordinator therapist coach",
    P.REPORT_FOR_EMPLOYER: "coordinator therapist coach participant supervisor",
    P.REPORT_SHOP: "supervisor",
    P.GROUP_LIST: "coordinator therapist coach",
    P.GROUP_OWN: "participant",
    P.GROUP_CREATE: "coordinator therapist coach",
    P.GROUP_SEE: "coordinator therapist coach participant",
    P.GROUP_LEAD: "coordinator therapist coach",
    P.GROUP_PHOTO: "coordinator therapist coach participant",
    P.GROUP_ATTENDANCE: "coordinator therapist coach",
    P.GROUP_OBSERVE: "therapist coach",
    P.FEED_OWN: "participant supervisor",
    P.FEED_SITE: "coordinator",
    P.FEED_CHANGE: "coordinator participant supervisor",
    P.BUSY_IMPORT: "coordinator participant",
    P.LIMIT_SEE: "coordinator therapist coach participant",
    P.LIMIT_EDIT: "coordinator therapist coach",
    P.PLAN_OWN: "participant",
    P.CHECK_IN: "participant",
    P.SESSION_SEE: "therapist coach participant",
    P.SESSION_PLAN: "therapist coach",
    P.SESSION_HOLD: "therapist coach",
    P.SESSION_OWN: "participant",
    P.SESSION_DATES: "coordinator",
    P.AGENDA_SEE: "therapist coach participant",
    P.AGENDA_TAKE_BACK: "therapist coach participant",
    P.SESSION_NOTE_WRITE: "therapist coach",
    P.SESSION_NOTE_OPEN: "therapist coach",
    P.RIGHTS_OWN: "participant",
    P.RIGHTS_LIST: "admin coordinator therapist coach",
    P.RIGHTS_CORRECT: "coordinator therapist coach",
    P.RIGHTS_ERASE: "admin coordinator",
    P.RIGHTS_NOTE: "therapist coach",
    P.REPRESENTATIVE_EDIT: "coordinator",
    P.DEPUTY_NAME: "admin therapist coach",
    P.PRACTICE_SEE: "therapist coach participant",
    P.PRACTICE_EDIT: "therapist coach participant",
    P.PRACTICE_RATE: "therapist coach participant",
    P.PRACTICE_OWN: "participant",
    P.DIARY_OWN: "participant",
    P.DIARY_SHARED: "therapist coach",
    P.DIARY_READ: "therapist coach",
    P.CONCERN_WRITE: "coordinator therapist coach",
    P.CONCERN_SEE: "coordinator therapist coach",
    P.EXPOSURE_SEE: "therapist participant",
    P.EXPOSURE_EDIT: "therapist participant",
    P.EXPOSURE_OWN: "participant",
    P.EXPOSURE_ACCOMPANY: "therapist",
    P.QUESTIONNAIRE_EDIT: "admin therapist",
    P.HANDOUT_OWN: "participant",
    P.HANDOUT_GIVE: "therapist",
    P.HANDOUT_SEE: "therapist coach",
    P.HANDOUT_TAKE_BACK: "therapist",
    P.HANDOUT_READ: "therapist coach",
    P.ACTIVITY_SEE: "therapist coach participant",
    P.ACTIVITY_WRITE: "therapist coach",
    P.ACTIVITY_EDIT: "therapist coach",
    P.ACTIVITY_OWN: "participant",
    P.ACTIVITY_READ: "therapist coach",
    P.ENROLLMENT_LIST: "coordinator",
    P.ENROLLMENT_SEE: "coordinator therapist coach participant",
    P.ENROLLMENT_EDIT: "coordinator",
    P.ENROLLMENT_OWN: "participant",
    P.OUTCOME_SEE: "coordinator",
    P.OUTCOME_FREEZE: "coordinator",
    P.CHECKLIST_SEE: "coordinator therapist coach participant",
    P.CHECKLIST_EDIT: "coordinator",
    P.IMPORT_RUN: "coordinator",
}
OWN = Facts(
    program_id=HERE, participant_id=NOA, site_id=MARKET, rater_id=SOL, account_id=1, current=True, leader_id=1,
    member_ids=frozenset({NOA}), reader_id=1,
)  # fmt: skip
#: Permissions that ask about no object of a program.
ABOUT_NOTHING = {P.PUBLIC, P.ACCOUNT_OWN, P.DAY_SEE, P.PROGRAM_CREATE}
#: What the site itself owns besides: there, whoever runs it.
OF_THE_SITE = {P.MAIL_REPAIR}
#: Permissions held at whole programs: whose the object is does not matter.
PROGRAM_WIDE = {
    P.LIST_EXPORT, P.PARTICIPANT_LIST, P.EMPLOYER_SEE, P.PLACEMENT_LIST, P.NOTICE_LIST, P.GROUP_LIST, P.GROUP_CREATE,
    P.RIGHTS_LIST,
    P.QUESTIONNAIRE_EDIT,
}  # fmt: skip

#: What a clinical deputy may, whoever looks after the person.
FOR_DEPUTIES = {P.SESSION_SEE, P.SESSION_NOTE_OPEN, P.RIGHTS_NOTE}
#: What only its writer and its owner read.
FOR_TWO = {P.CONCERN_SEE}


def who(permission: P, facts: Facts | None) -> set[str]:
    return {name for name, actor in PEOPLE.items() if allowed(actor, permission, facts)}


def test_every_permission_is_in_both_tables() -> None:
    assert set(TABLE) == set(P) == set(EXPECTED)


@pytest.mark.parametrize("permission", list(P))
def test_who_may_with_what_is_theirs(permission: P) -> None:
    assert who(permission, OWN) == set(EXPECTED[permission].split())


@pytest.mark.parametrize("permission", list(P))
def test_the_role_alone_opens_the_same_doors(permission: P) -> None:
    """A menu must neither hide what works nor show what never does. Whoever has rated may look for their feedback."""
    site = {"site"} if permission in OF_THE_SITE else set()
    assert who(permission, None) == set(EXPECTED[permission].split()) | site


@pytest.mark.parametrize("permission", sorted(set(P) - ABOUT_NOTHING))
def test_what_belongs_to_no_program_is_for_whoever_runs_the_site(permission: P) -> None:
    assert who(permission, Facts(program_id=None)) == ({"site"} if permission in OF_THE_SITE else set())


@pytest.mark.parametrize("permission", sorted(set(P) - ABOUT_NOTHING))
def test_nobody_reaches_into_another_program(permission: P) -> None:
    elsewhere = Facts(
        program_id=ELSEWHERE, participant_id=NOA, site_id=MARKET, rater_id=SOL, account_id=1, current=True
    )
    assert who(permission, elsewhere) == set()


@pytest.mark.parametrize("permission", sorted(set(P) - ABOUT_NOTHING - PROGRAM_WIDE - FOR_DEPUTIES - FOR_TWO))
def test_another_person_at_another_shop_is_for_coordinators_and_admins(permission: P) -> None:
    other = Facts(program_id=HERE, participant_id=KIM, site_id=HARBOR, rater_id=98, current=True)
    assert who(permission, other) == set(EXPECTED[permission].split()) & {"coordinator", "admin"}


@pytest.mark.parametrize("permission", sorted(FOR_DEPUTIES))
def test_a_session_of_somebody_else_is_for_named_deputies_alone(permission: P) -> None:
    for named, doors in ((True, {"therapist", "coach"}), (False, set())):
        other = Facts(program_id=HERE, participant_id=KIM, account_id=7, current=named)
        assert who(permission, other) == doors


def test_nobody_takes_another_ones_words_off_the_list() -> None:
    others = Facts(program_id=HERE, participant_id=NOA, account_id=7)
    assert who(P.AGENDA_TAKE_BACK, others) == who(P.SESSION_NOTE_WRITE, others) == who(P.SESSION_HOLD, others) == set()
    assert who(P.DEPUTY_NAME, others) == {"admin"}


def test_supervisors_only_see_current_shifts() -> None:
    later = Facts(program_id=HERE, participant_id=NOA, site_id=MARKET, rater_id=98, current=False)
    assert "supervisor" not in who(P.SHIFT_SEE, later) | who(P.FEEDBACK_SUBMIT, later)


def test_a_shop_answers_only_what_waits_for_it() -> None:
    earlier = Facts(program_id=HERE, participant_id=NOA, site_id=MARKET, current=False)
    assert who(P.PLACEMENT_SHOP_ANSWER, earlier) == set()


def test_an_employers_report_opens_once_it_is_released() -> None:
    waiting = Facts(program_id=HERE, participant_id=NOA, site_id=MARKET, account_id=1, current=False)
    assert who(P.REPORT_FOR_EMPLOYER, waiting) == {"participant"}
    assert "supervisor" not in who(P.REPORT_SEE, waiting) | who(P.REPORT_SHOP, waiting)


def test_a_report_is_removed_by_whoever_wrote_it_and_by_coordinators() -> None:
    others = Facts(program_id=HERE, participant_id=NOA, site_id=MARKET, account_id=2, current=True)
    assert who(P.REPORT_REMOVE, others) == {"coordinator"}


def test_a_shared_entry_is_for_its_reader_and_a_concern_for_its_two() -> None:
    kept = Facts(program_id=HERE, participant_id=NOA, current=False)
    assert who(P.DIARY_READ, kept) == who(P.ACTIVITY_READ, kept) == who(P.CONCERN_SEE, kept) == set()
    owned = Facts(program_id=HERE, participant_id=KIM, account_id=7, listener_id=1)
    assert who(P.CONCERN_SEE, owned) == {"coordinator", "therapist", "coach"}, "they are all account 1"
    written = Facts(program_id=HERE, participant_id=KIM, account_id=1, listener_id=7)
    assert who(P.CONCERN_SEE, written) == {"coordinator"}, "the others do not look after Kim"


NOTICES = (P.NOTICE_SEE, P.NOTICE_CLOSE)


@pytest.mark.parametrize("permission", NOTICES)
def test_what_is_told_to_one_person_is_for_that_person_alone(permission: P) -> None:
    for whom in (NOA, KIM):
        told = Facts(program_id=HERE, participant_id=whom, listener_id=1, current=True)
        assert who(permission, told) == {"coordinator", "therapist", "coach"}, "they are all account 1"
        other = Facts(program_id=HERE, participant_id=whom, listener_id=7, current=True)
        assert who(permission, other) == set()
    elsewhere = Facts(program_id=ELSEWHERE, participant_id=NOA, listener_id=1, current=True)
    assert who(permission, elsewhere) == set()


@pytest.mark.parametrize("permission", NOTICES)
def test_what_is_for_coordinators_is_not_for_the_others(permission: P) -> None:
    notice = Facts(program_id=HERE, participant_id=NOA)
    assert who(permission, notice) == {"coordinator"}


def test_whoever_wrote_feedback_sees_it_also_when_it_is_old() -> None:
    old = Facts(program_id=HERE, participant_id=KIM, site_id=HARBOR, rater_id=SOL, current=False)
    assert who(P.FEEDBACK_SEE, old) == {"coordinator", "supervisor"}


def test_signed_out_means_public_only() -> None:
    assert [permission for permission in P if allowed(None, permission)] == [P.PUBLIC]


def test_roles_add_up() -> None:
    both = person(Role.COACH, Role.ADMIN, assigned=frozenset({KIM}))
    may = {permission for permission in P if allowed(both, permission, Facts(program_id=HERE, participant_id=KIM))}
    assert {P.ACCOUNT_MANAGE, P.PROGRESS_SEE} <= may
    assert P.PARTICIPANT_CREATE not in may


def test_a_role_without_its_person_opens_nothing() -> None:
    """The account has the role, but its participant is archived or was never linked."""
    assert not allowed(person(Role.PARTICIPANT), P.PROGRESS_SEE, Facts(program_id=HERE, participant_id=None))
    assert not allowed(person(participant_id=NOA), P.PROGRESS_SEE, OWN)


def test_an_account_without_a_program_opens_no_program() -> None:
    lost = Actor(account_id=1, name="x", locale="en", roles=frozenset(Role))
    assert {permission for permission in P if allowed(lost, permission, OWN)} == {P.PUBLIC, P.ACCOUNT_OWN, P.DAY_SEE}


def test_ensure_says_what_was_missing() -> None:
    ensure(PEOPLE["coordinator"], P.PARTICIPANT_CREATE, OWN)
    with pytest.raises(Forbidden, match="participant.create"):
        ensure(PEOPLE["participant"], P.PARTICIPANT_CREATE, OWN)


PRACTICE = (P.PRACTICE_SEE, P.PRACTICE_EDIT, P.PRACTICE_RATE)


@pytest.mark.parametrize("permission", PRACTICE)
def test_what_is_practiced_is_for_those_who_look_after_somebody_and_personal_care_for_two(permission: P) -> None:
    shared = Facts(program_id=HERE, participant_id=NOA)
    assert who(permission, shared) == {"therapist", "coach", "participant"}
    assert who(permission, Facts(program_id=HERE, participant_id=NOA, private=True)) == {"therapist", "participant"}
    assert who(permission, Facts(program_id=ELSEWHERE, participant_id=NOA)) == set()
    assert who(P.PRACTICE_OWN, shared) == {"participant"}


def test_a_questionnaire_is_read_by_whoever_was_named_and_known_to_whoever_gave_it() -> None:
    given = Facts(program_id=HERE, participant_id=NOA, account_id=1, reader_id=7)
    assert who(P.HANDOUT_READ, given) == set()
    assert who(P.HANDOUT_SEE, given) == who(P.HANDOUT_TAKE_BACK, given) == {"therapist"}
    named = Facts(program_id=HERE, participant_id=NOA, account_id=7, reader_id=1)
    assert who(P.HANDOUT_READ, named) == who(P.HANDOUT_SEE, named) == {"therapist", "coach"}
    assert who(P.HANDOUT_TAKE_BACK, named) == set()
    # Reading ends with the assignment.
    elsewhere = Facts(program_id=HERE, participant_id=KIM, account_id=1, reader_id=1)
    assert who(P.HANDOUT_READ, elsewhere) == who(P.HANDOUT_SEE, elsewhere) == set()
