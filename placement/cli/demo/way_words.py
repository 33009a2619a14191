"""What the demo says about referrals, funders and jobs, by locale."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WayWords:
    """``by``: who referred; ``reasons`` and ``goals`` take turns; ``jobs``: employer and title; ``left``: names of who
    left.
    """

    by: tuple[str, ...]
    reasons: tuple[str, ...]
    goals: tuple[str, ...]
    funders: tuple[str, ...]
    jobs: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]


WORDS = {
    "en": WayWords(
        by=("Ms. Kern, day clinic", "Mr. Adeyemi, employment agency", "Dr. Weber, GP", ""),
        reasons=(
            "Wants to try out regular hours again.", "Looks for a first step back into work.",
            "Would like to find out which work suits.",
        ),
        goals=(
            "Get up in the morning for something.", "Earn my own money again.", "See whether I can manage a till.",
            "Be among people.",
        ),
        funders=("State pension fund", "Employment agency", "County vocational services"),
        jobs=(("Harbor Hardware", "Shelves and stock"), ("Corner Bakery", "Sales"), ("City Library", "Returns desk")),
        left=(
            ("Ada", "Bright"), ("Bo", "Castell"), ("Cleo", "Danvers"), ("Dag", "Eastman"), ("Edie", "Fairfax"),
            ("Finn", "Garrow"), ("Gwen", "Hollis"), ("Hal", "Ives"), ("Ines", "Jarvis"), ("Jude", "Keller"),
            ("Kit", "Lowell"), ("Lou", "Mercer"), ("Mae", "Norris"), ("Ned", "Overton"), ("Opal", "Pryor"),
            ("Pip", "Quill"), ("Rae", "Rowan"), ("Sid", "Sutter"),
        ),
    ),
    "de": WayWords(
        by=("Frau Kern, Tagesklinik", "Herr Adeyemi, Arbeitsagentur", "Dr. Weber, Hausarzt", ""),
        reasons=(
            "Möchte wieder feste Zeiten erproben.", "Sucht einen ersten Schritt zurück in die Arbeit.",
            "Möchte herausfinden, welche Arbeit passt.",
        ),
        goals=(
            "Morgens für etwas aufstehen.", "Wieder eigenes Geld verdienen.", "Sehen, ob ich die Kasse schaffe.",
            "Unter Leuten sein.",
        ),
        funders=("Deutsche Rentenversicherung", "Agentur für Arbeit", "Bezirk, Eingliederungshilfe"),
        jobs=(("Eisenwaren am Hafen", "Regale und Lager"), ("Eckbäckerei", "Verkauf"), ("Stadtbücherei", "Rückgabe")),
        left=(
            ("Anke", "Bahr"), ("Bernd", "Clasen"), ("Carla", "Dose"), ("Dirk", "Ehlers"), ("Elke", "Freese"),
            ("Falk", "Gehrke"), ("Grete", "Hagen"), ("Hauke", "Ihde"), ("Imke", "Jessen"),
        ),
    ),
}  # fmt: skip
