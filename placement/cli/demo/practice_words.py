"""What invented participants practice at home and on the way to work, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """How it went so many ``days`` ago, by canonical ranks; None: this person said nothing. ``steps``: rank of each
    step, by whoever looked on."""

    days: int
    own: int | None = None
    staff: int | None = None
    family: int | None = None
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """``task``: key of the catalog, of a private template where ``private``. ``by``: who looks on, with the role's key.
    ``weeks``: how long ago it began. ``family``: whom the participant invited."""

    task: str
    by: str
    weeks: int
    baseline: int
    target: int
    plan: str
    said: tuple[Said, ...] = ()
    family: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    mom: str
    plans: dict[str, str] = field(default_factory=dict)


_WORDS = {
    "en": _Words(
        "Mom",
        {
            "get_up_on_time": "Monday to Friday at half past six, at home",
            "practice_interview": "Every second week, with the job coach's questions",
            "travel_alone": "By bus to the shop, on days with a shift",
            "make_a_phone_call": "One call a week, from the club office",
            "take_a_shower": "Mondays and Thursdays, in the evening",
            "cook_a_meal": "Sundays, at home",
        },
    ),
    "de": _Words(
        "Mama",
        {
            "get_up_on_time": "Montag bis Freitag um halb sieben, zu Hause",
            "practice_interview": "Alle zwei Wochen, mit den Fragen des Jobcoachs",
            "travel_alone": "Mit dem Bus zum Laden, an Tagen mit Schicht",
            "make_a_phone_call": "Ein Anruf pro Woche, aus dem Büro",
            "take_a_shower": "Montags und donnerstags am Abend",
            "cook_a_meal": "Sonntags, zu Hause",
        },
    ),
}


def plots(locale: str, nth: int) -> tuple[Plot, ...]:
    """What the first (``nth`` 0) or the second participant practices; the oldest days first."""
    words = _WORDS[locale]
    if nth:
        cooked = (Said(24, own=4, staff=3), Said(17, own=4), Said(10, own=5, staff=5), Said(3, own=5))
        return (Plot("cook_a_meal", "coach", 4, 3, 6, words.plans["cook_a_meal"], cooked),)
    up = (
        Said(34, own=4, family=2), Said(31, family=3), Said(27, own=3, family=3), Said(24, family=3),
        Said(20, own=5, family=4), Said(16, family=5), Said(13, own=5, family=4), Said(9, family=5),
        Said(6, own=6, family=6), Said(4, family=5), Said(2, own=6, family=6), Said(1, family=6),
    )  # fmt: skip
    talk = (
        Said(33, own=3, staff=2, steps=(3, 2, 3, 1, 2, 1)),
        Said(19, own=4, staff=4, steps=(5, 3, 4, 3, 4, 3)),
        Said(5, own=4, staff=5, steps=(6, 5, 5, 4, 5, 5)),
    )
    rode = (Said(28, own=3, staff=3), Said(21, own=4, staff=4), Said(11, own=5, staff=6), Said(4, own=6, staff=6))
    washed = (Said(26, own=3, staff=3), Said(19, own=4), Said(12, own=4, staff=5), Said(5, own=5))
    made = (
        ("get_up_on_time", "therapist", 5, 2, 6, up, words.mom),
        ("practice_interview", "therapist", 5, 2, 5, talk, ""),
        ("travel_alone", "coach", 4, 3, 6, rode, ""),
        ("make_a_phone_call", "therapist", 1, 2, 5, (), ""),
        ("take_a_shower", "therapist", 4, 3, 6, washed, ""),
    )
    return tuple(
        Plot(task, by, weeks, low, high, words.plans[task], said, who, private=task == "take_a_shower")
        for task, by, weeks, low, high, said, who in made
    )
