"""What an invented participant and their therapist said to each other, week by week, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.sessions import AgreedState, CheckIn

_DONE, _PARTLY, _NOT = AgreedState.DONE, AgreedState.PARTLY, AgreedState.NOT


@dataclass(frozen=True, slots=True)
class Week:
    """One session. ``state`` and ``helped``: how what was agreed went until the next one."""

    wanted: str
    summary: str
    note: str
    agreed: str
    state: AgreedState
    helped: str
    check: CheckIn


#: A question that waits for the next session, from the therapist.
WAITING = {"en": "How long should your shifts be from January?", "de": "Wie lang sollen Ihre Schichten ab Januar sein?"}
MINE = {"en": "I would like to try the till.", "de": "Ich möchte die Kasse ausprobieren."}

WEEKS = {
    "en": (
        Week(
            "What happens here",
            "We got to know each other. You want steady days and more courage with people.",
            "Speaks softly, looks for the door. No hurry.",
            "Write down what gives you strength, three things",
            _DONE,
            "Doing it right after breakfast",
            CheckIn(3, 3, 3, 3),
        ),
        Week(
            "I sleep badly before a shift",
            "The evening before is the hard part. We put together a calm evening.",
            "Worry starts about nine. Asked about sleep; keep an eye on it.",
            "Phone away at nine, twice",
            _PARTLY,
            "An alarm on the phone, of all things",
            CheckIn(3, 4, None, 3, "Fewer questions at the start"),
        ),
        Week(
            "A customer shouted",
            "We went through what happened, step by step. It was not about you.",
            "Still shaken, but came. That counts.",
            "Tell somebody at work when it gets too loud",
            _NOT,
            "I didn’t dare. Writing it on a card could help.",
            CheckIn(4, 4, 3, 4),
        ),
        Week(
            "The card",
            "We wrote the card together and tried it out with a role play.",
            "Laughed for the first time.",
            "Show the card once",
            _DONE,
            "The supervisor knew about it",
            CheckIn(4, 4, 4, 4),
        ),
        Week(
            "My mother asks every day",
            "You decide what you tell at home. We found two sentences for it.",
            "Home is a bigger topic than work.",
            "Use one of the two sentences",
            _PARTLY,
            "Saying it on a walk",
            CheckIn(5, 4, 4, None),
        ),
        Week(
            "I was alone at the shelf",
            "You did a whole hour alone and noticed it only later. We looked at the chart together.",
            "Proud, and startled by it.",
            "Note one good moment after every shift",
            _DONE,
            "The list in my pocket",
            CheckIn(5, 5, 4, 5),
        ),
        Week(
            "Christmas",
            "The days without shifts need a plan. We started one; you choose what goes into it.",
            "Holidays were difficult in other years. Ask again.",
            "Choose two things for the free days",
            _PARTLY,
            "",
            CheckIn(5, 4, 5, 5, "A break in the middle"),
        ),
    ),
    "de": (
        Week(
            "Was hier passiert",
            "Wir haben uns kennengelernt. Sie wünschen sich feste Tage und mehr Mut mit Menschen.",
            "Spricht leise, schaut zur Tür. Keine Eile.",
            "Drei Dinge aufschreiben, die Kraft geben",
            _DONE,
            "Es gleich nach dem Frühstück zu machen",
            CheckIn(3, 3, 3, 3),
        ),
        Week(
            "Ich schlafe schlecht vor der Schicht",
            "Der Abend davor ist das Schwere. Wir haben einen ruhigen Abend geplant.",
            "Die Sorgen beginnen gegen neun. Nach dem Schlaf gefragt, im Blick behalten.",
            "Zweimal um neun das Handy weglegen",
            _PARTLY,
            "Ausgerechnet ein Wecker im Handy",
            CheckIn(3, 4, None, 3, "Am Anfang weniger Fragen"),
        ),
        Week(
            "Ein Kunde hat geschrien",
            "Wir sind es Schritt für Schritt durchgegangen. Es lag nicht an Ihnen.",
            "Noch erschüttert, aber gekommen. Das zählt.",
            "Im Betrieb Bescheid sagen, wenn es zu laut wird",
            _NOT,
            "Ich habe mich nicht getraut. Eine Karte könnte helfen.",
            CheckIn(4, 4, 3, 4),
        ),
        Week(
            "Die Karte",
            "Wir haben die Karte zusammen geschrieben und im Rollenspiel ausprobiert.",
            "Hat zum ersten Mal gelacht.",
            "Die Karte einmal zeigen",
            _DONE,
            "Die Anleiterin wusste davon",
            CheckIn(4, 4, 4, 4),
        ),
        Week(
            "Meine Mutter fragt jeden Tag",
            "Sie entscheiden, was Sie zu Hause erzählen. Wir haben zwei Sätze dafür gefunden.",
            "Zu Hause ist ein größeres Thema als die Arbeit.",
            "Einen der zwei Sätze sagen",
            _PARTLY,
            "Beim Spazierengehen",
            CheckIn(5, 4, 4, None),
        ),
        Week(
            "Ich war allein am Regal",
            "Sie haben eine ganze Stunde allein gearbeitet und es erst danach gemerkt.",
            "Stolz, und erschrocken darüber.",
            "Nach jeder Schicht einen guten Moment notieren",
            _DONE,
            "Die Liste in der Tasche",
            CheckIn(5, 5, 4, 5),
        ),
        Week(
            "Weihnachten",
            "Die Tage ohne Schicht brauchen einen Plan. Wir haben angefangen; Sie wählen aus.",
            "Feiertage waren früher schwer. Wieder nachfragen.",
            "Zwei Dinge für die freien Tage aussuchen",
            _PARTLY,
            "",
            CheckIn(5, 4, 5, 5, "Eine Pause in der Mitte"),
        ),
    ),
}
