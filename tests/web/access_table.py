"""Who may open what, page by page: the third net. Written by hand; a page without a line fails the sweep.

``roles`` may ever open it: everybody else gets 403, whatever they ask for. Of those, ``SEES`` names who can see the
object of program A that the first part of the address names; to the rest it does not exist (404), just as objects of
the other program and objects that never were.
"""

from __future__ import annotations

from dataclasses import dataclass

EVERYBODY = "admin coordinator therapist coach supervisor participant site"

#: Visitor → role. Who they are stands on top of tests/factories/cast.py.
VISITORS = {
    "admin": "admin",
    "coordinator": "coordinator",
    "therapist": "therapist",
    "coach": "coach",
    "supervisor": "supervisor",
    "other_supervisor": "supervisor",
    "noa": "participant",
    "kim": "participant",
    "outsider_coordinator": "coordinator",
    "outsider_therapist": "therapist",
    "ben": "participant",
    "site_admin": "site",
}

#: To them program B's objects are their own.
OUTSIDERS = ("outsider_coordinator", "outsider_therapist", "ben")

#: Kind of object → which visitors can see program A's.
SEES = {
    "participant": "coordinator therapist coach noa",
    "employer": "coordinator therapist coach",
    "site": "coordinator therapist coach",
    "opening": "coordinator therapist coach",
    "run": "coordinator",
    "suggestion": "coordinator therapist coach",
    "placement": "coordinator therapist coach noa",
    "proposed": "coordinator coach kim",
    "offered": "other_supervisor",
    "step": "coordinator therapist coach noa",
    "shift": "coordinator therapist coach noa supervisor",
    "owed": "coordinator therapist coach noa supervisor",
    "future": "coordinator therapist coach noa",
    "rated": "coordinator therapist coach noa supervisor",
    "feedback": "coordinator therapist coach supervisor",
    "rule": "admin coordinator",
    "chosen": "noa",
    "milestone": "coordinator therapist coach noa",
    "event": "coordinator therapist coach noa",
    "note": "coordinator therapist coach noa",
    "contact": "coordinator therapist coach",
    "fading": "coordinator therapist coach",
    "goal": "coordinator therapist coach noa",
    # The therapist's session; the coach is their deputy.
    "one_to_one": "therapist coach noa",
    "agreed": "therapist noa",
    "agenda_item": "therapist noa",
    "deputy": "admin therapist",
    "report": "coordinator therapist coach noa supervisor",
    "earned": "coordinator therapist coach noa",
    "notice": "coordinator therapist coach",
    "told": "therapist",
    "unlisted": "coordinator",
    "incident": "coordinator therapist coach",
    "illness": "coordinator therapist coach noa",
    "feed": "noa",
    "taken_over": "coordinator therapist coach noa",
    "sent": "noa",
    "open_note": "noa",
    "rights_request": "coordinator therapist coach noa",
    "representative": "coordinator",
    "rater_link": "coordinator",
    "card_line": "coordinator therapist coach noa",
    "held": "coordinator",
    "group": "coordinator therapist coach noa",
    "group_session": "coordinator therapist coach noa",
    "group_photo": "coordinator therapist coach noa",
    "assignment": "coordinator",
    "account": "admin",
    "membership": "admin",
    "undelivered": "admin",
    "program": "admin",
    "task": "admin",
    "trait": "admin",
    "accommodation": "admin",
    "session": "noa",
    "work_limit": "coordinator therapist coach noa",
    "step_plan": "coordinator therapist coach noa",
    "diary_entry": "noa",
    "share": "noa",
    "exposure_step": "therapist noa",
    "exposure_try": "therapist noa",
}


