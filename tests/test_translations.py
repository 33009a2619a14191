"""Every sentence has a German translation that can be filled in like its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
GERMAN = ROOT / "placement" / "translations" / "de" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0 +]*\d*(?:\.\d+)?([a-zA-Z])|%(%)")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="de", abort_invalid=True)


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [])


def placeholders(text: str) -> set[tuple[str, ...]]:
    return set(PLACEHOLDER.findall(text))


COUNTS = {("n", "d", ""), ("n", "s", ""), ("num", "d", ""), ("num", "s", "")}


def faults(message: Message, plurals: int) -> list[str]:
    """What is wrong with one entry of a catalog with ``plurals`` plural forms."""
    source, german = forms(message.id), forms(message.string)
    found = ["fuzzy"] if message.fuzzy else []
    if len(german) != (plurals if len(source) > 1 else 1) or not all(text.strip() for text in german):
        return [*found, "not translated"]
    # The singular may say "one" in words and leave out the count, and name what only the English singular names.
    wanted = placeholders(source[-1])
    singular = COUNTS | (placeholders(source[0]) - wanted)
    for index, text in enumerate(german):
        difference = placeholders(text) ^ wanted
        optional = singular if len(source) > 1 and index == 0 else set()
        if difference - optional:
            found.append(f"placeholders differ in {text!r}")
    return found


def test_every_sentence_is_translated() -> None:
    catalog = read(GERMAN)
    messages = [message for message in catalog if message.id]
    assert messages
    wrong = {str(message.id): faults(message, catalog.num_plurals) for message in messages}
    assert {sentence: found for sentence, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Late"\nmsgstr "Spät"', None),
        ('msgid "Late"\nmsgstr ""', "not translated"),
        ('msgid "Late"\nmsgstr " "', "not translated"),
        ('#, fuzzy\nmsgid "Late"\nmsgstr "Spät"', "fuzzy"),
        ('msgid "By %(name)s"\nmsgstr "Von %(name)s"', None),
        ('msgid "By %(name)s"\nmsgstr "Von %(nam)s"', "placeholders"),
        ('msgid "%(n)s of %(all)s"\nmsgstr "%(n)s"', "placeholders"),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "ein Tag"\nmsgstr[1] "%(n)s Tage"', None),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "ein Tag"\nmsgstr[1] "Tage"', "placeholders"),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s Tag"\nmsgstr[1] ""', "not translated"),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s Tag"\nmsgstr[1] "%(x)s Tage"', "placeholders"),
    ],
)
def test_the_check_sees(entry: str, fault: str | None, tmp_path: Path) -> None:
    path = tmp_path / "messages.po"
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    path.write_text(header + plural + entry + "\n", encoding="utf-8")
    catalog = read(path)
    found = [text for message in catalog if message.id for text in faults(message, catalog.num_plurals)]
    assert [text.startswith(fault or "") for text in found] == ([True] if fault else [])


@pytest.mark.parametrize("locale", ["en", "de"])
def test_plain_sentences_belong_to_usual_ones(locale: str) -> None:
    """What is said more plainly is said somewhere, fills in like its source, and is not the usual sentence again."""
    usual = {message.id: message for message in read(GERMAN) if message.id}
    plain = read(GERMAN.parents[2] / locale / "LC_MESSAGES" / "plain.po")
    messages = [message for message in plain if message.id]
    assert messages
    assert [message.id for message in messages if message.id not in usual] == []
    wrong = {str(message.id): faults(message, plain.num_plurals) for message in messages}
    assert {sentence: found for sentence, found in wrong.items() if found} == {}
    same = usual if locale == "de" else {}
    assert [m.id for m in messages if m.id in same and same[m.id].string == m.string] == []


def test_sentences_are_found() -> None:
    """What collects sentences knows ``say`` by its name alone; under another one they would stay English."""
    renamed = re.compile(r"from placement\.domain\.words import .*\bsay(_n)? as ")
    files = [path for path in (ROOT / "placement").rglob("*.py") if renamed.search(path.read_text(encoding="utf-8"))]
    assert not files
