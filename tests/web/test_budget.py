"""What a page may cost: four statements for a list, six for another page, however long the history is."""

from __future__ import annotations

from datetime import time

import pytest
from werkzeug.routing import Rule

from placement.domain.shifts import Attendance
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter
from tests.web import endpoints
from tests.web.objects import OWN
from tests.web.walk import Walk

LISTS = ("index", "sites", "openings")
MOST, MOST_OF_A_LIST = 6, 4
WEEKS = 27
#: Looked at as everybody who sees them: one after the other, since each reader has queries of their own.
READERS = ("coordinator", "coach", "supervisor", "noa", "admin")


def lengthen(make: Make, cast: Cast) -> None:
    """Half a year of shifts with feedback, three tasks each."""
    for week in range(2, WEEKS + 2):
        day = make.day(-7 * week)
        shift = make.shift(cast.a.placement, day, time(9), time(12), attendance=Attendance.HERE)
        levels = [(task, week % 3 + 3) for task in cast.a.catalog.tasks[:3]]
        make.feedback(shift, cast.a.rater, levels, cast.a.catalog)
        make.milestone(cast.a.participant, cast.a.catalog.rules[0], shift, cast.a.catalog.tasks[1])


@pytest.mark.parametrize("rule", endpoints.reading(), ids=endpoints.name)
def test_within_budget_whatever_the_history(rule: Rule, walk: Walk, make: Make, statements: Counter) -> None:
    path = walk.all(rule, OWN)
    most = MOST_OF_A_LIST if rule.endpoint.split(".")[1] in LISTS else MOST
    costs: list[dict[str, int]] = []
    for _ in range(2):
        counted = {}
        for name in READERS:
            with statements:
                answer = walk.visitors[name].http.get(path)
            if answer.status_code == 200:
                counted[name] = statements.count
                assert statements.count <= most, f"{name}: {statements.count}\n" + "\n".join(statements.texts)
        costs.append(counted)
        if len(costs) == 1:
            lengthen(make, walk.objects.cast)
    assert costs[0] == costs[1]
