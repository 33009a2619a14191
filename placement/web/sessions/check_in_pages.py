"""How the two work together: said after a session, its course seen by both."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.charts.picture import Chart
from placement.charts.together import Answered, together_chart
from placement.domain.errors import NotFound, Refused
from placement.domain.sessions import POINTS, answer_words
from placement.policy.permissions import Permission
from placement.queries.sessions.course import Course, Said, Together, course_with, own_courses, said_after
from placement.queries.sessions.one import session_head
from placement.usecases.sessions.check_in import GiveCheckIn, give_check_in
from placement.web.current import actor, cipher, now, reads, work
from placement.web.gate import record, requires
from placement.web.sessions.blueprint import sessions
from placement.web.sessions.forms import CheckInForm

_WORDS = {value: answer_words(value) for value in range(5, 0, -1)}


@sessions.route("/sessions/<public_id>/check-in", methods=["GET", "POST"])
@requires(Permission.SESSION_OWN)
def check_in(public_id: str) -> ResponseReturnValue:
    """Five points, each may be skipped."""
    head = session_head(reads(), actor(), cipher(), now(), public_id)
    if not head.own:
        raise NotFound
    record(head.participant_id)
    form = CheckInForm(data=_data(head.id))
    form.offer()
    if form.validate_on_submit():
        try:
            give_check_in(work(), actor(), GiveCheckIn(public_id, form.answers))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Thank you. You both can see it and talk about it."))
            return redirect(url_for("sessions.show", public_id=public_id), 303)
    page = render_template("sessions/check_in.html", form=form, head=head, points=POINTS)
    return page, 422 if form.errors else 200


@sessions.get("/sessions/together")
@requires(Permission.SESSION_OWN)
def my_course() -> ResponseReturnValue:
    """The participant's, with everybody they have sessions with."""
    found = own_courses(reads(), actor(), cipher())
    record(found.participant_id)
    return _page(found, own=True)


@sessions.get("/participants/<public_id>/sessions/together")
@requires(Permission.SESSION_PLAN)
def course(public_id: str) -> ResponseReturnValue:
    """Of the two of them."""
    found = course_with(reads(), actor(), cipher(), public_id)
    record(found.participant_id)
    return _page(found, own=False)


def _page(found: Together, *, own: bool) -> ResponseReturnValue:
    parts = [(one, _charts(one), _changes(one)) for one in found.courses]
    return render_template("sessions/together.html", found=found, parts=parts, own=own)


def _charts(one: Course) -> list[Chart]:
    """A small chart for each point; what can't be read is left out."""
    known = [(said, said.answers) for said in one.said if said.answers is not None]
    return [
        together_chart(
            words, _WORDS, [Answered(said.day, answers.value(name), said.session) for said, answers in known]
        )
        for name, words in POINTS.items()
    ]


def _changes(one: Course) -> list[tuple[Said, str]]:
    """What they would change, the latest first."""
    return [(said, said.answers.change) for said in reversed(one.said) if said.answers and said.answers.change]


def _data(session_id: int) -> dict[str, object]:
    said = said_after(reads(), cipher(), session_id)
    values = {name: str(said.value(name)) for name in POINTS if said.value(name) is not None}
    return {**dict.fromkeys(POINTS, ""), **values, "change": said.change}
