"""The pictures of mood and energy."""

from __future__ import annotations

from collections.abc import Sequence

from placement.charts.felt import Day, felt_chart
from placement.charts.picture import Chart
from placement.domain.diary import ENERGIES, MOODS
from placement.domain.words import say
from placement.queries.diary.course import Felt


def charts(course: Sequence[Felt]) -> list[Chart]:
    """One for each of the two that has a day at all."""
    moods = [Day(one.day, one.mood) for one in course if one.mood is not None]
    energies = [Day(one.day, one.energy) for one in course if one.energy is not None]
    parts = ((say("Mood"), MOODS, moods), (say("Energy"), ENERGIES, energies))
    return [felt_chart(title, words, days) for title, words, days in parts if days]
