"""My say: everything about one's own record, on one page and what hangs off it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.data_groups import BY_KEY, GROUPS, SINGLE, Reader, ground_words, kept_words, reader_words
from placement.domain.errors import NotFound, Refused
from placement.domain.rights import (
    ConsentPurpose,
    RepresentationScope,
    kind_words,
    purpose_more,
    purpose_words,
    scope_words,
    state_words,
)
from placement.policy.permissions import Permission
from placement.queries.rights.looks import looks
from placement.queries.rights.notes import own_note, own_notes
from placement.queries.rights.own import my_say
from placement.queries.rights.preview import shop_view
from placement.usecases.rights.ask import AskCorrection, ask_correction, ask_erasure, ask_note, take_back_request
from placement.usecases.rights.consents import set_consent
from placement.web.current import actor, cipher, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.links import link_if
from placement.web.lists import cursor, neighbors
from placement.web.rights.blueprint import rights
from placement.web.rights.forms import CorrectionForm, EmptyForm
from placement.web.rights.page_words import OWN_PAGES, page_words
from placement.web.words import say


@rights.get("/my-say")
@requires(Permission.RIGHTS_OWN)
def mine() -> ResponseReturnValue:
    """Who can see what about me, item by item, and what I can ask."""
    found = my_say(reads(), actor(), today())
    record(found.participant_id)
    return render_template(
        "rights/mine.html", found=found, groups=GROUPS, reader_words=reader_words, ground_words=ground_words,
        kept_words=kept_words, pages={group.key: link_if(OWN_PAGES.get(group.key, "")) for group in GROUPS},
        Reader=Reader, single=SINGLE, purposes=list(ConsentPurpose), purpose_words=purpose_words,
        purpose_more=purpose_more, kind_words=kind_words, state_words=state_words, by_key=BY_KEY,
        scope_words=lambda name: scope_words(RepresentationScope(name)),
    )  # fmt: skip


@rights.get("/my-say/who-looked")
@requires(Permission.RIGHTS_OWN)
def looked() -> ResponseReturnValue:
    """A record of who looked."""
    found = looks(reads(), actor(), cursor())
    record(found.participant_id)
    return render_template("rights/looked.html", found=found, page_words=page_words, **neighbors(found.page))


@rights.get("/my-say/shop/<public_id>")
@requires(Permission.RIGHTS_OWN)
def shop(public_id: str) -> ResponseReturnValue:
    """What my supervisor sees."""
    found = shop_view(reads(), actor(), public_id, now())
    record(found.participant_id)
    return render_template("rights/shop.html", found=found, card=found.card)


@rights.route("/my-say/correction", methods=["GET", "POST"])
@requires(Permission.RIGHTS_OWN)
def correction() -> ResponseReturnValue:
    """Something is wrong."""
    form = CorrectionForm(data={"about": request.args.get("about", "")})
    form.offer()
    record(actor().participant_id)
    if form.validate_on_submit():
        try:
            ask_correction(work(), actor(), AskCorrection(form.about.data, form.text.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("You asked. Somebody answers within a month."))
            return redirect(url_for("rights.mine", _anchor="asked"), 303)
    return render_template("rights/correction.html", form=form), 422 if form.errors else 200


@rights.get("/my-say/notes")
@requires(Permission.RIGHTS_OWN)
def notes() -> ResponseReturnValue:
    """Private notes: that they are there, which are open to me, and asking for one."""
    found = own_notes(reads(), actor())
    record(actor().participant_id)
    return render_template("rights/notes.html", found=found)


@rights.get("/my-say/notes/<public_id>")
@requires(Permission.RIGHTS_OWN)
def note(public_id: str) -> ResponseReturnValue:
    """A note its author opened to me; any other is not there."""
    row, words = own_note(reads(), actor(), cipher(), public_id)
    record(actor().participant_id)
    if words is None:
        raise NotFound
    return render_template("rights/note.html", row=row, words=words)


@rights.post("/my-say/notes/<public_id>/ask")
@requires(Permission.RIGHTS_OWN)
def note_ask(public_id: str) -> ResponseReturnValue:
    """May I read it?"""
    try:
        ask_note(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("You asked. Who wrote it answers within two weeks."))
    return redirect(url_for("rights.notes"), 303)


@rights.route("/my-say/forget", methods=["GET", "POST"])
@requires(Permission.RIGHTS_OWN)
def forget() -> ResponseReturnValue:
    """Asked first: what goes, what stays and why."""
    form = EmptyForm()
    record(actor().participant_id)
    if form.validate_on_submit():
        ask_erasure(work(), actor())
        flash(_("You asked to be forgotten. Somebody answers within a month. Until then you can take it back."))
        return redirect(url_for("rights.mine", _anchor="asked"), 303)
    return render_template("rights/forget.html")


@rights.post("/my-say/asked/<public_id>/take-back")
@requires(Permission.RIGHTS_OWN)
def take_back(public_id: str) -> ResponseReturnValue:
    """No longer."""
    try:
        take_back_request(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("Taken back. Nobody needs to answer it any more."))
    return redirect(url_for("rights.mine", _anchor="asked"), 303)


@rights.post("/my-say/consent")
@requires(Permission.RIGHTS_OWN)
def consent() -> ResponseReturnValue:
    """Yes, or no longer."""
    purpose = next((one for one in ConsentPurpose if one.value == request.form.get("purpose")), None)
    if purpose is None:
        flash(_("Choose one of the answers."), "error")
    else:
        given = request.form.get("given") == "1"
        set_consent(work(), actor(), purpose, given)
        flash(_("Your yes is written down. You can take it back at any time.") if given else _("Taken back."))
    return redirect(url_for("rights.mine", _anchor="consents"), 303)
