"""A task that was seen and is not listed: into the program's list, in one short form."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.catalog.read import areas
from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.notices import NoticeKind
from placement.policy.permissions import Permission
from placement.queries.notices.one import one_notice
from placement.usecases.notices.take_up import TakeUpTask, take_up_task
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.notices.blueprint import notices
from placement.web.notices.forms import TaskForm
from placement.web.words import wording


@notices.route("/notices/<public_id>/task", methods=["GET", "POST"])
@requires(Permission.TASK_TAKE_UP)
def take_up(public_id: str) -> ResponseReturnValue:
    row = one_notice(reads(), actor(), public_id)
    record(row.participant_id)
    if row.kind is not NoticeKind.UNLISTED_TASK or row.done_at is not None:
        raise NotFound
    back = url_for("notices.show", public_id=public_id)
    form = TaskForm(data={"version": row.version, "name": row.text[:80]})
    form.area.choices = [(area.key, wording(area.name)) for area in areas()]
    if form.validate_on_submit():
        given = TakeUpTask(public_id, form.seen_version, form.name.data, form.sentence.data, form.area.data)
        try:
            take_up_task(work(), actor(), given)
        except Refused as error:
            # The rule names the field of a language; here there is one language.
            form.refuse(Refused(error.reason, (error.field or "").split("_")[0]))
        except Stale as error:
            return conflict_page(form, error, back)
        else:
            flash(_("“%(name)s” stands in the list of tasks now.", name=form.name.data))
            return redirect(url_for("notices.index"), 303)
    return render_template("notices/task.html", form=form, row=row, back=back), 422 if form.errors else 200
