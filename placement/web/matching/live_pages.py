"""Which openings fit somebody, and who fits an opening: as things stand now, without a run."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from placement.charts.bars import FitBar
from placement.domain.matching.presets import PRESETS
from placement.domain.matching.problem import Settings
from placement.policy.permissions import Permission
from placement.queries.matching.live import Asked, LiveLine, LiveList, openings_for, people_for_opening
from placement.web.current import actor, reads, today
from placement.web.forms import whole_number
from placement.web.gate import record, requires
from placement.web.lists import asked, given
from placement.web.matching.blueprint import matching
from placement.web.matching.fit import stored_bar

#: Nobody turns more pages than this.
LAST_PAGE = 10_000
_WEIGHTS = {preset.key: preset.weights for preset in PRESETS}


@matching.get("/participants/<public_id>/openings")
@requires(Permission.MATCHING_RUN)
def openings_of(public_id: str) -> ResponseReturnValue:
    wanted = _asked()
    found = openings_for(reads(), actor(), public_id, wanted, today())
    record(found.participant_id)
    return render_template("matching/openings_for.html", **_shown("matching.openings_of", found, wanted))


@matching.get("/openings/<public_id>/people")
@requires(Permission.MATCHING_RUN)
def people_of(public_id: str) -> ResponseReturnValue:
    wanted = _asked()
    found = people_for_opening(reads(), actor(), public_id, wanted, today())
    record()
    return render_template("matching/people_for.html", **_shown("matching.people_of", found, wanted))


def _preset() -> str:
    return asked("preset", tuple(_WEIGHTS)) or PRESETS[0].key


def _asked() -> Asked:
    page = min(whole_number(asked("page")) or 0, LAST_PAGE)
    return Asked(Settings(_WEIGHTS[_preset()]), asked("q"), asked("who", ("waiting",)) == "waiting", page)


def _shown(endpoint: str, found: LiveList, wanted: Asked) -> dict[str, Any]:
    """What both pages show: lines with their bars, the choice made, and the neighboring pages."""
    kept = given(q=wanted.q, preset=asked("preset", tuple(_WEIGHTS)), who="waiting" if wanted.waiting else "")

    def at(page: int) -> str:
        return url_for(endpoint, public_id=found.public_id, page=page or None, **kept)

    return {
        "found": found,
        "lines": [(line, _bar(line, wanted)) for line in found.lines],
        "wanted": wanted,
        "presets": PRESETS,
        "preset": next(preset for preset in PRESETS if preset.key == _preset()),
        "previous_url": at(found.page - 1) if found.page else None,
        "next_url": at(found.page + 1) if found.more else None,
    }


def _bar(line: LiveLine, wanted: Asked) -> FitBar | None:
    if line.fit is None or line.parts is None:
        return None
    parts = line.parts
    points = {
        "profile": parts.profile, "wishes": parts.wishes, "travel": parts.travel, "schedule": parts.schedule,
    }  # fmt: skip
    return stored_bar(points, wanted.settings.weights)
