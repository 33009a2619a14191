"""A phone that can be switched off and on again, with what lies on its disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType

from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.journeys.conftest import PHONE
from tests.web.cards.phones import Link, link_for

Start = Callable[[], BrowserContext]


@pytest.fixture
def link(cast: Cast, make: Make) -> Link:
    return link_for(make, cast.a.placement)


@pytest.fixture
def start(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], address: str, clock: Clock, tmp_path: Path
) -> Iterator[Start]:
    """``start()``: the phone is switched on; again: it was switched off in between, and has what lies on its disk."""
    running: list[BrowserContext] = []

    def switch_on() -> BrowserContext:
        while running:
            running.pop().close()
        context = browser_type.launch_persistent_context(
            str(tmp_path / "phone"), viewport=PHONE, has_touch=True, locale="en-US", base_url=address,  # type: ignore[arg-type]
            timezone_id="Europe/Berlin", reduced_motion="reduce", **browser_type_launch_args,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        context.clock.install(time=clock.now)
        running.append(context)
        return context

    yield switch_on
    for context in running:
        context.close()
