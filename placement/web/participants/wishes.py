"""What somebody would like to do, and where. The same pages for staff and for the participant."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.catalog.read import areas
from placement.domain.errors import Stale
from placement.domain.participants import Wish, wish_words
from placement.policy.permissions import Permission
from placement.queries.participants import editing
from placement.usecases.participants.wishes import set_wishes
from placement.web import gate
from placement.web.current import actor, reads, work
from placement.web.gate import requires
from placement.web.participants.blueprint import participants
from placement.web.participants.choices import ChoicesForm, choices_form
from placement.web.words import say


@participants.route("/participants/<public_id>/wishes", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_WISHES)
def wishes(public_id: str) -> ResponseReturnValue:
    return _tasks(public_id, url_for("participants.show", public_id=public_id, _anchor="wishes"))


@participants.route("/me/wishes", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_WISHES)
def my_wishes() -> ResponseReturnValue:
    return _tasks(None, url_for("participants.me", _anchor="wishes"))


@participants.route("/participants/<public_id>/employer-wishes", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_WISHES)
def employer_wishes(public_id: str) -> ResponseReturnValue:
    return _employers(public_id, url_for("participants.show", public_id=public_id, _anchor="wishes"))


@participants.route("/me/employer-wishes", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_WISHES)
def my_employer_wishes() -> ResponseReturnValue:
    return _employers(None, url_for("participants.me", _anchor="wishes"))


def _tasks(public_id: str | None, back: str) -> ResponseReturnValue:
    person = editing.head(reads(), actor(), public_id, Permission.PARTICIPANT_WISHES)
    gate.record(person.id)
    lines = editing.task_choices(reads(), actor(), person.id)
    form = choices_form((line.public_id, say(line.name), _choices(), line.wish or "") for line in lines)
    if form.validate_on_submit():
        try:
            set_wishes(work(), actor(), person.public_id, tasks=_read(form.changed), seen=_read(form.was))
        except Stale as error:
            return form.conflict(error, back)
        return _saved(back)
    groups = [(area.name, [line for line in lines if line.area == area.key]) for area in areas()]
    known = {area.key for area in areas()}
    groups.append(({}, [line for line in lines if line.area not in known]))
    shown = [(name, members) for name, members in groups if members]
    return _page("participants/wishes.html", form, person=person, groups=shown, back=back)


def _employers(public_id: str | None, back: str) -> ResponseReturnValue:
    person = editing.head(reads(), actor(), public_id, Permission.PARTICIPANT_WISHES)
    gate.record(person.id)
    q = request.args.get("q", "").strip()[:100]
    lines = editing.employer_choices(reads(), actor(), person.id, q)
    form = choices_form((line.public_id, line.name, _choices(), line.wish or "") for line in lines)
    if form.validate_on_submit():
        try:
            set_wishes(work(), actor(), person.public_id, employers=_read(form.changed), seen=_read(form.was))
        except Stale as error:
            return form.conflict(error, back, request.full_path)
        return _saved(back)
    return _page("participants/employer_wishes.html", form, person=person, lines=lines, q=q, back=back)


def _page(template: str, form: ChoicesForm, **context: object) -> ResponseReturnValue:
    return render_template(template, form=form, **context), 422 if form.errors else 200


def _saved(back: str) -> ResponseReturnValue:
    flash(_("Saved."))
    return redirect(back, 303)


def _choices() -> list[tuple[str, str]]:
    words = [(wish.value, say(wish_words(wish))) for wish in (Wish.LOVE, Wish.LIKE, Wish.RATHER_NOT)]
    return [("", _("no opinion")), *words]


def _read(values: Mapping[str, str]) -> dict[str, Wish | None]:
    return {key: Wish(text) if text in list(Wish) else None for key, text in values.items()}
