"""The program's questionnaires: the list, one version, bringing one by form or by file, archiving."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.adapters import strict_json, strict_toml
from placement.domain.catalog import free_key
from placement.domain.errors import Refused
from placement.domain.questionnaire_draft import MOST_ITEMS, Fault, Faults
from placement.domain.questionnaires import Scoring, change_words, missing_words
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.queries.questionnaires.catalog import Version, catalog_lines, one_version
from placement.usecases.questionnaires.edit import AddQuestionnaire, add_questionnaire, archive_questionnaire
from placement.web.current import actor, reads, work
from placement.web.gate import requires
from placement.web.locale import LOCALES
from placement.web.questionnaires.blueprint import questionnaires
from placement.web.questionnaires.forms import DraftForm, FileForm
from placement.web.rows import Row, change_asked, read_rows, rearranged, with_blank
from placement.web.undo import flash_undo
from placement.web.words import say as in_words

ITEM = ("id", "en", "de", "reversed")
LARGEST = 64 * 1024
_PLACE = re.compile(r"line (\d+)")


@questionnaires.get("/questionnaires")
@requires(Permission.QUESTIONNAIRE_EDIT)
def index() -> ResponseReturnValue:
    archived = request.args.get("show") == "archived"
    rows = catalog_lines(reads(), actor(), archived=archived)
    return render_template("questionnaires/index.html", rows=rows, archived=archived, languages=LOCALES)


@questionnaires.get("/questionnaires/<public_id>")
@requires(Permission.QUESTIONNAIRE_EDIT)
def show(public_id: str) -> ResponseReturnValue:
    """One version as it is asked and scored."""
    found = one_version(reads(), actor(), public_id)
    scale = found.asked.scale
    return render_template(
        "questionnaires/show.html",
        found=found,
        options=found.asked.options(actor().locale),
        language=found.asked.language(actor().locale),
        is_sum=scale.scoring is Scoring.SUM,
        missing=missing_words(scale),
        change=change_words(found.asked.smallest_change),
    )


@questionnaires.route("/questionnaires/new", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def new() -> ResponseReturnValue:
    """A new one, written in a form."""
    return _write(None)


@questionnaires.route("/questionnaires/<public_id>/next", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def next_version(public_id: str) -> ResponseReturnValue:
    """Its next version: what was answered before keeps the wording it answered."""
    return _write(one_version(reads(), actor(), public_id))


@questionnaires.route("/questionnaires/file", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def new_file() -> ResponseReturnValue:
    """A new one from a file."""
    return _bring(None)


@questionnaires.route("/questionnaires/<public_id>/file", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def next_file(public_id: str) -> ResponseReturnValue:
    """Its next version from a file."""
    return _bring(one_version(reads(), actor(), public_id))


@questionnaires.post("/questionnaires/<public_id>/archive")
@requires(Permission.QUESTIONNAIRE_EDIT)
def archive(public_id: str) -> ResponseReturnValue:
    """Not offered any more, or again: the button that undoes it posts here, too."""
    back = request.form.get("back") == "1"
    try:
        archive_questionnaire(work(), actor(), public_id, restore=back)
    except Refused as error:
        flash(in_words(error.reason), "error")
        return redirect(url_for("questionnaires.show", public_id=public_id), 303)
    if back:
        flash(_("It is offered again."))
        return redirect(url_for("questionnaires.show", public_id=public_id), 303)
    here = url_for("questionnaires.archive", public_id=public_id)
    flash_undo(_("It is no longer offered. What was handed out goes on."), here, back="1")
    return redirect(url_for("questionnaires.index"), 303)


def _write(before: Version | None) -> ResponseReturnValue:
    form = DraftForm(data=_fields(before) if before else None)
    if request.method == "GET":
        return _write_page(form, _rows(before) if before else [], before)
    rows = rearranged(read_rows("item", ITEM, MOST_ITEMS + 1), change_asked())
    if change_asked() or not form.validate_on_submit():
        return _write_page(form, rows, before)
    try:
        made = _add(form.tree(rows, _keys(rows)), before)
    except Refused as error:
        form.refuse(error)
    except Faults as error:
        form.form_errors += [_told(fault) for fault in error.found]
    else:
        flash(_("Saved."))
        return redirect(url_for("questionnaires.show", public_id=made), 303)
    return _write_page(form, rows, before)


def _bring(before: Version | None) -> ResponseReturnValue:
    form = FileForm()
    faults: Sequence[Fault] = ()
    if form.validate_on_submit():
        try:
            made = _add(_tree(form.file.data.stream.read(LARGEST + 1)), before)
        except Refused as error:
            form.refuse(Refused(error.reason, "file"))
        except Faults as error:
            faults = error.found
            form.refuse(
                Refused(say("Nothing was saved. What to change stands below, by its place in the file."), "file")
            )
        else:
            flash(_("Saved."))
            return redirect(url_for("questionnaires.show", public_id=made), 303)
    page = render_template("questionnaires/file.html", form=form, faults=faults, before=before)
    return page, 422 if form.errors else 200


def _add(tree: Mapping[str, Any], before: Version | None) -> str:
    return add_questionnaire(work(), actor(), AddQuestionnaire(tree, before.public_id if before else None))


def _tree(source: bytes) -> Any:
    """The file's values. Raises Refused with the line."""
    if len(source) > LARGEST:
        raise Refused(say("This file is larger than 64 KB."))
    is_json = source.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
    try:
        # "[" begins a table in TOML, too.
        return (
            strict_json.read(source) if is_json and not source.lstrip().startswith(b"[") else strict_toml.read(source)
        )
    except (strict_json.JsonError, strict_toml.TomlError) as error:
        place = _PLACE.search(str(error))
        if place is None:
            raise Refused(say("This file can't be read: it is no TOML and no JSON, or breaks off.")) from None
        told = say("Line %(line)s can't be read. Please look at its quotes, commas and brackets.", line=int(place[1]))
        raise Refused(told) from None


