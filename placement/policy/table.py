"""All authority in one table: permission → any of these may.

A predicate sees the actor and the facts. Without facts (``None``) it answers for the role alone: could this
person ever? The start-up check, menus and the gate at an endpoint ask that; queries and use cases ask with facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.policy.actor import Actor
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P

Predicate = Callable[[Actor, Facts | None], bool]


def anybody(actor: Actor, facts: Facts | None) -> bool:
    return True


def runs_site(actor: Actor, facts: Facts | None) -> bool:
    return actor.runs_site


def site_alone(actor: Actor, facts: Facts | None) -> bool:
    """Whoever runs the site, for what belongs to no program."""
    return actor.runs_site and (facts is None or facts.program_id is None)


def member(actor: Actor, facts: Facts | None) -> bool:
    return bool(actor.roles) and _inside(actor, facts)


def admin(actor: Actor, facts: Facts | None) -> bool:
    return Role.ADMIN in actor.roles and _inside(actor, facts)


def coordinator(actor: Actor, facts: Facts | None) -> bool:
    """Coordinators see their whole program; assignment only marks whose it is."""
    return Role.COORDINATOR in actor.roles and _inside(actor, facts)


def assigned_staff(actor: Actor, facts: Facts | None) -> bool:
    """Therapists and coaches: those assigned or covered today."""
    if not actor.roles & ASSIGNED_ROLES:
        return False
    return facts is None or (_inside(actor, facts) and facts.participant_id in actor.caseload)


def staff(actor: Actor, facts: Facts | None) -> bool:
    """Therapist or coach, for what belongs to no single person."""
    return bool(actor.roles & ASSIGNED_ROLES) and _inside(actor, facts)


def the_participant(actor: Actor, facts: Facts | None) -> bool:
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return False
    return facts is None or (_inside(actor, facts) and facts.participant_id == actor.participant_id)


def site_supervisor(actor: Actor, facts: Facts | None) -> bool:
    """Supervisors, at their sites, what is current: shifts of today and owed ones, proposals to answer."""
    if Role.SUPERVISOR not in actor.roles:
        return False
    return facts is None or (_inside(actor, facts) and facts.site_id in actor.sites and facts.current)


def its_rater(actor: Actor, facts: Facts | None) -> bool:
    """Whoever wrote the feedback."""
    if not actor.rater_ids:
        return False
    return facts is None or (_inside(actor, facts) and facts.rater_id in actor.rater_ids)


def its_writer(actor: Actor, facts: Facts | None) -> bool:
    """Therapists and coaches who wrote it about somebody they look after today."""
    return assigned_staff(actor, facts) and (facts is None or facts.account_id == actor.account_id)


def wrote_own(actor: Actor, facts: Facts | None) -> bool:
    """The participant, for what they wrote about themself."""
    return the_participant(actor, facts) and (facts is None or facts.account_id == actor.account_id)


def once_released(actor: Actor, facts: Facts | None) -> bool:
    """Staff, for what the participant has released."""
    return (coordinator(actor, facts) or assigned_staff(actor, facts)) and (facts is None or facts.current)


def listener(actor: Actor, facts: Facts | None) -> bool:
    """The member of staff a participant chose to tell it to, whoever looks after them today."""
    if Role.COORDINATOR not in actor.roles and not actor.roles & ASSIGNED_ROLES:
        return False
    return facts is None or (_inside(actor, facts) and facts.listener_id == actor.account_id)


def cares(actor: Actor, facts: Facts | None) -> bool:
    """Coordinators, and for what concerns the person those who look after them; never what was told to one person."""
    if facts is not None and facts.listener_id is not None:
        return False
    return coordinator(actor, facts) or (assigned_staff(actor, facts) and (facts is None or facts.current))


def the_supervisor(actor: Actor, facts: Facts | None) -> bool:
    """Supervisors, for what is theirs as a rater."""
    return Role.SUPERVISOR in actor.roles and its_rater(actor, facts) and _inside(actor, facts)


def shop_coordinator(actor: Actor, facts: Facts | None) -> bool:
    """Coordinators, for what belongs to a shop and to nobody in person."""
    return coordinator(actor, facts) and (facts is None or facts.site_id is not None)


def leads(actor: Actor, facts: Facts | None) -> bool:
    """Therapists and coaches, for the groups they lead."""
    return staff(actor, facts) and (facts is None or facts.leader_id == actor.account_id)


def group_staff(actor: Actor, facts: Facts | None) -> bool:
    """Therapists and coaches: groups they lead, and those of people they look after today."""
    return staff(actor, facts) and (
        facts is None or facts.leader_id == actor.account_id or bool(facts.member_ids & actor.caseload)
    )


def group_member(actor: Actor, facts: Facts | None) -> bool:
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return False
    return facts is None or (_inside(actor, facts) and actor.participant_id in facts.member_ids)


def present_member(actor: Actor, facts: Facts | None) -> bool:
    """Who belongs to the group today."""
    return group_member(actor, facts) and (facts is None or facts.current)


def stand_in(actor: Actor, facts: Facts | None) -> bool:
    """Therapists and coaches, for those they stand in with today."""
    if not actor.roles & ASSIGNED_ROLES:
        return False
    return facts is None or (_inside(actor, facts) and facts.participant_id in actor.covering)


def named_deputy(actor: Actor, facts: Facts | None) -> bool:
    """Therapists and coaches named as a colleague's clinical deputy for today."""
    return staff(actor, facts) and (facts is None or facts.current)


