"""What an invented participant wrote in their log, in both languages."""

from __future__ import annotations

from placement.domain.diary import ExpectedBody, ThoughtBody

#: Mood and energy of the last days, the latest last; None: nothing written, which is fine.
DAYS: tuple[tuple[int | None, int | None] | None, ...] = (
    (2, 2), (2, 3), None, (3, 2), (2, 2), None, None, (3, 3), (3, 2), (2, 3), None, (3, 3), (4, 3), None, (3, None),
    (2, 1), (3, 2), None, None, (3, 3), (4, 3), (3, 4), None, (4, 4), (3, 3), (4, 3), None, (4, 4), (3, 3), (4, 4),
)  # fmt: skip

#: Words to some of these days, by how long ago (0 is yesterday).
TEXTS = {
    "en": {
        1: "A woman asked me where the oats are, and I knew it. I did not run away.",
        6: "Tired, but I went. Music on the bus helped.",
        14: "Did not sleep much. Stayed in bed until noon, then a walk around the pond.",
    },
    "de": {
        1: "Eine Frau hat mich gefragt, wo die Haferflocken stehen, und ich wusste es. Ich bin nicht weggelaufen.",
        6: "Müde, aber ich bin hingegangen. Musik im Bus hat geholfen.",
        14: "Kaum geschlafen. Bis mittags im Bett, dann eine Runde um den Teich.",
    },
}
THOUGHTS = {
    "en": ThoughtBody(
        situation="At the till a man sighed while I looked for the code.",
        feeling="ashamed",
        strength=80,
        thought="I hold everybody up. They want me gone.",
        speaks_for="He sighed.",
        speaks_against="He said thank you. My colleague needs the list for that code, too.",
        balanced="It took a moment longer. That happens to everybody at a till.",
        feeling_after="ashamed",
        strength_after=35,
    ),
    "de": ThoughtBody(
        situation="An der Kasse hat ein Mann geseufzt, als ich die Nummer gesucht habe.",
        feeling="Scham",
        strength=80,
        thought="Ich halte alle auf. Sie wollen mich weghaben.",
        speaks_for="Er hat geseufzt.",
        speaks_against="Er hat Danke gesagt. Meine Kollegin braucht für die Nummer auch die Liste.",
        balanced="Es hat etwas länger gedauert. Das passiert an einer Kasse allen.",
        feeling_after="Scham",
        strength_after=35,
    ),
}
EXPECTED = {
    "en": ExpectedBody("That I forget everything and somebody gets loud.", "I forgot one thing. Nobody got loud."),
    "de": ExpectedBody(
        "Dass ich alles vergesse und jemand laut wird.", "Eine Sache habe ich vergessen. Niemand wurde laut."
    ),
}
CONCERN = {
    "en": "In the last two weeks they look worn out and eat nothing in the break.",
    "de": "Wirkt seit zwei Wochen erschöpft und isst in der Pause nichts.",
}
