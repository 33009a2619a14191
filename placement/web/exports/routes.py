"""A list as a file, as it was filtered, after the password."""

from __future__ import annotations

from io import BytesIO

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue

from placement.adapters.spreadsheet import Sheet, separated, workbook
from placement.domain.errors import Refused
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.usecases.exports.take_out import confirm_export, record_list_export
from placement.web.current import actor, today, work
from placement.web.exports.blueprint import exports
from placement.web.exports.forms import ExportForm
from placement.web.exports.sheets import LISTS, MOST
from placement.web.gate import record, requires
from placement.web.list_filters import shift_days
from placement.web.lists import asked, given
from placement.web.paper import XLSX

__all__ = ["exports"]

#: Said by every address of shifts, and no choice among them.
_ORDER_OR_TIME = {"sort", "day", "span"}


@exports.route("/export", methods=["GET", "POST"])
@requires(Permission.LIST_EXPORT)
def take_out() -> ResponseReturnValue:
    """``list``: which one; what else the address says are that list's own filters."""
    name = asked("list", list(LISTS)) or "participants"
    form, args = ExportForm(), given(**{key: asked(key) for key in LISTS[name].filters})
    chosen = sorted(set(args) - _ORDER_OR_TIME)
    if form.validate_on_submit():
        try:
            return _file(name, form, chosen)
        except Refused as error:
            form.refuse(error)
    days = shift_days(actor())[2:] if name == "shifts" else None
    return render_template(
        "exports/take_out.html", form=form, lists=LISTS, name=name, args=args, chosen=chosen, days=days
    ), 422 if form.errors else 200  # fmt: skip


def _file(name: str, form: ExportForm, chosen: list[str]) -> Response:
    """The file, written down before it leaves. Raises Refused."""
    confirm_export(work(), actor(), form.password.data or "")
    sheet = LISTS[name].sheet()
    if len(sheet.rows) > MOST:
        raise Refused(say("A file holds at most %(most)s rows. Please filter the list first.", most=MOST))
    record()
    record_list_export(work(), actor(), name, len(sheet.rows), form.kind.data, chosen)
    answer = send_file(
        BytesIO(_bytes(sheet, form.kind.data)),
        XLSX if form.kind.data == "xlsx" else "text/csv",
        as_attachment=True,
        download_name=f"{sheet.name.lower()}-{today().isoformat()}.{form.kind.data}",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _bytes(sheet: Sheet, kind: str) -> bytes:
    if kind == "xlsx":
        return workbook([sheet], sheet.name)
    return separated(sheet, comma=actor().locale.startswith("de"))