def for_oneself(actor: Actor, facts: Facts | None) -> bool:
    """Therapists and coaches, for what is about themselves."""
    return staff(actor, facts) and (facts is None or facts.account_id == actor.account_id)


def chosen_reader(actor: Actor, facts: Facts | None) -> bool:
    """Therapists and coaches, for what somebody they look after today shares with them."""
    return assigned_staff(actor, facts) and (facts is None or facts.current)


def wrote_about(actor: Actor, facts: Facts | None) -> bool:
    """Staff who wrote it about somebody whose record they see."""
    sees = coordinator(actor, facts) or assigned_staff(actor, facts)
    return sees and (facts is None or facts.account_id == actor.account_id)


def assigned_therapist(actor: Actor, facts: Facts | None) -> bool:
    """Therapists alone: those assigned or covered today."""
    return Role.THERAPIST in actor.roles and assigned_staff(actor, facts)


def practice_staff(actor: Actor, facts: Facts | None) -> bool:
    """Therapists and coaches of those they look after today; what is private, therapists alone."""
    if facts is not None and facts.private and Role.THERAPIST not in actor.roles:
        return False
    return assigned_staff(actor, facts)


def therapist(actor: Actor, facts: Facts | None) -> bool:
    """Therapists, for what belongs to no single person."""
    return Role.THERAPIST in actor.roles and _inside(actor, facts)


def its_giver(actor: Actor, facts: Facts | None) -> bool:
    """The therapist who handed it out, to somebody they look after today."""
    return assigned_therapist(actor, facts) and (facts is None or facts.account_id == actor.account_id)


def its_reader(actor: Actor, facts: Facts | None) -> bool:
    """The therapist or coach named as reader, while they look after the person."""
    return assigned_staff(actor, facts) and (facts is None or facts.reader_id == actor.account_id)


def _inside(actor: Actor, facts: Facts | None) -> bool:
    return actor.program_id is not None and (facts is None or facts.program_id == actor.program_id)


