"""One placement: what stands in it, changing it, and placing somebody by hand."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from placement.domain.errors import Refused, Stale
from placement.domain.placement_moves import is_final, mover, moves_from
from placement.domain.placements import PlacementKind
from placement.domain.week import hours
from placement.policy.permissions import Permission
from placement.queries.placements import choices
from placement.queries.placements.record import ManagedPlacement, OwnPlacement, placement_record
from placement.usecases.placements.edit import EditPlacement, edit_placement
from placement.usecases.placements.propose import ProposePlacement, propose_placement
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.placements.blueprint import placements
from placement.web.placements.course import course_chart
from placement.web.placements.forms import EditForm, ProposeForm
from placement.web.placements.own_steps import steps_of
from placement.web.weeks import WeekInput, slots_for, week_row, week_triples

#: How many people and openings are offered at once when placing by hand.
MOST_CHOICES = 20


@placements.get("/placements/<public_id>")
@requires(Permission.PLACEMENT_SEE)
def show(public_id: str) -> ResponseReturnValue:
    found = placement_record(reads(), actor(), public_id, today())
    facts = found.facts
    record(facts.participant_id)
    if isinstance(found, OwnPlacement):
        return render_template(
            "placements/own.html", record=found, facts=facts, spans=week_triples(facts.pattern), today=today(),
            own_steps=steps_of(facts.state),
        )  # fmt: skip
    managed = isinstance(found, ManagedPlacement)
    return render_template(
        "placements/show.html", record=found, facts=facts, managed=managed, spans=week_triples(facts.pattern),
        weekly=hours(facts.pattern), today=today(), over=is_final(facts.state),
        moves=[(move, mover(move)) for move in moves_from(facts.state)] if managed else [],
        course=course_chart(found, today()),
    )  # fmt: skip


@placements.route("/placements/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_MANAGE)
def edit(public_id: str) -> ResponseReturnValue:
    found = placement_record(reads(), actor(), public_id, today())
    facts = found.facts
    record(facts.participant_id)
    form = EditForm(obj=facts, version=getattr(found, "version", 0))
    week = WeekInput.read(request.form) if form.is_submitted() else WeekInput(facts.pattern)
    back = url_for("placements.show", public_id=public_id)
    if form.validate_on_submit() and week.ok:
        try:
            replan = edit_placement(work(), actor(), _edited(form, public_id, week))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back, extra=[week_row(week, error.current["pattern"])])
        else:
            flash(_("Saved. Planned shifts stay as they are: look whether to plan again.") if replan else _("Saved."))
            return redirect(back, 303)
    page = render_template(
        "placements/edit.html", form=form, week=week, facts=facts, back=back, spans=week_triples(facts.pattern),
        slots=slots_for(facts.pattern), raw=request.form if form.is_submitted() else None,
    )  # fmt: skip
    return page, 422 if form.errors or not week.ok else 200


@placements.route("/placements/new", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_MANAGE)
def new() -> ResponseReturnValue:
    """Two short lists, each found by the beginning of a name; "Find" keeps what is chosen."""
    form = ProposeForm(request.form if request.method == "POST" else request.args)
    _offer(form)
    record()
    proposing = request.method == "POST" and "find" not in request.form
    if proposing and form.validate():
        try:
            made = propose_placement(work(), actor(), _proposed(form))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Proposed. It waits for the participant’s own answer."))
            return redirect(url_for("placements.show", public_id=made), 303)
    page = render_template("placements/new.html", form=form, errors=proposing, values=request.values)
    return page, 422 if proposing and form.errors else 200


def _offer(form: ProposeForm) -> None:
    """What was found, and what is chosen already."""
    who, db = actor(), reads()
    person, opening = form.participant.data or "", form.opening.data or ""
    searched = choices.choosable(who) if _asked("who") else choices.looking(who, today())
    people = choices.people(db, who, searched, _asked("who"), MOST_CHOICES, [person] if person else [])
    free = choices.offered(who, today())
    places = choices.openings(db, who, free, _asked("where"), MOST_CHOICES, [opening] if opening else [])
    form.participant.choices = [SelectChoice(one.public_id, one.name) for one in people]
    form.opening.choices = [SelectChoice(one.public_id, f"{one.role} · {one.place}") for one in places]


def _asked(name: str) -> str:
    return request.values.get(name, "").strip()[:100]


def _proposed(form: ProposeForm) -> ProposePlacement:
    return ProposePlacement(
        form.participant.data or "",
        form.opening.data or "",
        PlacementKind(form.kind.data),
        form.first_day.data,
        form.last_day.data,
    )


def _edited(form: EditForm, public_id: str, week: WeekInput) -> EditPlacement:
    return EditPlacement(
        public_id, form.seen_version, form.first_day.data, form.last_day.data, week.mask or 0,
        PlacementKind(form.kind.data),
    )  # fmt: skip
