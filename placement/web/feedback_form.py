"""The form of one shift, the same signed in and on a card: fixed fields here, a question for each task beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from placement.domain.errors import Stale
from placement.domain.shifts import Attendance
from placement.usecases.effects.feedback import LONGEST, Given
from placement.web.answers import SHOWN, Asking, Choice, Posted, Question, choices, questions, ratings, reasons
from placement.web.answers import unlisted as unlisted_in
from placement.web.forms import Form, trimmed

#: What the two buttons beside each other say; "did not come" is a form of its own.
CAME = (Attendance.HERE, Attendance.LATE)


class AnswersForm(Form):
    """``key``: made for every form that is shown, so that a double tap is one answer. ``seen``: the version of what
    this rater sent before, 0 for nothing."""

    key = HiddenField()
    seen = HiddenField()
    went_well = TextAreaField(_l("What went well?"), filters=[trimmed], validators=[Length(max=LONGEST)])
    try_next = TextAreaField(_l("What to try next time?"), filters=[trimmed], validators=[Length(max=LONGEST)])
    note = TextAreaField(_l("Something for the coordinator?"), filters=[trimmed], validators=[Length(max=LONGEST)])

    def renew(self, error: Stale) -> None:
        """After another page sent something: what was written here is sent on purpose next time."""
        self.seen.data, self.key.data = str(error.version), str(uuid4())
        # Hidden fields draw what was posted unless told otherwise.
        self.seen.raw_data = self.key.raw_data = None


@dataclass(frozen=True, slots=True)
class FormParts:
    """What ``feedback/_form.html`` draws. ``attendance``: what is chosen, None for nothing yet."""

    first: Sequence[Question]
    more: Sequence[Question]
    levels: Sequence[Choice]
    reasons: Sequence[tuple[str, str]]
    attendance: str | None
    unlisted: Sequence[tuple[str, str]]
    absent_key: str


def form_parts(
    asking: Asking, posted: Posted | None, attendance: Attendance | None, added: Sequence[tuple[str, str]] = ()
) -> FormParts:
    """The questions with what was just posted, else with what this rater said before; nothing else is filled in."""
    asked = questions(asking, posted)
    chosen = attendance.value if attendance in CAME else None
    if posted is not None:
        chosen = posted.get("attendance")
        added = list(zip(posted.getlist("unlisted"), posted.getlist("unlisted_level"), strict=False))
    return FormParts(asked[:SHOWN], asked[SHOWN:], choices(asking), reasons(), chosen, added, str(uuid4()))


def given(asking: Asking, form: AnswersForm, posted: Posted) -> Given:
    """What was answered. *Did not come* is a button of its own, without any answers."""
    said = posted.get("attendance") or ""
    attendance = Attendance(said) if said in set(Attendance) else None
    absent = attendance is Attendance.ABSENT
    return Given(
        attendance=attendance,
        answers=() if absent else ratings(asking, posted),
        went_well=form.went_well.data or "",
        try_next=form.try_next.data or "",
        note=form.note.data or "",
        unlisted=() if absent else unlisted_in(posted, asking),
        seen=_version(form.seen.data),
    )


def _version(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None
