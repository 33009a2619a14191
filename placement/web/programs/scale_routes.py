"""The scale of support in versions."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.catalog.read import scale as default_scale
from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.programs.admin import scale as program_scale
from placement.usecases.programs.scale import LevelWords, check_levels, new_scale
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.forms import whole_number
from placement.web.gate import requires
from placement.web.locale import LOCALES
from placement.web.programs.blueprint import programs
from placement.web.programs.forms import ScaleForm
from placement.web.rows import Row, change_asked, read_rows, rearranged, with_blank
from placement.web.words import wording

LEVEL = ("rank", "en", "de")


@programs.get("/program/scale")
@requires(Permission.CATALOG_EDIT)
def scale() -> ResponseReturnValue:
    number, levels, since = program_scale(reads(), actor())
    return render_template("programs/scale.html", number=number, levels=levels, since=since, meanings=_meanings())


@programs.route("/program/scale/new", methods=["GET", "POST"])
@requires(Permission.CATALOG_EDIT)
def scale_new() -> ResponseReturnValue:
    """Write, look at the difference, save."""
    number, levels, _since = program_scale(reads(), actor())
    form = ScaleForm(version=number)
    stored = [{"rank": str(row.rank), "en": row.name.get("en", ""), "de": row.name.get("de", "")} for row in levels]
    if request.method == "GET":
        return _scale_page(form, stored)
    rows = rearranged(read_rows("level", LEVEL), change_asked())
    if not form.validate_on_submit() or change_asked():
        return _scale_page(form, rows)
    try:
        new = check_levels(_levels(rows), actor().program_locale)
        if request.form.get("save"):
            new_scale(work(), actor(), form.seen_version, _levels(rows))
            flash(_("The new scale holds from now on."))
            return redirect(url_for("programs.scale"), 303)
    except Refused as error:
        form.refuse(error)
        return _scale_page(form, rows)
    except Stale as error:
        both = [{"label": _("Levels"), "yours": _said(rows), "theirs": _said(stored)}]
        return conflict_page(form, error, url_for("programs.scale"), extra=both)
    changes = _changes({row.rank: row.name for row in levels}, new)
    return render_template("programs/scale_preview.html", form=form, rows=rows, changes=changes, meanings=_meanings())


def _levels(rows: list[Row]) -> tuple[LevelWords, ...]:
    return tuple(
        LevelWords(-1 if (rank := whole_number(row["rank"])) is None else rank, {code: row[code] for code in LOCALES})
        for row in rows
    )


def _changes(old: Mapping[int, Mapping[str, str]], new: Mapping[int, Mapping[str, str]]) -> list[dict[str, object]]:
    """Rank by rank, from alone to most help: what it was and what it will be."""
    return [
        {"rank": rank, "old": old.get(rank), "new": new.get(rank)}
        for rank in range(6, -1, -1)
        if rank in old or rank in new
    ]


def _meanings() -> dict[int, str]:
    """Rank → the help it means, in the words of our own scale."""
    return {level.rank: wording(level.sentence) for level in default_scale().levels}


def _scale_page(form: ScaleForm, rows: list[Row]) -> ResponseReturnValue:
    page = render_template("programs/scale_new.html", form=form, rows=with_blank(rows, LEVEL), meanings=_meanings())
    return page, 422 if form.errors else 200


def _said(rows: list[Row]) -> str:
    return ", ".join(row["en"] or row["de"] for row in rows)
