"""The participant's invitations to family members: made, shown and ended by them alone."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.adapters.qr import qr_svg
from placement.domain.errors import Refused
from placement.domain.tokens import family_link_token
from placement.policy.permissions import Permission
from placement.queries.practice.family import ShownInvitation, invitation_of, shown_invitation
from placement.queries.practice.one import practice_page
from placement.usecases.practice.invite import end_invitation, invite_family
from placement.web.current import actor, now, reads, work
from placement.web.gate import record, requires
from placement.web.practice.blueprint import practice
from placement.web.practice.forms import InviteForm


@practice.post("/practice/<public_id>/invite")
@requires(Permission.PRACTICE_OWN)
def invite(public_id: str) -> ResponseReturnValue:
    found = practice_page(reads(), actor(), public_id, now())
    record(found.head.participant_id)
    form = InviteForm()
    if form.validate_on_submit():
        try:
            made = invite_family(work(), actor(), public_id, form.name.data or "")
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("practice.invitation", public_id=made), 303)
    return render_template("practice/show.html", found=found, head=found.head, form=form), 422


@practice.get("/invitations/<public_id>")
@requires(Permission.PRACTICE_OWN)
def invitation(public_id: str) -> ResponseReturnValue:
    """Its address and code, for the participant's own screen."""
    found = shown_invitation(reads(), actor(), public_id, now())
    record(found.participant_id)
    return render_template("practice/invitation.html", found=found, address=_address(found))


@practice.get("/invitations/<public_id>/code.svg")
@requires(Permission.PRACTICE_OWN)
def code(public_id: str) -> ResponseReturnValue:
    return Response(qr_svg(_address(shown_invitation(reads(), actor(), public_id, now()))), mimetype="image/svg+xml")


@practice.post("/invitations/<public_id>/end")
@requires(Permission.PRACTICE_OWN)
def end(public_id: str) -> ResponseReturnValue:
    """One tap, at once, for every phone."""
    back = invitation_of(reads(), actor(), public_id)
    end_invitation(work(), actor(), public_id)
    flash(_("The invitation has ended. It opens nothing any more."))
    return redirect(url_for("practice.show", public_id=back), 303)


def _address(found: ShownInvitation) -> str:
    token = family_link_token(work().link_key, found.id, found.generation)
    return f"{current_app.config['BASE_URL']}{url_for('practice.family_landing', token=token)}"
