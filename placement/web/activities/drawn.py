"""Abstract pictures for pages: drawn anew from their seeds."""

from __future__ import annotations

from collections.abc import Iterable

from placement.domain.abstract_pictures import AbstractPicture, draw
from placement.queries.activities.pictures import Said


def drawn(seeds: Iterable[int]) -> list[AbstractPicture]:
    """The pictures of the seeds."""
    return [draw(seed) for seed in seeds]


def drawn_said(said: Iterable[Said]) -> list[tuple[Said, AbstractPicture]]:
    """Words about pictures, each with its picture."""
    return [(one, draw(one.seed)) for one in said]
