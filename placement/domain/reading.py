"""How somebody reads: what makes pages easier for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """``plain``: plain language (German: Einfache Sprache); ``read_aloud``: by the device's own voices only."""

    plain: bool = False
    large_type: bool = False
    pictograms: bool = False
    read_aloud: bool = False
