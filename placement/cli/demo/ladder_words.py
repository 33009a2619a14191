"""What an invented participant fears at work, and how facing it went, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.exposures import TryWords


@dataclass(frozen=True, slots=True)
class Try:
    """``days`` before today. Fear 0–100."""

    days: int
    predicted: int | None
    peak: int | None
    at_end: int | None
    minutes: int | None
    words: TryWords = TryWords()


@dataclass(frozen=True, slots=True)
class Step:
    """A rung, the easiest first. ``reached``: nothing more to face there."""

    text: str
    expected: int
    reached: bool = False
    tries: tuple[Try, ...] = ()


#: Days ago, and fear predicted, at its highest, at the end, minutes: the numbers speak every language.
_MILK = ((40, 55, 50, 35, 4), (36, 50, 40, 25, 4), (29, 40, 25, 10, 3), (22, 30, 15, 5, 3))
_FULL = ((15, 75, 70, 50, 15), (9, 70, 45, 30, 20), (4, 60, None, 20, 25))

_WORDS = {
    "en": (
        (
            "Ask a customer what they are looking for",
            ("Looked at the shelf while I spoke", "He just said thank you."),
            ("", "My voice shook, and nobody minded."),
            ("Kept close to Jo", "I can do it without knowing the answer."),
            ("", "It is nearly ordinary now."),
        ),
        (
            "Stand at the full counter for a quarter of an hour",
            ("Counted my breaths, kept near the door", "It got less while I stayed."),
            ("Kept near the door", "Nobody looked at me for long."),
            ("", "I forgot about the door for a while."),
        ),
        ("Say “I don’t know, I’ll ask” to somebody in a hurry",),
        ("Take a complaint at the till",),
    ),
    "de": (
        (
            "Einen Kunden fragen, was er sucht",
            ("Beim Reden ins Regal geschaut", "Er hat einfach Danke gesagt."),
            ("", "Meine Stimme hat gezittert, und niemanden hat es gestört."),
            ("Nah bei meiner Begleitung geblieben", "Ich kann es, auch wenn ich die Antwort nicht weiß."),
            ("", "Es ist schon fast normal."),
        ),
        (
            "Eine Viertelstunde an der vollen Theke stehen",
            ("Atemzüge gezählt, nah an der Tür geblieben", "Es wurde weniger, während ich blieb."),
            ("Nah an der Tür geblieben", "Niemand hat mich lange angeschaut."),
            ("", "Die Tür habe ich eine Weile vergessen."),
        ),
        ("„Das weiß ich nicht, ich frage nach“ zu jemandem sagen, der es eilig hat",),
        ("An der Kasse eine Beschwerde annehmen",),
    ),
}


def steps_in(locale: str) -> tuple[Step, ...]:
    """The ladder in a language of the demo."""
    low, full, hurry, till = _WORDS[locale]
    return (
        Step(str(low[0]), 45, reached=True, tries=_tries(_MILK, low[1:])),
        Step(str(full[0]), 70, tries=_tries(_FULL, full[1:])),
        Step(str(hurry[0]), 75),
        Step(str(till[0]), 90),
    )


def _tries(numbers: tuple[tuple[int, int, int | None, int, int], ...], said: tuple[object, ...]) -> tuple[Try, ...]:
    pairs = zip(numbers, said, strict=True)
    return tuple(Try(*told, TryWords(*words)) for told, words in pairs)  # type: ignore[misc]