@dataclass(frozen=True)
class Access:
    """What to expect of one endpoint."""

    roles: str = EVERYBODY
    #: Kinds of objects the parts of the address name, in order.
    about: tuple[str, ...] = ()
    #: Open to whoever is signed out, too.
    public: bool = False
    #: Visitors who see program A's object, where that differs from :data:`SEES`; on a page about oneself: who has one.
    sees: str | None = None
    #: Visitors who see program A's object, but may not do this to it: 403.
    denied: str = ""

    #: Public, but only for a phone that opened a link: what everybody else gets, signed in or not.
    answers: int = 0

    def may_ever(self, visitor: str) -> bool:
        return self.public or VISITORS[visitor] in self.roles.split()

    def sees_own(self, visitor: str) -> bool:
        """Whether the visitor can see program A's object, if there is one."""
        if self.public or (self.sees is None and not self.about):
            return True
        return visitor in (SEES[self.about[0]] if self.sees is None else self.sees).split()


def public(*about: str) -> Access:
    return Access(public=True, about=about)


def for_phones(answers: int) -> Access:
    return Access(public=True, answers=answers)


def page(roles: str, *about: str, sees: str | None = None, denied: str = "") -> Access:
    return Access(roles, about, sees=sees, denied=denied)


#: Who works with people.
STAFF = "coordinator therapist coach"


def led(*about: str) -> Access:
    """What coordinators and the leader, Jo, do: Thea sees the group, because she looks after Noa, but leads it not."""
    return page(STAFF, *about, sees=STAFF, denied="therapist")


STAFF = "coordinator therapist coach"
PEOPLE = "coordinator therapist coach participant"
OURSELVES = "noa kim ben"

