"""Where the real trial data lie: never part of the project, so a clone without them stays green."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def trial_file(name: str) -> Path:
    """A file of the trial data (folder ``TRIAL_DATA``, default ``../shared/data`` beside the project).

    Without it the test is skipped; with ``CI=true`` it fails.
    """
    path = ROOT / os.environ.get("TRIAL_DATA", "../shared/data") / name
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"trial data are missing: {name} (set TRIAL_DATA)")
        pytest.skip(f"no trial data: {name} (set TRIAL_DATA)")
    return path
