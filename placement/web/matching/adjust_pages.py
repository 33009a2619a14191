"""Other weights for the people and openings of a draft: first what they would do, then a new draft."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.matching.trial import Trial
from placement.domain.proposals import RunState
from placement.policy.permissions import Permission
from placement.queries.matching.runs import RunHead, name_after
from placement.queries.matching.runs import again as former
from placement.usecases.matching.run import RunMatching, run_matching, try_matching
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.matching.blueprint import matching
from placement.web.matching.new_pages import GOAL
from placement.web.matching.run_forms import GoalForm


@matching.route("/matching/<public_id>/adjust", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def adjust(public_id: str) -> ResponseReturnValue:
    """The same people and openings under another goal. Showing the effect keeps nothing."""
    run, people, openings = former(reads(), actor(), public_id, today())
    form, effect, status = GoalForm(), None, 200
    if run.state is RunState.SOLVING:
        return redirect(url_for("matching.show", public_id=public_id), 303)
    record()
    if not form.is_submitted():
        form.fill(name_after(reads(), actor(), run.name), run.settings)
    elif not form.validate():
        status = 422
    else:
        command = RunMatching(form.name.data or "", people, openings, form.settings, public_id)
        try:
            if request.form.get("do") != "effect":
                return _made(run, run_matching(work(), actor(), command))
            effect = try_matching(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
            status = 422
        form.show_preset()
    page = render_template(
        "matching/adjust.html", form=form, run=run, effect=effect, **GOAL,
        headline=_effect_words(effect) if effect else "", people=len(people), openings=len(openings),
    )  # fmt: skip
    return page, status


def _made(run: RunHead, public_id: str) -> ResponseReturnValue:
    flash(_("A new draft is made. The former one, %(name)s, stays in the list.", name=run.name))
    return redirect(url_for("matching.show", public_id=public_id), 303)


def _effect_words(trial: Trial) -> str:
    """What a change of goal comes to, in a sentence."""
    if trial.after is None:
        return _("This run is too large to be solved while you wait. Make a new draft to see who would change.")
    if not trial.changed:
        return _("Nobody would get another place.")
    return _("Something would change for %(changed)s of %(people)s people.", changed=trial.changed, people=trial.people)