ACCESS: dict[str, Access] = {
    # accounts: one's own
    "accounts.home": public(),
    "accounts.sign_in": public(),
    "accounts.help_now": public(),
    "accounts.preferences": public(),
    "accounts.set_password_by_link": public("link"),
    "accounts.sign_out": page(EVERYBODY),
    "accounts.own": page(EVERYBODY),
    "accounts.reading": page(EVERYBODY),
    "accounts.password": page(EVERYBODY),
    "accounts.end_device": page(EVERYBODY, "session"),
    "accounts.end_others": page(EVERYBODY),
    "accounts.switch": page(EVERYBODY),
    # accounts: those of a program
    "accounts.index": page("admin"),
    "accounts.new": page("admin"),
    "accounts.show": page("admin", "account"),
    "accounts.edit": page("admin", "account"),
    "accounts.roles": page("admin", "account"),
    "accounts.send_link": page("admin", "account"),
    "accounts.archive": page("admin", "account"),
    "accounts.restore": page("admin", "account"),
    "accounts.connect": page("admin", "account"),
    "accounts.sites": page("admin", "account"),
    # cards: what a phone keeps and delivers
    "cards.data": for_phones(401),
    "cards.entries": for_phones(403),
    # cards: the page without signal, which knows nobody
    "cards.shell": public(),
    "cards.worker": public(),
    "cards.manifest": public(),
    # cards: the pages of a phone, which lead everybody else to what to do then
    "cards.landing": public("card_link"),
    "cards.closed": public(),
    "cards.new_link": public(),
    "cards.not_my_phone": public(),
    "cards.undo_not_mine": public(),
    "cards.show": public(),
    "cards.send": public(),
    "cards.sent": public(),
    "cards.absent": public(),
    "cards.worried": public(),
    "cards.accident": public(),
    "cards.help_now": public(),
    "cards.colleague": public(),
    "cards.not_mine": public(),
    "cards.mails": public(),
    # cards: who rates without an account, what stands on the card, what had to wait
    "cards.raters": page("coordinator", "placement"),
    "cards.link_send": page("coordinator", "rater_link"),
    "cards.link_end": page("coordinator", "rater_link"),
    "cards.link_renew": page("coordinator", "rater_link"),
    "cards.code": page("coordinator", "rater_link"),
    "cards.code_image": page("coordinator", "rater_link"),
    "cards.sheet": page("coordinator", "rater_link"),
    "cards.lines": page("coordinator", "placement"),
    "cards.line_remove": page("coordinator", "placement", "card_line"),
    "cards.my_lines": page("participant", "placement"),
    "cards.line_release": page("participant", "placement", "card_line"),
    "cards.held": page("coordinator"),
    "cards.held_one": page("coordinator", "held"),
    "cards.held_take": page("coordinator", "held"),
    "cards.held_discard": page("coordinator", "held"),
    # programs
    "programs.index": page("site"),
    "programs.new": page("site"),
    "programs.show": page("admin"),
    "programs.edit": page("admin"),
    "programs.contacts": page("admin"),
    "programs.tasks": page("admin"),
    "programs.task_new": page("admin"),
    "programs.task_edit": page("admin", "task"),
    "programs.task_archive": page("admin", "task"),
    "programs.task_restore": page("admin", "task"),
    "programs.traits": page("admin"),
    "programs.trait_new": page("admin"),
    "programs.trait_edit": page("admin", "trait"),
    "programs.trait_archive": page("admin", "trait"),
    "programs.trait_restore": page("admin", "trait"),
    "programs.accommodations": page("admin"),
    "programs.accommodation_new": page("admin"),
    "programs.accommodation_edit": page("admin", "accommodation"),
    "programs.accommodation_archive": page("admin", "accommodation"),
    "programs.accommodation_restore": page("admin", "accommodation"),
    "programs.scale": page("admin"),
    "programs.scale_new": page("admin"),
    "progress.program_rules": page("admin coordinator"),
    "progress.program_rule_new": page("admin coordinator"),
    "progress.program_rule_change": page("admin coordinator", "rule"),
    "progress.program_rule_end": page("admin coordinator", "rule"),
    # health
    "health.alive": public(),
    "health.ready": public(),
    # day
    "day.show": page(EVERYBODY),
    "day.milestones": page("coordinator therapist coach"),
    # participants
    "participants.index": page(STAFF),
    "participants.new": page("coordinator"),
    "participants.show": page(PEOPLE, "participant"),
    "participants.edit": page("coordinator", "participant"),
    "participants.archive": page("coordinator", "participant"),
    "participants.restore": page("coordinator", "participant"),
    "participants.assignments": page("coordinator", "participant"),
    "participants.end": page("coordinator", "participant", "assignment"),
    "participants.abilities": page(STAFF, "participant"),
    "participants.needs": page(STAFF, "participant"),
    "participants.ways": page("coordinator", "participant", sees="coordinator"),
    "participants.exclusions": page(STAFF, "participant"),
    "participants.allow": page(STAFF, "participant", "excluded"),
    "participants.availability": page(PEOPLE, "participant"),
    "participants.wishes": page(PEOPLE, "participant"),
    "participants.employer_wishes": page(PEOPLE, "participant"),
    # participants: oneself; staff may ever see participants, but are none
    "participants.me": page(PEOPLE, sees=OURSELVES),
    "participants.my_contact": page("coordinator participant", sees=OURSELVES),
    "participants.my_availability": page(PEOPLE, sees=OURSELVES),
    "participants.my_wishes": page(PEOPLE, sees=OURSELVES),
    "participants.my_employer_wishes": page(PEOPLE, sees=OURSELVES),
    # employers
    "employers.index": page(STAFF),
    "employers.new": page("coordinator"),
    "employers.show": page(STAFF, "employer"),
    "employers.edit": page("coordinator", "employer"),
    "employers.archive": page("coordinator", "employer"),
    "employers.restore": page("coordinator", "employer"),
    "employers.sites": page(STAFF),
    "employers.site": page(STAFF, "site"),
    "employers.site_new": page("coordinator", "employer"),
    "employers.site_edit": page("coordinator", "site"),
    "employers.supervisor_add": page("coordinator", "site"),
    "employers.supervisor_end": page("coordinator", "site", "rater"),
    "employers.openings": page(STAFF),
    "employers.opening": page(STAFF, "opening"),
    "employers.opening_new": page("coordinator", "site"),
    "employers.opening_edit": page("coordinator", "opening"),
    "employers.opening_needs": page("coordinator", "opening"),
    "employers.opening_ranking": page("coordinator", "opening"),
    "employers.opening_state": page("coordinator", "opening"),
    "employers.opening_archive": page("coordinator", "opening"),
    "employers.opening_restore": page("coordinator", "opening"),
    # placements
    "placements.index": page(STAFF),
    "placements.mine": page("participant"),
    "placements.new": page("coordinator"),
    "placements.show": page(PEOPLE, "placement"),
    "placements.edit": page("coordinator", "placement"),
    "placements.move": page("coordinator", "placement", "move"),
    "placements.own_step": page("participant", "placement", "move"),
    "placements.answer": page("participant", "proposed"),
    "placements.answer_no": page("participant", "proposed"),
    "placements.answer_not_now": page("participant", "proposed"),
    "placements.answered": page("participant", "proposed"),
    "placements.sharing": page("participant", "proposed"),
    "placements.own_words": page("participant", "proposed"),
    "placements.offer": page("supervisor", "offered"),
    "placements.offer_yes": page("supervisor", "offered"),
    "placements.offer_no": page("supervisor", "offered"),
    "placements.sheet": page("coordinator", "offered", sees="coordinator"),
    "placements.step_new": page("coordinator", "placement"),
    "placements.step_done": page("coordinator", "step"),
    "placements.step_delete": page("coordinator", "step"),
    # shifts
    "shifts.index": page(f"{PEOPLE} supervisor"),
    "shifts.show": page(f"{PEOPLE} supervisor", "owed"),
    "shifts.attendance": page(STAFF, "owed"),
    "shifts.my_attendance": page("participant"),
    "shifts.check_in": page("participant", "shift"),
    "shifts.check_out": page("participant", "shift"),
    "shifts.check_undo": page("participant", "shift"),
    "shifts.move": page("coordinator", "future"),
    "shifts.cancel": page("coordinator", "future"),
    "shifts.restore": page("coordinator", "future"),
    "shifts.plan": page("coordinator", "placement"),
    "shifts.add": page("coordinator", "placement"),
    # feedback
    "feedback.index": page("therapist coach supervisor"),
    "feedback.submit": page("therapist coach supervisor", "owed"),
    "feedback.sent": page("therapist coach supervisor", "owed"),
    "feedback.correct": page("coordinator", "feedback"),
    "feedback.withdraw": page("coordinator", "feedback"),
    "feedback.words": page("participant"),
    "feedback.together": page(STAFF),
    "feedback.reading": page("participant"),
    "feedback.answer": page("participant", "feedback", sees="noa"),
    "feedback.hurt": page("participant", "feedback", sees="noa"),
    "feedback.read_together": page(STAFF, "feedback"),
    "feedback.own": page("participant", "rated"),
    "feedback.own_remove": page("participant", "rated"),
    # progress
    "progress.mine": page("participant"),
    "progress.show": page(PEOPLE, "participant"),
    "progress.portfolio": page("participant"),
    "progress.portfolio_of_person": page(PEOPLE, "participant"),
    "progress.portfolio_shops": page("participant"),
    "progress.events": page(STAFF, "participant"),
    "progress.remove": page(STAFF, "participant", "event"),
    "progress.series": page(PEOPLE, "participant"),
    "progress.one_series": page(PEOPLE, "participant", "series"),
    "progress.archive_series": page(STAFF, "participant", "series"),
    "progress.independence": page(STAFF, "participant"),
    "progress.task": page(STAFF, "participant", "task"),
    "progress.note": page(STAFF, "participant", "task"),
    "progress.unnote": page(STAFF, "participant", "task", "note"),
    "progress.tell": page(STAFF, "milestone"),
    "progress.rules": page(STAFF, "participant"),
    "progress.rule_new": page(STAFF, "participant"),
    "progress.rule_end": page(STAFF, "participant", "person_rule"),
    "progress.chosen": page("participant"),
    "progress.chosen_new": page("participant"),
    "progress.chosen_reached": page("participant", "chosen"),
    "progress.chosen_back": page("participant", "chosen"),
    "progress.chosen_end": page("participant", "chosen"),
    "progress.people": page(STAFF),
    "progress.fading": page(STAFF, "placement"),
    "progress.fading_holds": page(STAFF, "fading"),
    "progress.fading_back": page(STAFF, "fading"),
    "progress.fading_again": page(STAFF, "fading"),
    # goals
    "goals.mine": page("participant"),
    "goals.index": page(PEOPLE, "participant"),
    "goals.new": page(PEOPLE, "participant"),
    "goals.show": page(PEOPLE, "goal"),
    "goals.edit": page(PEOPLE, "goal"),
    "goals.rate": page(PEOPLE, "goal"),
    "goals.unrate": page(PEOPLE, "goal", "rating", denied="coordinator coach noa"),
    "goals.aside": page(PEOPLE, "goal"),
    # sessions
    "sessions.index": page("therapist coach participant"),
    "sessions.with_person": page("therapist coach", "participant"),
    "sessions.dates": page("coordinator", "participant"),
    "sessions.show": page("therapist coach participant", "one_to_one"),
    "sessions.plan": page("therapist coach", "participant"),
    "sessions.edit": page("therapist coach", "one_to_one", denied="coach"),
    "sessions.cancel": page("therapist coach", "one_to_one", sees="therapist"),
    "sessions.write": page("therapist coach", "one_to_one", denied="coach"),
    "sessions.practice": page("therapist coach", "one_to_one", denied="coach"),
    "sessions.note": page("therapist coach", "one_to_one", denied="coach"),
    "sessions.opened_note": page("therapist coach", "one_to_one", sees="coach"),
    "sessions.my_agenda": page("participant"),
    "sessions.agenda": page("therapist coach", "participant"),
    "sessions.take_back": page("therapist coach participant", "agenda_item", denied="therapist"),
    "sessions.agree": page("therapist coach", "one_to_one", denied="coach"),
    "sessions.drop": page("therapist coach", "agreed"),
    "sessions.my_tasks": page("participant"),
    "sessions.agreed": page("participant", "agreed"),
    "sessions.say_it": page("participant", "agreed"),
    "sessions.check_in": page("participant", "one_to_one"),
    "sessions.my_course": page("participant"),
    "sessions.course": page("therapist coach", "participant"),
    "sessions.deputies": page("admin therapist coach"),
    "sessions.end": page("admin therapist coach", "deputy"),
    # reports and certificates
    "reports.mine": page("participant"),
    "reports.index": page(PEOPLE, "participant"),
    "reports.new": page(PEOPLE, "participant"),
    "reports.shop": page("supervisor"),
    "reports.show": page(f"{PEOPLE} supervisor", "report"),
    "reports.pdf": page(f"{PEOPLE} supervisor", "report"),
    "reports.xlsx": page(f"{PEOPLE} supervisor", "report"),
    "reports.release": page("participant", "report"),
    "reports.take_back": page("participant", "report"),
    "reports.remove": page(PEOPLE, "report", denied="coach noa"),
    "reports.certificates": page("participant"),
    "reports.certificates_of_person": page(PEOPLE, "participant"),
    "reports.participation": page(PEOPLE, "participant"),
    "reports.milestone": page(PEOPLE, "earned"),
    # contacts
    "contacts.index": page(STAFF, "participant"),
    "contacts.new": page(STAFF, "participant"),
    "contacts.mine": page(STAFF),
    "contacts.due": page(STAFF),
    "contacts.edit": page(STAFF, "contact", denied="coach"),
    "contacts.remove": page(STAFF, "contact", denied="coach"),
    "contacts.done": page(STAFF, "contact", denied="coach"),
    "contacts.later": page(STAFF, "contact", denied="coach"),
    # notices
    "notices.index": page(STAFF),
    "notices.show": page(STAFF, "notice"),
    "notices.told": page(STAFF, "told"),
    "notices.reopen": page(STAFF, "notice"),
    "notices.take_up": page("coordinator", "unlisted"),
    "notices.mine": page("participant"),
    "notices.how_it_was": page("participant"),
    "notices.something_wrong": page("participant"),
    "notices.take_it_back": page("participant", "sent"),
    "notices.incidents": page("coordinator"),
    "notices.incident_new": page(STAFF, "participant"),
    "notices.incident": page(STAFF, "incident"),
    "notices.incident_close": page("coordinator", "incident"),
    "notices.ill": page("participant"),
    "notices.well_again": page("participant", "illness"),
    "notices.end_illness": page(STAFF, "illness"),
    # calendars: addresses for calendar programs, busy times of a calendar file
    "calendars.feed": public("feed_token"),
    "calendars.mine": page("participant supervisor"),
    "calendars.create_mine": page("participant supervisor"),
    "calendars.of_site": page("coordinator", "site"),
    "calendars.create_for_site": page("coordinator", "site"),
    "calendars.names": page("coordinator supervisor participant", "feed"),
    "calendars.renew": page("coordinator supervisor participant", "feed"),
    "calendars.end": page("coordinator supervisor participant", "feed"),
    "calendars.my_busy": page("coordinator participant", sees=OURSELVES),
    "calendars.busy": page("coordinator participant", "participant"),
    "calendars.take": page("coordinator participant", "participant"),
    "calendars.remove": page("coordinator participant", "taken_over"),
    # work limits and step plans
    "limits.show": page(STAFF, "participant"),
    "limits.new": page(STAFF, "participant"),
    "limits.edit": page(STAFF, "work_limit"),
    "limits.remove": page(STAFF, "work_limit"),
    "limits.fit": page("coordinator", "participant"),
    "limits.back": page("coordinator", "participant"),
    "limits.plan_new": page(STAFF, "placement"),
    "limits.employer": page(STAFF, "step_plan"),
    "limits.result": page(STAFF, "step_plan"),
    "limits.mine": page("participant"),
    "limits.answer": page("participant", "step_plan"),
    "limits.move": page("participant", "step_plan"),
    "limits.reduce": page("participant", "step_plan"),
    "limits.stop": page("participant", "step_plan"),
    # mails
    "mails.preferences": page(EVERYBODY),
    "mails.stop": public("stop"),
    "mails.undelivered": page("admin site"),
    "mails.resend": page("admin site", "undelivered"),
    # matching
    "matching.openings_of": page("coordinator", "participant"),
    "matching.people_of": page("coordinator", "opening"),
    "matching.suggestions": page(STAFF),
    "matching.suggestion_decide": page(STAFF, "suggestion"),
    "matching.suggestion_undo": page(STAFF, "suggestion"),
    "matching.index": page("coordinator"),
    "matching.new": page("coordinator"),
    "matching.show": page("coordinator", "run"),
    "matching.again": page("coordinator", "run"),
    "matching.adjust": page("coordinator", "run"),
    "matching.confirm": page("coordinator", "run"),
    "matching.discard": page("coordinator", "run"),
    "matching.lock": page("coordinator", "run", "proposal"),
    "matching.unlock": page("coordinator", "run", "proposal"),
    "matching.pair": page("coordinator", "run", "candidate"),
    "matching.remove": page("coordinator", "run", "candidate", "opening"),
    "matching.put_back": page("coordinator", "run", "candidate", "opening"),
    "matching.choose": page("coordinator", "run", "candidate", "opening"),
    "matching.force": page("coordinator", "run", "candidate", "opening"),
    "matching.undo": page("coordinator", "run"),
    "matching.restore": page("coordinator", "run"),
    "matching.compare": page("coordinator"),
    "matching.on_paper": page("coordinator", "run"),
    "matching.export": page("coordinator", "run"),
    # groups
    "groups.index": page(STAFF),
    "groups.mine": page("participant"),
    "groups.new": page(STAFF),
    "groups.show": page(STAFF + " participant", "group"),
    "groups.edit": led("group"),
    "groups.archive": led("group"),
    "groups.members": led("group"),
    "groups.end": led("group", "group_member"),
    "groups.tasks": led("group"),
    "groups.move": led("group", "group_task"),
    "groups.remove": led("group", "group_task"),
    "groups.plan": led("group"),
    "groups.sessions": page(STAFF + " participant", "group"),
    "groups.session": page(STAFF + " participant", "group_session"),
    "groups.change": led("group_session"),
    "groups.cancel": led("group_session"),
    "groups.attendance": page(STAFF, "group_session"),
    "groups.tap": page(STAFF, "group_session", "group_member"),
    "groups.note": led("group_session"),
    "groups.seen": page("therapist coach", "group_session", "group_member"),
    "groups.photos": page(STAFF + " participant", "group"),
    "groups.photo": page(STAFF + " participant", "group_photo"),
    "groups.small_photo": page(STAFF + " participant", "group_photo"),
    "groups.new_photo": led("group"),
    "groups.remove_photo": led("group", "group_photo"),
    # diary
    "diary.index": page("participant"),
    "diary.taps": page("participant"),
    "diary.tap_it": page("participant"),
    "diary.chart": page("participant"),
    "diary.new_day": page("participant"),
    "diary.new_thought": page("participant"),
    "diary.new_expected": page("participant"),
    "diary.show": page("participant", "diary_entry"),
    "diary.edit": page("participant", "diary_entry"),
    "diary.delete": page("participant", "diary_entry"),
    "diary.shares": page("participant"),
    "diary.share": page("participant", "diary_entry"),
    "diary.withdraw": page("participant", "share"),
    "diary.shared": page("therapist coach", "participant"),
    "notices.concern": page(STAFF, "participant"),
    "notices.concerns": page(STAFF),
    # my say: what somebody asks about their record, and who answers
    "rights.mine": page("participant"),
    "rights.looked": page("participant"),
    "rights.shop": page("participant", "placement"),
    "rights.correction": page("participant"),
    "rights.notes": page("participant"),
    "rights.note": page("participant", "open_note"),
    "rights.note_ask": page("participant", "open_note"),
    "rights.forget": page("participant"),
    "rights.take_back": page("participant", "rights_request"),
    "rights.consent": page("participant"),
    "rights.export": page("participant"),
    "rights.index": page(STAFF + " admin"),
    "rights.show": page(STAFF + " admin", "rights_request"),
    "rights.keep_back": page("therapist coach", "one_to_one", sees="therapist"),
    "rights.represented": page("coordinator", "participant"),
    "rights.represented_end": page("coordinator", "representative"),
    # steps to face a fear: the participant's and their therapist's alone
    "exposures.mine": page("participant"),
    "exposures.new_mine": page("participant"),
    "exposures.my_course": page("participant"),
    "exposures.with_person": page("therapist", "participant"),
    "exposures.new": page("therapist", "participant"),
    "exposures.course": page("therapist", "participant"),
    "exposures.show": page("therapist participant", "exposure_step"),
    "exposures.edit": page("therapist participant", "exposure_step"),
    "exposures.move": page("therapist participant", "exposure_step"),
    "exposures.reached": page("therapist participant", "exposure_step"),
    "exposures.drop": page("participant", "exposure_step"),
    "exposures.plan": page("therapist participant", "exposure_step"),
    "exposures.replan": page("therapist participant", "exposure_try"),
    "exposures.write": page("therapist participant", "exposure_try"),
    "exposures.remove": page("therapist participant", "exposure_try"),
    # shifts
    # feedback
    # programs
}

#: Endpoint → what to send so that the attempt gets as far as the question whose it is.
#: Without a line the form is empty.
SENT: dict[str, dict[str, str]] = {
    "feedback.reading": {"reads": "at_once"},
    "groups.move": {"to": "begun"},
    "groups.tap": {"attendance": "here"},
    "diary.tap_it": {"mood": "3"},
    "employers.opening_state": {"state": "on_hold"},
    "matching.suggestion_decide": {"reply": "later"},
}

#: Endpoints that answer 404 to an allowed visitor's empty form: the form names the object.
NAMED_IN_FORM = frozenset({"groups.members", "accounts.switch"})
