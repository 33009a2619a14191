"""What is asked and answered about a record in the invented programs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """``wrong`` was answered with ``righted``, ``waits`` was not yet; ``ground``: why a note is kept back;
    ``court``: who decides by law, ``left``: what stays with the participant."""

    wrong: str
    righted: str
    waits: str
    ground: str
    court: str
    left: str


WORDS = {
    "en": Words(
        "My profile says I can’t lift. I can, up to 10 kilos. My doctor wrote it down in May.",
        "Thank you. We read the letter together, and your profile says 10 kilos now.",
        "The call on Tuesday was from my sister, not from my mother.",
        "A part of it is about somebody else. I will tell you on Thursday what it says about you.",
        "Ms. Barth, legal guardian",
        "Where they live and work they decide themself.",
    ),
    "de": Words(
        "In meinem Profil steht, ich darf nicht heben. Ich darf, bis 10 Kilo. Meine Ärztin hat das im Mai geschrieben.",
        "Danke. Wir haben den Brief zusammen gelesen, im Profil stehen jetzt 10 Kilo.",
        "Am Dienstag hat meine Schwester angerufen, nicht meine Mutter.",
        "Ein Teil davon handelt von jemand anderem. Was es über Sie sagt, erzähle ich Ihnen am Donnerstag.",
        "Frau Barth, gesetzliche Betreuerin",
        "Wo er oder sie wohnt und arbeitet, bestimmt die Person selbst.",
    ),
}
