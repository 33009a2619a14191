"""Creative and play work: one's own list, that of somebody one looks after, one activity by reader."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.policy.permissions import Permission
from placement.queries.activities.listing import activities_of, own_activities, person_of
from placement.queries.activities.one import activity_page
from placement.queries.activities.pictures import shared_reflections
from placement.web.activities import picture_pages, share_pages, word_pages, write_pages
from placement.web.activities.blueprint import activities
from placement.web.activities.drawn import drawn_said
from placement.web.current import actor, cipher, now, reads
from placement.web.gate import record, requires
from placement.web.lists import cursor, neighbors

__all__ = ["activities", "picture_pages", "share_pages", "word_pages", "write_pages"]


@activities.get("/activities")
@requires(Permission.ACTIVITY_OWN)
def mine() -> ResponseReturnValue:
    """What the participant made and played."""
    page = own_activities(reads(), actor(), cursor())
    record(actor().participant_id)
    return render_template("activities/mine.html", page=page, **neighbors(page))


@activities.get("/activities/<public_id>")
@requires(Permission.ACTIVITY_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """What its reader may see of one."""
    found = activity_page(reads(), actor(), cipher(), now(), public_id)
    record(found.participant_id)
    return render_template("activities/show.html", found=found)


@activities.get("/participants/<public_id>/activities")
@requires(Permission.ACTIVITY_WRITE)
def with_person(public_id: str) -> ResponseReturnValue:
    """What somebody one looks after made and played."""
    person = person_of(reads(), actor(), public_id, Permission.ACTIVITY_WRITE)
    page = activities_of(reads(), actor(), person.id, cursor())
    record(person.id)
    return render_template("activities/with_person.html", person=person, page=page, **neighbors(page))


@activities.get("/participants/<public_id>/pictures")
@requires(Permission.ACTIVITY_WRITE)
def shared_pictures(public_id: str) -> ResponseReturnValue:
    """What somebody shares with the reader of their words about pictures. Nothing shared looks like nothing written."""
    person = person_of(reads(), actor(), public_id, Permission.ACTIVITY_WRITE)
    page = shared_reflections(reads(), actor(), cipher(), person.id, cursor())
    record(person.id)
    return render_template(
        "activities/shared_pictures.html", person=person, said=drawn_said(page.rows), **neighbors(page)
    )
