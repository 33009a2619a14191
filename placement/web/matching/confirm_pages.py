"""Confirming pairs: all at once or none, and a list of what no longer holds."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from placement.domain.errors import Refused, Stale
from placement.domain.proposals import Mark, RunState
from placement.policy.permissions import Permission
from placement.queries.matching.pairs import PairLine, all_pairs
from placement.queries.matching.runs import run_head
from placement.usecases.matching.confirm import ConfirmMatching, StalePair, StalePairs, confirm_matching
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.matching.blueprint import matching
from placement.web.matching.forms import ConfirmForm
from placement.web.refusals import error_page

#: Up to so many pairs can be chosen one by one; a larger run is confirmed whole.
MOST_TICKS = 500


@matching.route("/matching/<public_id>/confirm", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def confirm(public_id: str) -> ResponseReturnValue:
    run = run_head(reads(), actor(), public_id)
    back = url_for("matching.show", public_id=public_id)
    if run.state is not RunState.DRAFT and request.method == "GET":
        return redirect(back, 303)
    form = ConfirmForm(version=run.version)
    single = run.standing <= MOST_TICKS
    pairs = [pair for pair in all_pairs(reads(), run, run.placed) if not pair.banned] if single else []
    form.pairs.choices = [SelectChoice(pair.public_id, _label(pair)) for pair in pairs]
    record()
    stale: tuple[StalePair, ...] = ()
    if form.validate_on_submit():
        try:
            made = confirm_matching(
                work(), actor(), ConfirmMatching(public_id, form.seen_version, _chosen(form, single))
            )
        except StalePairs as error:
            form.refuse(error)
            stale = error.pairs
        except Refused as error:
            form.refuse(error)
        except Stale:
            return error_page(409)
        else:
            flash(ngettext("%(num)s placement is proposed.", "%(num)s placements are proposed.", len(made)))
            return redirect(url_for("placements.index", show="waiting"), 303)
    elif not form.is_submitted():
        form.pairs.data = [choice.value for choice in form.pairs.choices]
    page = render_template("matching/confirm.html", form=form, run=run, back=back, stale=stale, single=single)
    return page, 422 if form.errors else 200


def _label(pair: PairLine) -> str:
    told = f"{pair.person} – {pair.place}"
    if pair.mark is not Mark.FORCED:
        return told
    return _("%(pair)s (against a rule: %(reason)s)", pair=told, reason=pair.force_reason)


def _chosen(form: ConfirmForm, single: bool) -> tuple[str, ...] | None:
    """None confirms every pair that is still in."""
    if not single:
        return None
    return tuple(dict.fromkeys(form.pairs.data or ()))
