"""What the sweep needs: the demo on a port, and a line at the end that says how much was looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.databases import shared_folder
from tests.sweep import demo


@pytest.fixture(scope="session")
def demo_database(pytestconfig: pytest.Config) -> Path:
    """The small demo; copy it, never write to it."""
    path = shared_folder(pytestconfig) / "demo.db"
    demo.build(path)
    return path


def pytest_terminal_summary(terminalreporter: Any) -> None:
    seen: dict[str, int] = {"pages": 0, "variants": 0}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, value in report.user_properties:
                    seen[name] = seen.get(name, 0) + value
    if seen["variants"]:
        terminalreporter.write_line(
            f"Swept {seen['pages']} pages (role × language) in {seen['variants']} variants (× light, dark × 360, 1280)."
        )
