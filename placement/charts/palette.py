"""Colors as literal values, for paper and files, where no style sheet reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from placement.charts.picture import HELP, Ink


@dataclass(frozen=True, slots=True)
class Style:
    """Presentation attributes of SVG; "none" paints nothing."""

    fill: str = "none"
    stroke: str = "none"
    width: float = 1.0
    dashes: str = ""
    weight: int = 400

    def attributes(self) -> str:
        """As they stand in a tag, with a leading space."""
        parts = [f' fill="{self.fill}"']
        if self.stroke != "none":
            parts.append(f' stroke="{self.stroke}" stroke-width="{self.width:g}"')
        if self.dashes:
            parts.append(f' stroke-dasharray="{self.dashes}"')
        if self.weight != 400:
            parts.append(f' font-weight="{self.weight}"')
        return "".join(parts)


Palette = Mapping[Ink, Style]


def _palette(ink: str, soft: str, line: str, band: str, steps: tuple[str, ...], edge: str, star: str) -> Palette:
    return {
        Ink.GRID: Style(stroke=line),
        Ink.TRACE: Style(stroke=steps[3], width=2),
        Ink.MEDIAN: Style(stroke=ink, width=1.6, dashes="9 4"),
        Ink.BAND: Style(fill=band),
        Ink.PHASE: Style(stroke=soft, dashes="3 4"),
        Ink.FLAG: Style(fill="#ffffff", stroke=soft),
        Ink.LINK: Style(stroke=soft, width=1.2),
        Ink.TEXT: Style(fill=soft),
        Ink.STRONG: Style(fill=ink, weight=600),
        Ink.NUMBER: Style(fill=ink, weight=600),
        Ink.OPEN: Style(fill="#ffffff", stroke=edge, width=1.5),
        Ink.STAR: Style(fill=star, stroke=ink, width=0.8),
        **{step: Style(fill=color, stroke=edge, width=1.2) for step, color in zip(HELP, steps, strict=True)},
    }


#: The light colors of the pages. Lightness carries the order of support, so it also reads without colors.
PRINT = _palette(
    "#1d2a30", "#4d5c63", "#e3ddd2", "#e2f1ee",
    ("#e4dfd3", "#b9d2cc", "#86b5ad", "#45938a", "#0b6b63"), "#0b6b63", "#e0a11b",
)  # fmt: skip
#: For a printer without colors.
GREY = _palette(
    "#1a1a1a", "#4a4a4a", "#dddddd", "#eeeeee",
    ("#e6e6e6", "#c8c8c8", "#a0a0a0", "#707070", "#2f2f2f"), "#2f2f2f", "#c8c8c8",
)  # fmt: skip