TABLE: Mapping[P, tuple[Predicate, ...]] = {
    P.PUBLIC: (anybody,),
    P.ACCOUNT_OWN: (anybody,),
    P.ACCOUNT_MANAGE: (admin,),
    P.MAIL_REPAIR: (admin, site_alone),
    P.PROGRAM_CREATE: (runs_site,),
    P.PROGRAM_EDIT: (admin,),
    P.CATALOG_EDIT: (admin,),
    P.DAY_SEE: (anybody,),
    P.PARTICIPANT_LIST: (coordinator, staff),
    P.PARTICIPANT_SEE: (coordinator, assigned_staff, the_participant),
    P.PARTICIPANT_CREATE: (coordinator,),
    P.PARTICIPANT_EDIT: (coordinator, the_participant),
    P.PARTICIPANT_WISHES: (coordinator, assigned_staff, the_participant),
    P.PARTICIPANT_ABILITIES: (coordinator, assigned_staff),
    P.PARTICIPANT_ASSIGN: (coordinator,),
    P.EMPLOYER_SEE: (coordinator, staff),
    P.EMPLOYER_EDIT: (coordinator,),
    P.MATCHING_RUN: (coordinator,),
    P.LIST_EXPORT: (coordinator,),
    P.PLACEMENT_LIST: (coordinator, staff),
    P.PLACEMENT_SEE: (coordinator, assigned_staff, the_participant),
    P.PLACEMENT_MANAGE: (coordinator,),
    P.PLACEMENT_ANSWER: (the_participant,),
    P.PLACEMENT_SHOP_ANSWER: (site_supervisor,),
    P.SHIFT_SEE: (coordinator, assigned_staff, the_participant, site_supervisor),
    P.SHIFT_PLAN: (coordinator,),
    P.SHIFT_ATTENDANCE: (coordinator, assigned_staff),
    P.FEEDBACK_SUBMIT: (assigned_staff, site_supervisor),
    P.FEEDBACK_SEE: (coordinator, assigned_staff, its_rater),
    P.FEEDBACK_WITHDRAW: (coordinator,),
    P.PROGRESS_SEE: (coordinator, assigned_staff, the_participant),
    P.PROGRESS_EVENTS: (coordinator, assigned_staff),
    P.BESIDE_SEE: (assigned_staff,),
    P.MILESTONE_TELL: (coordinator, assigned_staff),
    P.RULES_EDIT: (admin, coordinator),
    P.RULES_PERSON: (coordinator, assigned_staff),
    P.MILESTONE_CHOOSE: (the_participant,),
    P.CONTACT_SEE: (coordinator, assigned_staff),
    P.CONTACT_ADD: (coordinator, assigned_staff),
    P.CONTACT_EDIT: (coordinator, its_writer),
    P.FADING_SEE: (coordinator, assigned_staff),
    P.FADING_STEP: (coordinator, assigned_staff),
    P.GOAL_SEE: (coordinator, assigned_staff, the_participant),
    P.GOAL_EDIT: (coordinator, assigned_staff, the_participant),
    P.OWN_VIEW_SEE: (coordinator, assigned_staff, the_participant),
    P.OWN_VIEW_GIVE: (the_participant,),
    P.NOTICE_LIST: (coordinator, staff),
    P.NOTICE_SEE: (listener, cares),
    P.NOTICE_CLOSE: (listener, cares),
    P.TASK_TAKE_UP: (coordinator,),
    P.NOTICE_TELL: (the_participant,),
    P.NOTICE_OWN: (wrote_own,),
    P.ILL_TELL: (the_participant,),
    P.ILL_END: (coordinator, assigned_staff),
    P.PLACEMENT_OWN_MOVE: (the_participant,),
    P.COMMENTS_CHOOSE: (the_participant,),
    P.COMMENTS_ANSWER: (the_participant,),
    P.COMMENTS_RELEASE: (coordinator, assigned_staff),
    P.ATTENDANCE_OWN: (the_participant,),
    P.INCIDENT_LIST: (coordinator,),
    P.INCIDENT_SEE: (coordinator, assigned_staff),
    P.INCIDENT_ADD: (coordinator, assigned_staff),
    P.INCIDENT_EDIT: (coordinator,),
    P.PORTFOLIO_OWN: (the_participant,),
    P.CERTIFICATE_SEE: (coordinator, assigned_staff, the_participant),
    P.REPORT_SEE: (coordinator, assigned_staff, the_participant, site_supervisor),
    P.REPORT_LIST: (coordinator, assigned_staff, the_participant),
    P.REPORT_CREATE: (coordinator, assigned_staff, the_participant),
    P.REPORT_REMOVE: (coordinator, its_writer, wrote_own),
    P.REPORT_RELEASE: (the_participant,),
    P.REPORT_FOR_PARTICIPANT: (coordinator, assigned_staff, the_participant),
    P.REPORT_FOR_THERAPIST: (coordinator, assigned_staff),
    P.REPORT_FOR_EMPLOYER: (the_participant, once_released, site_supervisor),
    P.REPORT_SHOP: (site_supervisor,),
    P.LIMIT_SEE: (coordinator, assigned_staff, the_participant),
    P.LIMIT_EDIT: (coordinator, assigned_staff),
    P.PLAN_OWN: (the_participant,),
    P.CARD_MANAGE: (coordinator,),
    P.CARD_RELEASE: (the_participant,),
    P.FEED_OWN: (the_participant, the_supervisor),
    P.FEED_SITE: (shop_coordinator,),
    P.FEED_CHANGE: (the_participant, the_supervisor, shop_coordinator),
    P.BUSY_IMPORT: (coordinator, the_participant),
    P.CHECK_IN: (the_participant,),
    P.SESSION_SEE: (the_participant, its_writer, stand_in, named_deputy),
    P.SESSION_PLAN: (assigned_staff,),
    P.SESSION_HOLD: (its_writer,),
    P.SESSION_OWN: (the_participant,),
    P.SESSION_DATES: (coordinator,),
    P.AGENDA_SEE: (the_participant, its_writer),
    P.AGENDA_TAKE_BACK: (its_writer, wrote_own),
    P.SESSION_NOTE_WRITE: (its_writer,),
    P.SESSION_NOTE_OPEN: (named_deputy,),
    P.DEPUTY_NAME: (admin, for_oneself),
    P.GROUP_LIST: (coordinator, staff),
    P.GROUP_OWN: (the_participant,),
    P.GROUP_CREATE: (coordinator, staff),
    P.GROUP_SEE: (coordinator, group_staff, group_member),
    P.GROUP_LEAD: (coordinator, leads),
    P.GROUP_PHOTO: (coordinator, group_staff, present_member),
    P.GROUP_ATTENDANCE: (coordinator, leads, assigned_staff),
    P.GROUP_OBSERVE: (leads, assigned_staff),
    P.PRACTICE_SEE: (practice_staff, the_participant),
    P.PRACTICE_EDIT: (practice_staff, the_participant),
    P.PRACTICE_RATE: (practice_staff, the_participant),
    P.PRACTICE_OWN: (the_participant,),
    P.DIARY_OWN: (the_participant,),
    P.DIARY_SHARED: (assigned_staff,),
    P.DIARY_READ: (chosen_reader,),
    P.CONCERN_WRITE: (coordinator, assigned_staff),
    P.CONCERN_SEE: (wrote_about, listener),
    P.RIGHTS_OWN: (the_participant,),
    P.RIGHTS_LIST: (coordinator, staff, admin),
    P.RIGHTS_CORRECT: (coordinator, assigned_staff),
    P.RIGHTS_ERASE: (coordinator, admin),
    P.RIGHTS_NOTE: (its_writer, named_deputy),
    P.REPRESENTATIVE_EDIT: (coordinator,),
    P.EXPOSURE_SEE: (the_participant, assigned_therapist),
    P.EXPOSURE_EDIT: (the_participant, assigned_therapist),
    P.EXPOSURE_OWN: (the_participant,),
    P.EXPOSURE_ACCOMPANY: (assigned_therapist,),
    P.QUESTIONNAIRE_EDIT: (admin, therapist),
    P.HANDOUT_OWN: (the_participant,),
    P.HANDOUT_GIVE: (assigned_therapist,),
    P.HANDOUT_SEE: (its_giver, its_reader),
    P.HANDOUT_TAKE_BACK: (its_giver,),
    P.HANDOUT_READ: (its_reader,),
    P.ACTIVITY_SEE: (assigned_staff, the_participant),
    P.ACTIVITY_WRITE: (assigned_staff,),
    P.ACTIVITY_EDIT: (its_writer,),
    P.ACTIVITY_OWN: (the_participant,),
    P.ACTIVITY_READ: (chosen_reader,),
    P.ENROLLMENT_LIST: (coordinator,),
    P.ENROLLMENT_SEE: (coordinator, assigned_staff, the_participant),
    P.ENROLLMENT_EDIT: (coordinator,),
    P.ENROLLMENT_OWN: (the_participant,),
    P.OUTCOME_SEE: (coordinator,),
    P.OUTCOME_FREEZE: (coordinator,),
    P.CHECKLIST_SEE: (coordinator, assigned_staff, the_participant),
    P.CHECKLIST_EDIT: (coordinator,),
    P.IMPORT_RUN: (coordinator,),
}
