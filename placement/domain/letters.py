"""A mail before it has a language: what it says, and where its links lead."""

from __future__ import annotations

from dataclasses import dataclass, field

from placement.domain.words import Say


@dataclass(frozen=True, slots=True)
class Link:
    """A button: what it does, and the whole address."""

    label: Say
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Both versions of a mail, plain text and HTML, are drawn from this: so they say the same.

    ``lead`` is the first sentence, ``lines`` a list, ``links`` the buttons, ``more`` what stands below them.
    Days and times in the sentences are local ones.
    """

    subject: Say
    lead: Say
    lines: tuple[Say, ...] = ()
    links: tuple[Link, ...] = ()
    more: tuple[Say, ...] = field(default=())
