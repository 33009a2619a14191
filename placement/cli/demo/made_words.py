"""What an invented participant made and played and how it was for them, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """``ago``: days. ``words``: the participant's; empty: none. ``shared``: with who wrote it down."""

    ago: int
    minutes: int
    name: str
    meant_for: str
    words: str = ""
    shared: bool = False
    in_session: bool = False


THINGS = {
    "en": (
        Thing(19, 40, "Painting stones",
              "Something for the hands, so that talking is easier. Nothing has to come of it.",
              "The grey one turned out best. I did not think about work for half an hour.", shared=True),
        Thing(11, 50, "A card game in the café",
              "Being among people and having something to hold on to. Winning and losing without it mattering.",
              "Lost three times and laughed once."),
        Thing(4, 20, "Collage: my way to work",
              "Looking at the way piece by piece, with scissors instead of words.", in_session=True),
    ),
    "de": (
        Thing(19, 40, "Steine bemalen",
              "Etwas für die Hände, damit das Reden leichter geht. Es muss nichts dabei herauskommen.",
              "Der graue ist am besten geworden. Eine halbe Stunde nicht an die Arbeit gedacht.", shared=True),
        Thing(11, 50, "Kartenspiel im Café",
              "Unter Leuten sein und etwas in der Hand haben. Gewinnen und verlieren, ohne dass es etwas ausmacht.",
              "Dreimal verloren und einmal gelacht."),
        Thing(4, 20, "Collage: mein Weg zur Arbeit",
              "Den Weg Stück für Stück ansehen, mit der Schere statt mit Worten.", in_session=True),
    ),
}  # fmt: skip

#: Days ago, which picture, the words, whether the therapist may read them.
PICTURES = {
    "en": (
        (15, 3, "The pond behind our house when nobody has got up yet.", True),
        (6, 2, "Everybody talks at the same time, and the round one listens.", False),
    ),
    "de": (
        (15, 3, "Der Teich hinter unserem Haus, wenn noch niemand wach ist.", True),
        (6, 2, "Alle reden gleichzeitig, und das Runde hört zu.", False),
    ),
}
