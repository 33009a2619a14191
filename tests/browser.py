"""The browser for journeys: a Chromium or Chrome of this machine, nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.databases import missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_browser() -> str | None:
    """Path of a browser, the one named by ``TEST_BROWSER`` first."""
    named = os.environ.get("TEST_BROWSER")
    found = [named] if named else [shutil.which(name) for name in NAMES]
    return next((path for path in [*found, *PLACES] if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = find_browser()
    if path is None:
        missing("No browser found: install Chromium or set TEST_BROWSER to its path")
    arguments = ["--no-sandbox", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}
