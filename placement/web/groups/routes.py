"""Groups: the list, a member's own, one group, starting, changing, archiving."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.groups import GroupKind, kind_words, progress_sentence
from placement.policy.permissions import Permission
from placement.queries.groups.forms import leaders
from placement.queries.groups.head import GroupHead, group_head
from placement.queries.groups.listing import GroupFilter, groups_page
from placement.queries.groups.listing import own_groups as groups_of_mine
from placement.queries.groups.one import own_group, staff_group
from placement.usecases.groups.write import AddGroup, EditGroup, add_group, archive_group, edit_group
from placement.web.current import actor, now, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.groups import member_pages, photo_pages, record_pages, session_pages, task_pages
from placement.web.groups.blueprint import groups
from placement.web.groups.forms import GroupForm
from placement.web.groups.view import WORDS, as_staff, chart_of, log_read
from placement.web.lists import asked, cursor, neighbors
from placement.web.undo import flash_undo
from placement.web.words import say, upper_first

__all__ = ["groups", "member_pages", "photo_pages", "record_pages", "session_pages", "task_pages"]


@groups.get("/groups")
@requires(Permission.GROUP_LIST)
def index() -> ResponseReturnValue:
    q, kind = asked("q"), asked("kind", list(GroupKind))
    show, mine = asked("show", ("archived",)), asked("mine", ("1",))
    wanted = GroupFilter(q, GroupKind(kind) if kind else None, show == "archived", mine == "1")
    page = groups_page(reads(), actor(), now(), wanted, cursor())
    record()
    kinds = [(one.value, upper_first(say(kind_words(one)))) for one in GroupKind]
    return render_template(
        "groups/index.html", page=page, today=today(), q=q, kind=kind, show=show, mine=mine, kinds=kinds, **WORDS,
        **neighbors(page, q=q, kind=kind, show=show, mine=mine),
    )  # fmt: skip


@groups.get("/me/groups")
@requires(Permission.GROUP_OWN)
def mine() -> ResponseReturnValue:
    """The groups a participant belongs or belonged to."""
    rows = groups_of_mine(reads(), actor(), now())
    record(actor().participant_id)
    return render_template("groups/mine.html", rows=rows, today=today(), **WORDS)


@groups.get("/groups/<public_id>")
@requires(Permission.GROUP_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """The group: for its leader and its members' staff, or for a member."""
    staff = as_staff()
    found = (staff_group if staff else own_group)(reads(), actor(), now(), public_id)
    log_read()
    chart = chart_of(found.head, found.tasks, today()) if found.tasks else None
    said = progress_sentence(task.course for task in found.tasks)
    return render_template(
        "groups/show.html" if staff else "groups/own.html", found=found, head=found.head, chart=chart, said=said,
        today=today(), **WORDS,
    )  # fmt: skip


@groups.route("/groups/new", methods=["GET", "POST"])
@requires(Permission.GROUP_CREATE)
def new() -> ResponseReturnValue:
    form = GroupForm(data={"key": str(uuid4()), "kind": GroupKind.PROJECT.value, "first_day": today()})
    form.offer(leaders(reads(), actor()))
    if form.validate_on_submit():
        try:
            made = add_group(work(), actor(), AddGroup(form.group, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The group is started. Now add its members and its tasks."))
            return redirect(url_for("groups.show", public_id=made), 303)
    return render_template("groups/new.html", form=form), 422 if form.errors else 200


@groups.route("/groups/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.GROUP_LEAD)
def edit(public_id: str) -> ResponseReturnValue:
    head = group_head(reads(), actor(), public_id, leading=True)
    back = url_for("groups.show", public_id=public_id)
    form = GroupForm(data=_values(head))
    form.offer(leaders(reads(), actor()))
    if form.validate_on_submit():
        try:
            edit_group(work(), actor(), EditGroup(public_id, form.seen_version, form.group))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return render_template("groups/edit.html", form=form, head=head, back=back), 422 if form.errors else 200


@groups.post("/groups/<public_id>/archive")
@requires(Permission.GROUP_LEAD)
def archive(public_id: str) -> ResponseReturnValue:
    """Put it away; ``restore``: take it out again."""
    restore = request.form.get("restore") == "1"
    archive_group(work(), actor(), public_id, restore=restore)
    if restore:
        flash(_("The group is back on the list."))
    else:
        flash_undo(_("The group is archived."), url_for("groups.archive", public_id=public_id), restore="1")
    return redirect(url_for("groups.show", public_id=public_id), 303)


def _values(head: GroupHead) -> dict[str, object]:
    return {
        "name": head.name, "kind": head.kind.value, "about": head.about, "place": head.place,
        "first_day": head.first_day, "last_day": head.last_day, "leader": head.leader_account, "version": head.version,
    }  # fmt: skip
