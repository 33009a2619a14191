"""Photos of a group's work: uploading, looking, deleting."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.adapters.pictures import LARGEST, Photo, Problem, Unfit, read_photo
from placement.domain.errors import Refused
from placement.domain.groups import MOST_PHOTOS
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.queries.groups.head import GroupHead, group_head, latest_photos, one_photo, photo_bytes
from placement.usecases.groups.photos import AddPhoto, add_photo, delete_photo
from placement.web.current import actor, reads, today, work
from placement.web.gate import requires
from placement.web.groups.blueprint import groups
from placement.web.groups.forms import PhotoForm
from placement.web.groups.view import log_read

REFUSALS = {
    Problem.EMPTY: say("This file is empty."),
    Problem.TOO_MANY_BYTES: say("This photo has more than 12 MB. Please choose a smaller one."),
    Problem.NOT_A_PHOTO: say("This is no photo we can take. Please choose a JPEG, PNG or WebP file."),
    Problem.HEIC: say("This phone saves photos as HEIC, which we can't take. Please choose “most compatible” in its "
                      "camera settings, or a JPEG."),
    Problem.TOO_MANY_PIXELS: say("This picture is larger than any camera's. Please choose a smaller one."),
    Problem.DAMAGED: say("This photo is damaged and can't be opened."),
}  # fmt: skip


@groups.get("/groups/<public_id>/photos")
@requires(Permission.GROUP_PHOTO)
def photos(public_id: str) -> ResponseReturnValue:
    """All photos, the latest first."""
    head = group_head(reads(), actor(), public_id)
    rows = latest_photos(reads(), actor(), today(), head.id, most=MOST_PHOTOS)
    log_read()
    return render_template("groups/photos.html", head=head, rows=rows)


@groups.route("/groups/<public_id>/photos/new", methods=["GET", "POST"])
@requires(Permission.GROUP_LEAD)
def new_photo(public_id: str) -> ResponseReturnValue:
    head = group_head(reads(), actor(), public_id, leading=True)
    form = PhotoForm(data={"key": str(uuid4()), "session": request.args.get("session", "")})
    if form.validate_on_submit():
        try:
            made = _add(head, form)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The photo is added. Where and when it was taken is not kept."))
            return redirect(url_for("groups.photos", public_id=public_id, _anchor=f"p-{made}"), 303)
    too_large = REFUSALS[Problem.TOO_MANY_BYTES]
    page = render_template("groups/photo_new.html", head=head, form=form, most=LARGEST, too_large=too_large)
    return page, 422 if form.errors else 200


@groups.get("/groups/photos/<public_id>")
@requires(Permission.GROUP_PHOTO)
def photo(public_id: str) -> ResponseReturnValue:
    return _jpeg(photo_bytes(reads(), actor(), today(), public_id, small=False))


@groups.get("/groups/photos/<public_id>/small")
@requires(Permission.GROUP_PHOTO)
def small_photo(public_id: str) -> ResponseReturnValue:
    return _jpeg(photo_bytes(reads(), actor(), today(), public_id, small=True))


@groups.route("/groups/<public_id>/photos/<photo_id>/delete", methods=["GET", "POST"])
@requires(Permission.GROUP_LEAD)
def remove_photo(public_id: str, photo_id: str) -> ResponseReturnValue:
    """Asks first: a deleted photo does not come back."""
    head = group_head(reads(), actor(), public_id, leading=True)
    if request.method != "POST":
        found = one_photo(reads(), actor(), today(), head.id, photo_id)
        return render_template("groups/photo_delete.html", head=head, photo=found)
    delete_photo(work(), actor(), public_id, photo_id)
    flash(_("The photo is deleted."))
    return redirect(url_for("groups.photos", public_id=public_id), 303)


def _add(head: GroupHead, form: PhotoForm) -> str:
    """Raises Refused at the field."""
    found = _read(form)
    said = AddPhoto(
        head.public_id, found.image, found.thumbnail, found.width, found.height, form.key.data or "",
        form.caption.data or "", form.session.data or None,
    )  # fmt: skip
    return add_photo(work(), actor(), said)


def _read(form: PhotoForm) -> Photo:
    try:
        return read_photo(form.photo.data.read())
    except Unfit as error:
        raise Refused(REFUSALS[error.problem], "photo") from error


def _jpeg(content: bytes) -> ResponseReturnValue:
    """A picture and nothing else, for pages of our own."""
    response = make_response(content)
    response.headers["Content-Type"] = "image/jpeg"
    response.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
