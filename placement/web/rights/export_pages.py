"""Take everything with me: a readable page and a data file, in one archive, after the password."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from placement.domain.data_groups import ground_words, kept_words
from placement.domain.errors import Refused
from placement.domain.record_tables import COLUMNS
from placement.policy.permissions import Permission
from placement.queries.rights.export import Export, export_of_own
from placement.usecases.rights.take_along import start_export
from placement.web.current import actor, cipher, now, reads, work
from placement.web.gate import record, requires
from placement.web.rights.blueprint import rights
from placement.web.rights.forms import PasswordForm
from placement.web.words import clock, day_short, local_day, say


@rights.route("/my-say/export", methods=["GET", "POST"])
@requires(Permission.RIGHTS_OWN)
def export() -> ResponseReturnValue:
    """One click, and the password."""
    form = PasswordForm()
    record(actor().participant_id)
    if form.validate_on_submit():
        try:
            start_export(work(), actor(), form.password.data or "")
        except Refused as error:
            form.refuse(error)
        else:
            return _archive(export_of_own(reads(), actor(), cipher(), now()))
    return render_template("rights/export.html", form=form), 422 if form.errors else 200


def _archive(found: Export) -> Response:
    page = render_template(
        "rights/record.html", found=found, columns=COLUMNS, shown=_shown, ground_words=ground_words,
        kept_words=kept_words,
    )  # fmt: skip
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        archive.writestr("my-record.html", page)
        archive.writestr("my-record.json", json.dumps(_data(found), ensure_ascii=False, indent=2, default=_text))
    data.seek(0)
    return send_file(data, "application/zip", as_attachment=True, download_name="my-record.zip")


def _data(found: Export) -> dict[str, Any]:
    return {
        "name": found.name,
        "made_at": found.made_at,
        "groups": [
            {
                "key": part.group.key,
                "title": say(part.group.title),
                "ground": say(ground_words(part.group.ground)),
                "kept": say(kept_words(part.group.kept)),
                "tables": {table.name: list(table.rows) for table in part.tables},
            }
            for part in found.groups
        ],
        "withheld": [
            {"what": say(one.what), "ground": say(one.ground), "day": one.day, "on": one.on, "by": one.by}
            for one in found.withheld
        ],
    }


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _shown(value: Any) -> str:
    """A value on the readable page; days with their year, since it is kept for long."""
    match value:
        case None:
            return gettext("This text can’t be read. Please tell the people who run this app.")
        case bool():
            return "✓" if value else "–"
        case datetime():
            return f"{day_short(local_day(value))}, {clock(value)}"
        case date():
            return day_short(value)
        case time():
            return clock(value)
        case Mapping():
            if set(value) <= {"en", "de", "en-plain", "de-plain"}:
                return say(value)
            return "; ".join(f"{key}: {_shown(one)}" for key, one in value.items() if one not in (None, ""))
        case list():
            return ", ".join(_shown(one) for one in value)
    return str(value)
