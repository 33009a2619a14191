"""What every test may ask for. Fixtures live in the modules named here, by what they provide."""

from __future__ import annotations

import gc
import os

from hypothesis import settings

pytest_plugins = ["tests.databases", "tests.browser", "tests.application", "tests.web.walk"]

# Shared machines stall now and then: no deadline. In CI the same examples every time.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")


def pytest_collection_finish() -> None:
    """Let the collector pass over what stays to the end: modules, tables, tests. It took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
