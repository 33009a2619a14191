"""Figures as a page or a file shows them: the same numbers, some of them hidden outside the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from placement.adapters.spreadsheet import Sheet, Value
from placement.domain.outcomes import DEFINITIONS, REPORTS, Definition, Verdict, shown_outside
from placement.web.words import number, percent, say


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in words. Counts are None where they are hidden."""

    key: str
    kind: str
    about: Definition
    value: str
    base: str
    counts: Mapping[Verdict, str]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One funder's report."""

    title: str
    figures: tuple[Shown, ...]


def parts_of(figures: Iterable[Mapping[str, Any]], outside: bool) -> list[Part]:
    """Packed figures by report. ``outside``: small counts are hidden, and what could tell them."""
    by_key = {one["key"]: one for one in figures}
    return [
        Part(say(title), tuple(_shown(by_key[key], outside) for key in keys if key in by_key))
        for title, keys in REPORTS
    ]


def _shown(figure: Mapping[str, Any], outside: bool) -> Shown:
    counts = {verdict: int(figure[verdict.value]) for verdict in Verdict}
    seen = shown_outside({verdict.value: count for verdict, count in counts.items()}) if outside else None
    gone = seen is not None and None in seen.values()
    texts = {
        verdict: number(count) if seen is None or seen[verdict.value] is not None else _("hidden")
        for verdict, count in counts.items()
    }
    # A base is the sum of its parts: shown while more than one part is hidden, or none.
    base = number(figure["base"]) if not gone or sum(v is None for v in (seen or {}).values()) > 1 else _("hidden")
    return Shown(
        figure["key"], figure["kind"], DEFINITIONS[figure["key"]], _value(figure, counts, gone), base, texts, gone
    )


def _value(figure: Mapping[str, Any], counts: Mapping[Verdict, int], gone: bool) -> str:
    if figure["kind"] == "count":
        return _("hidden") if gone else number(counts[Verdict.YES])
    if gone:
        return _("hidden")
    if figure["kind"] == "median":
        return "—" if figure["value"] is None else number(round(figure["value"], 2))
    return "—" if not figure["base"] else percent(100 * counts[Verdict.YES] / figure["base"])


def sheet_of(parts: Iterable[Part], title: str) -> Sheet:
    """One line for each figure, with its definition and what is missing."""
    columns = [_("Report"), _("Figure"), _("Value"), _("Counted"), _("yes"), _("no"), _("unknown"), _("not yet"),
               _("Definition"), _("Source"), _("What is missing")]  # fmt: skip
    rows: list[list[Value]] = [
        [part.title, say(one.about.title), one.value, one.base, *(one.counts[verdict] for verdict in Verdict),
         say(one.about.counts), say(one.about.source), say(one.about.missing) if one.about.missing else ""]
        for part in parts
        for one in part.figures
    ]  # fmt: skip
    return Sheet(title, columns, rows)