def _write_page(form: DraftForm, rows: Sequence[Row], before: Version | None) -> ResponseReturnValue:
    filled = with_blank(rows, ITEM) if rows else with_blank(rows, ITEM, 3)
    page = render_template("questionnaires/write.html", form=form, rows=filled, before=before)
    return page, 422 if form.errors else 200


def _fields(before: Version) -> dict[str, Any]:
    asked = before.asked
    return {
        **{f"name_{code}": before.name.get(code, "") for code in LOCALES},
        **{f"about_{code}": asked.about.get(code, "") for code in LOCALES},
        **{f"answers_{code}": "\n".join(asked.answers.get(code, ())) for code in LOCALES},
        "low": asked.scale.low,
        "scoring": asked.scale.scoring.value,
        "smallest_change": asked.smallest_change,
        "source": asked.source,
    }


def _rows(before: Version) -> list[Row]:
    return [
        {
            "id": item.key,
            "en": item.text.get("en", ""),
            "de": item.text.get("de", ""),
            "reversed": "1" if item.reversed else "",
        }
        for item in before.asked.scale.items
    ]


def _keys(rows: Sequence[Row]) -> list[str]:
    """A question keeps its key when it moves or is reworded; a new one gets its own."""
    taken = {row["id"] for row in rows if row["id"]}
    keys = []
    for row in rows:
        key = row["id"]
        if not key:
            made = free_key(f"q {row['en'] or row['de']}", taken)
            taken.add(made)
            key = made
        keys.append(key)
    return keys


def _told(fault: Fault) -> str:
    """A fault with its place in the form."""
    nth = re.match(r"item\[(\d+)\]", fault.path)
    if nth:
        return f"{_('Question %(number)s', number=nth[1])}: {in_words(fault.words)}"
    place = {
        "name": _("Name"), "about": _("What it is about"), "answers": _("Answers"), "high": _("Answers"),
        "item": _("Questions"), "low": _("The first answer counts"), "scoring": _("Score"),
        "smallest_change": _("Smallest change it can show"), "source": _("Where it comes from and by what right"),
    }.get(re.split(r"[.\[]", fault.path)[0])  # fmt: skip
    return f"{place}: {in_words(fault.words)}" if place else in_words(fault.words)
