"""Names of everything that can be permitted."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    PUBLIC = "public"
    #: Own account: password, devices, language. Anybody signed in.
    ACCOUNT_OWN = "account.own"
    ACCOUNT_MANAGE = "account.manage"
    #: Mails that were given up: seeing that there are some, and trying them again.
    MAIL_REPAIR = "mail.repair"
    PROGRAM_CREATE = "program.create"
    PROGRAM_EDIT = "program.edit"
    CATALOG_EDIT = "catalog.edit"

    DAY_SEE = "day.see"

    PARTICIPANT_LIST = "participant.list"
    PARTICIPANT_SEE = "participant.see"
    PARTICIPANT_CREATE = "participant.create"
    PARTICIPANT_EDIT = "participant.edit"
    PARTICIPANT_WISHES = "participant.wishes"
    PARTICIPANT_ABILITIES = "participant.abilities"
    PARTICIPANT_ASSIGN = "participant.assign"

    EMPLOYER_SEE = "employer.see"
    EMPLOYER_EDIT = "employer.edit"

    MATCHING_RUN = "matching.run"

    #: Taking a whole list out of the app as a file.
    LIST_EXPORT = "list.export"

    PLACEMENT_SEE = "placement.see"
    PLACEMENT_LIST = "placement.list"
    PLACEMENT_MANAGE = "placement.manage"
    PLACEMENT_ANSWER = "placement.answer"
    #: The shop's own yes or no to somebody who said yes first.
    PLACEMENT_SHOP_ANSWER = "placement.shop_answer"

    SHIFT_SEE = "shift.see"
    SHIFT_PLAN = "shift.plan"
    SHIFT_ATTENDANCE = "shift.attendance"

    FEEDBACK_SUBMIT = "feedback.submit"
    FEEDBACK_SEE = "feedback.see"
    FEEDBACK_WITHDRAW = "feedback.withdraw"

    PROGRESS_SEE = "progress.see"
    PROGRESS_EVENTS = "progress.events"
    #: Somebody's own series beside their independence: what was shared with whoever looks after them.
    BESIDE_SEE = "progress.beside"
    MILESTONE_TELL = "milestone.tell"
    #: What counts as a milestone: in the program, for one person, and what somebody chooses for themself.
    RULES_EDIT = "rules.edit"
    RULES_PERSON = "rules.person"
    MILESTONE_CHOOSE = "milestone.choose"

    CONTACT_SEE = "contact.see"
    CONTACT_ADD = "contact.add"
    #: Correcting or removing it: whoever wrote it, and coordinators.
    CONTACT_EDIT = "contact.edit"

    FADING_SEE = "fading.see"
    FADING_STEP = "fading.step"

    GOAL_SEE = "goal.see"
    #: Writing goals together, and saying where one stands.
    GOAL_EDIT = "goal.edit"

    #: What the participant says themself after a shift; shops never see it.
    OWN_VIEW_SEE = "own_view.see"
    OWN_VIEW_GIVE = "own_view.give"

    #: What somebody of the program should take care of; told to one person, it is that person's alone.
    NOTICE_LIST = "notice.list"
    NOTICE_SEE = "notice.see"
    NOTICE_CLOSE = "notice.close"
    #: Taking a task that was seen into the program's list.
    TASK_TAKE_UP = "task.take_up"
    #: How the place was, or that something is wrong: to a person they choose. Own ones can be taken back.
    NOTICE_TELL = "notice.tell"
    NOTICE_OWN = "notice.own"
    #: "I am ill", and that it is over.
    ILL_TELL = "ill.tell"
    ILL_END = "ill.end"
    #: Pausing, ending and going on with their own placement.
    PLACEMENT_OWN_MOVE = "placement.own_move"
    #: When they read a shop's words, their answer to them, and reading them together.
    COMMENTS_CHOOSE = "comments.choose"
    COMMENTS_ANSWER = "comments.answer"
    COMMENTS_RELEASE = "comments.release"
    ATTENDANCE_OWN = "attendance.own"
    INCIDENT_LIST = "incident.list"
    INCIDENT_SEE = "incident.see"
    INCIDENT_ADD = "incident.add"
    INCIDENT_EDIT = "incident.edit"

    #: Whether their portfolio names the shops.
    PORTFOLIO_OWN = "portfolio.own"

    #: Certificates about somebody, in their language.
    CERTIFICATE_SEE = "certificate.see"

    #: That a report exists, with its days and readers.
    REPORT_SEE = "report.see"
    REPORT_LIST = "report.list"
    REPORT_CREATE = "report.create"
    REPORT_REMOVE = "report.remove"
    #: Yes or no to what an employer may read: the participant's alone.
    REPORT_RELEASE = "report.release"
    #: What stands in a report, by whom it is for.
    REPORT_FOR_PARTICIPANT = "report.for_participant"
    REPORT_FOR_THERAPIST = "report.for_therapist"
    REPORT_FOR_EMPLOYER = "report.for_employer"
    #: Reports released to one's shops.
    REPORT_SHOP = "report.shop"

    #: Work limits and step plans: what, until when, by whose word; never a cause.
    LIMIT_SEE = "limit.see"
    LIMIT_EDIT = "limit.edit"
    #: Yes or no to a plan, holding, reducing, going on and stopping: the participant's alone.
    PLAN_OWN = "plan.own"

    #: Who rates without an account, their links, the lines of a card, and what had to wait.
    CARD_MANAGE = "card.manage"
    #: What stands on the card for one's own shop, and yes or no to each line: the participant's alone.
    CARD_RELEASE = "card.release"

    #: A secret address for calendar programs: of one's own shifts, or a shop's; renewing and ending it.
    FEED_OWN = "feed.own"
    FEED_SITE = "feed.site"
    FEED_CHANGE = "feed.change"
    #: Times at which somebody can't work, from a calendar file.
    BUSY_IMPORT = "busy.import"
    #: "I'm here", "I'm leaving", and both taken back.
    CHECK_IN = "check_in.own"

    #: What is shared of a one-to-one session: its summary, and what was agreed until next time.
    SESSION_SEE = "session.see"
    SESSION_PLAN = "session.plan"
    #: Moving, holding and writing down a session of one's own.
    SESSION_HOLD = "session.hold"
    #: The participant's part: saying how an agreed task went, and how it is to work together.
    SESSION_OWN = "session.own"
    #: That a session took place, and nothing of what was said.
    SESSION_DATES = "session.dates"
    #: What the two want to talk about; taking back what one wrote oneself.
    AGENDA_SEE = "agenda.see"
    AGENDA_TAKE_BACK = "agenda.take_back"
    #: The private note: its author's, and with a reason a named deputy's.
    SESSION_NOTE_WRITE = "session_note.write"
    SESSION_NOTE_OPEN = "session_note.open"
    DEPUTY_NAME = "deputy.name"

    #: Groups: the list of those one may see, one's own as a member, starting one.
    GROUP_LIST = "group.list"
    GROUP_OWN = "group.own"
    GROUP_CREATE = "group.create"
    GROUP_SEE = "group.see"
    #: Members, tasks, sessions, the shared note and photos.
    GROUP_LEAD = "group.lead"
    GROUP_PHOTO = "group.photo"
    #: Whether one member came; with how much help they did a task.
    GROUP_ATTENDANCE = "group.attendance"
    GROUP_OBSERVE = "group.observe"
    #: What somebody practices outside a shop, personal care included: seeing, planning, saying how it went.
    PRACTICE_SEE = "practice.see"
    PRACTICE_EDIT = "practice.edit"
    PRACTICE_RATE = "practice.rate"
    #: One's own list, and invitations to family members: the participant's alone.
    PRACTICE_OWN = "practice.own"
    #: The daily log and who reads of it: the participant's alone, without any break-glass.
    DIARY_OWN = "diary.own"
    #: The page of what somebody one looks after shares; on it, what they share with the reader.
    DIARY_SHARED = "diary.shared"
    DIARY_READ = "diary.read"
    #: Writing down a concern about somebody; reading one: its writer and its owner.
    CONCERN_WRITE = "concern.write"
    CONCERN_SEE = "concern.see"
    #: "My say": everything about their own record, the participant's alone.
    RIGHTS_OWN = "rights.own"
    #: Questions about a record: the list, and answering each kind.
    RIGHTS_LIST = "rights.list"
    RIGHTS_CORRECT = "rights.correct"
    RIGHTS_ERASE = "rights.erase"
    RIGHTS_NOTE = "rights.note"
    #: Who decides for a participant by law.
    REPRESENTATIVE_EDIT = "representative.edit"

    #: Steps to face a fear: the participant's and their therapist's of today; dropping one is the participant's alone.
    EXPOSURE_SEE = "exposure.see"
    EXPOSURE_EDIT = "exposure.edit"
    EXPOSURE_OWN = "exposure.own"
    EXPOSURE_ACCOMPANY = "exposure.accompany"

    #: The program's questionnaires as such, nobody's answers: its list, adding and archiving.
    QUESTIONNAIRE_EDIT = "questionnaire.edit"
    #: One's own, filled in or not: the participant's alone.
    HANDOUT_OWN = "handout.own"
    HANDOUT_GIVE = "handout.give"
    #: That it was handed out: whoever did, and its reader.
    HANDOUT_SEE = "handout.see"
    HANDOUT_TAKE_BACK = "handout.take_back"
    #: The answers and their score: the one reader who was named.
    HANDOUT_READ = "handout.read"
    #: Things made and played: that they were, and what they were meant for; writing them down, changing one's own.
    ACTIVITY_SEE = "activity.see"
    ACTIVITY_WRITE = "activity.write"
    ACTIVITY_EDIT = "activity.edit"
    #: The participant's words about them and about pictures, and who reads these: theirs alone.
    ACTIVITY_OWN = "activity.own"
    #: Words that are shared with the reader.
    ACTIVITY_READ = "activity.read"

    #: The way from referral to follow-up: the waiting list, one person's, writing it down, one's own.
    ENROLLMENT_LIST = "enrollment.list"
    ENROLLMENT_SEE = "enrollment.see"
    ENROLLMENT_EDIT = "enrollment.edit"
    ENROLLMENT_OWN = "enrollment.own"
    #: Reports of the whole program to its funders, with the rows behind each figure, and freezing them.
    OUTCOME_SEE = "outcome.see"
    OUTCOME_FREEZE = "outcome.freeze"

    #: What must be there before a placement may start: seeing what is, writing it down.
    CHECKLIST_SEE = "checklist.see"
    CHECKLIST_EDIT = "checklist.edit"

    #: Bringing people and employers in from a table, and taking a whole import back.
    IMPORT_RUN = "import.run"
