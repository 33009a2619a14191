"""A new run: whom to match with what, and what counts."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from placement.domain.errors import Refused
from placement.domain.matching.presets import PRESETS
from placement.domain.participants import ParticipantStatus, status_words
from placement.policy.permissions import Permission
from placement.queries.matching import cohort
from placement.queries.matching.runs import again as former
from placement.queries.matching.runs import name_after
from placement.queries.placements import choices
from placement.usecases.matching.run import RunMatching, run_matching
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.matching.aims import AIMS
from placement.web.matching.blueprint import matching
from placement.web.matching.run_forms import ALL, CHOSEN, EVERYBODY, FACTORS, RunForm
from placement.web.words import day as written
from placement.web.words import say

#: How many are shown to tick at once; more are found by search, or taken with "everybody".
SHOWN = 200
#: What templates of the goal need besides the form.
GOAL = {"presets": PRESETS, "aims": AIMS, "factors": FACTORS}


@matching.route("/matching/new", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def new() -> ResponseReturnValue:
    """Everybody who waits and every free opening, unless some are ticked. Finding and ticking work without script."""
    form, who, day = RunForm(), actor(), today()
    everybody = cohort.everybody(reads(), who, day, form.people_filter)
    everywhere = cohort.every_opening(reads(), who, day, form.opening_filter)
    record()
    pressed = request.form.get("do", "") if form.is_submitted() else ""
    if form.is_submitted() and not pressed and form.validate():
        try:
            made = run_matching(work(), who, _command(form, tuple(everybody), everywhere))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("matching.show", public_id=made), 303)
    elif not form.is_submitted():
        form.name.data = _("Run of %(day)s", day=written(day))
    _name_choices(form)
    _offer(form, pressed)
    form.show_preset()
    page = render_template(
        "matching/new.html", form=form, pressed=pressed, values=request.form, **GOAL,
        who_label=_who(len(everybody), form.narrows_people), where_label=_where(len(everywhere), form.narrows_openings),
        aside=sum(everybody.values()),
    )  # fmt: skip
    return page, 422 if form.errors and not pressed else 200


@matching.post("/matching/<public_id>/again")
@requires(Permission.MATCHING_RUN)
def again(public_id: str) -> ResponseReturnValue:
    """A new draft with the same people and openings; what was kept stays, what was taken out stays out."""
    run, people, openings = former(reads(), actor(), public_id, today())
    record()
    try:
        name = name_after(reads(), actor(), run.name)
        made = run_matching(work(), actor(), RunMatching(name, people, openings, run.settings, run.public_id))
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("matching.show", public_id=public_id), 303)
    flash(_("A new draft is made. What you kept stayed, what you took out stayed out."))
    return redirect(url_for("matching.show", public_id=made), 303)


def _who(count: int, narrowed: bool) -> str:
    """What taking everybody means at the moment."""
    if narrowed:
        return ngettext("The one person found", "All %(num)s people found", count) if count else _("Nobody is found")
    if not count:
        return _("Nobody waits for a place at the moment")
    return ngettext("%(num)s person who waits for a place", "All %(num)s people who wait for a place", count)


def _where(count: int, narrowed: bool) -> str:
    if narrowed:
        return (
            ngettext("The one opening found", "All %(num)s openings found", count)
            if count
            else _("No opening is found")
        )
    if not count:
        return _("No opening has a free place at the moment")
    return ngettext("%(num)s opening with a free place", "All %(num)s openings with a free place", count)


def _command(form: RunForm, everybody: tuple[str, ...], everywhere: tuple[str, ...]) -> RunMatching:
    return RunMatching(
        form.name.data or "",
        everybody if form.who.data == ALL else tuple(dict.fromkeys(form.people.data or ())),
        everywhere if form.where.data == ALL else tuple(dict.fromkeys(form.openings.data or ())),
        form.settings,
    )


def _name_choices(form: RunForm) -> None:
    """Words of the two lists to narrow people down by."""
    statuses = [one for one in ParticipantStatus if one is not ParticipantStatus.FINISHED]
    form.status.choices = [
        *(SelectChoice(one.value, say(status_words(one))) for one in statuses),
        SelectChoice(EVERYBODY, _("everybody who can be placed")),
    ]
    found = cohort.staff(reads(), actor(), today())
    form.staff.choices = [
        SelectChoice("", _("anybody, or nobody yet")),
        *(SelectChoice(one.public_id, _("me (%(name)s)", name=one.name) if one.own else one.name) for one in found),
    ]


def _offer(form: RunForm, pressed: str) -> None:
    """What can be ticked: what was found, and before it what is ticked already."""
    who, db, day = actor(), reads(), today()
    side, _sep, action = pressed.partition("-")
    wanted = cohort.people_where(who, day, form.people_filter)
    people = choices.people(db, who, wanted, "", SHOWN, form.people.data or ())
    free = cohort.openings_where(who, day, form.opening_filter)
    openings = choices.openings(db, who, free, "", SHOWN, form.openings.data or ())
    form.people.choices = [SelectChoice(one.public_id, one.name) for one in people]
    form.openings.choices = [
        SelectChoice(
            one.public_id, ngettext("%(what)s (%(num)s place)", "%(what)s (%(num)s places)", one.free,
                                 what=f"{one.role} · {one.place}"))
        for one in openings
    ]  # fmt: skip
    for name, field, mode in (("people", form.people, form.who), ("openings", form.openings, form.where)):
        if side == name and action in ("all", "none"):
            mode.data = CHOSEN
            field.data = [choice.value for choice in field.choices] if action == "all" else []
