"""The blueprint of placements; its pages are in the files beside this one."""

from __future__ import annotations

from flask import Blueprint

from placement.domain.placement_words import answer_words, kind_words, move_words, state_words, step_words
from placement.domain.sharing import share_words, shop_words
from placement.domain.shifts import attendance_words
from placement.web.links import link_if

placements = Blueprint("placements", __name__)


@placements.context_processor
def _words() -> dict[str, object]:
    return {
        "state_words": state_words,
        "kind_words": kind_words,
        "move_words": move_words,
        "step_words": step_words,
        "answer_words": answer_words,
        "attendance_words": attendance_words,
        "share_words": share_words,
        "shop_words": shop_words,
        "link_if": link_if,
    }
