"""``python -m benchmarks [pages] [matching] [card]``: what the application costs, as ratios within one run."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from benchmarks import section_card, section_matching, section_pages

SECTIONS = ("pages", "matching", "card")


def section(name: str) -> str:
    """A name of ``SECTIONS``. Raises ArgumentTypeError for any other."""
    if name not in SECTIONS:
        raise argparse.ArgumentTypeError(f"{name!r} is none of: {', '.join(SECTIONS)}")
    return name


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description="What it costs. See benchmarks/README.md.")
    parser.add_argument("sections", nargs="*", type=section, default=SECTIONS, metavar="pages|matching|card",
                        help="what to measure (default: everything)")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="small sizes, fewer rounds")
    parser.add_argument("--sqlite", action="store_true", help="pages: leave PostgreSQL out")
    parser.add_argument("--rounds", type=int, help="pages: requests of each page (default 60, quick 30)")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """0 when everything keeps to its budget, else 1."""
    wanted = arguments(given)
    logging.disable(logging.INFO)
    wrong: list[str] = []
    if "pages" in wanted.sections:
        wrong += section_pages.run(wanted.quick, wanted.sqlite, wanted.rounds)
    if "matching" in wanted.sections:
        wrong += section_matching.run(wanted.quick)
    if "card" in wanted.sections:
        wrong += section_card.run()
    print("\n" + ("\n".join(["Over budget:", *wrong]) if wrong else "Everything keeps to its budget."))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
