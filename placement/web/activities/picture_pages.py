"""Abstract pictures: choosing one, saying what it is for oneself, and taking everything back."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.abstract_pictures import SEEDS, SETS, draw, offered
from placement.domain.errors import NotFound, Refused
from placement.policy.permissions import Permission
from placement.queries.activities.one import own_activity_page
from placement.queries.activities.pictures import keeps_words, own_reflection, own_reflections
from placement.usecases.activities.reflect import Reflect, reflect, remove_reflection, stop_keeping
from placement.web.activities.blueprint import activities
from placement.web.activities.drawn import drawn, drawn_said
from placement.web.activities.forms import ReflectForm
from placement.web.current import actor, cipher, now, reads, work
from placement.web.forms import whole_number
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, given, neighbors


@activities.get("/pictures")
@requires(Permission.ACTIVITY_OWN)
def pictures() -> ResponseReturnValue:
    """Some pictures to choose from, and what was said about others."""
    record(actor().participant_id)
    nth = (whole_number(asked("set")) or 0) % SETS
    page = own_reflections(reads(), actor(), cipher(), cursor())
    return render_template(
        "activities/pictures.html", offered=drawn(offered(nth)), others=(nth + 1) % SETS, beside=asked("beside"),
        said=drawn_said(page.rows), keeps=keeps_words(reads(), actor()), **neighbors(page),
    )  # fmt: skip


@activities.route("/pictures/new", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_OWN)
def reflect_on() -> ResponseReturnValue:
    """One picture, and room for words. Without a yes nothing is kept."""
    seed, beside = _seed(), _beside()
    record(actor().participant_id)
    keeps, form = keeps_words(reads(), actor()), ReflectForm(data={"key": str(uuid4())})
    if keeps:
        del form.keep
    if form.validate_on_submit():
        yes = "keep" in form and bool(form.keep.data)
        command = Reflect(seed, form.text.data or "", yes, form.key.data or "", beside)
        try:
            made = reflect(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved. Only you can read it."))
            return redirect(url_for("activities.picture", public_id=made), 303)
    action = url_for("activities.reflect_on", picture=seed, **given(beside=beside or ""))
    page = render_template("activities/reflect.html", form=form, picture=draw(seed), keeps=keeps, action=action)
    return page, 422 if form.errors else 200


@activities.get("/pictures/<public_id>")
@requires(Permission.ACTIVITY_OWN)
def picture(public_id: str) -> ResponseReturnValue:
    """What one picture is for the participant, and who may read it."""
    found = own_reflection(reads(), actor(), cipher(), public_id)
    record(found.said.participant_id)
    return render_template("activities/picture.html", found=found, picture=draw(found.said.seed))


@activities.route("/pictures/<public_id>/remove", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_OWN)
def remove_picture(public_id: str) -> ResponseReturnValue:
    """Delete one, after asking."""
    found = own_reflection(reads(), actor(), cipher(), public_id)
    record(found.said.participant_id)
    if request.method == "POST":
        remove_reflection(work(), actor(), public_id)
        flash(_("Your words are deleted."))
        return redirect(url_for("activities.pictures"), 303)
    return render_template("activities/remove_picture.html", found=found, picture=draw(found.said.seed))


@activities.route("/pictures/forget", methods=["GET", "POST"])
@requires(Permission.ACTIVITY_OWN)
def forget() -> ResponseReturnValue:
    """Take the yes back, after asking: all words about pictures are deleted."""
    record(actor().participant_id)
    if request.method == "POST":
        stop_keeping(work(), actor())
        flash(_("All your words about pictures are deleted."))
        return redirect(url_for("activities.pictures"), 303)
    return render_template("activities/forget.html", keeps=keeps_words(reads(), actor()))


def _seed() -> int:
    """The picture of the address; the first one where none is named."""
    text = asked("picture")
    seed = whole_number(text) if text else SEEDS.start
    if seed is None or seed not in SEEDS:
        raise NotFound
    return seed


def _beside() -> str | None:
    """The activity of the address: one of one's own. Raises NotFound."""
    public_id = asked("beside")
    if not public_id:
        return None
    return own_activity_page(reads(), actor(), cipher(), now(), public_id).public_id
