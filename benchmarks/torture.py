"""``python -m benchmarks.torture [card] [mail]``: the site and its worker, killed again and again under load.

Only the loopback address is used. Sizes and the database can be chosen; the modules run alone, too.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from benchmarks import torture_card, torture_mail

PARTS = ("card", "mail")


def main(given: Sequence[str] | None = None) -> int:
    """0 when nothing was lost, nothing came twice and nobody waited too long, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="card|mail", help="which of them (default: both)")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one of both databases")
    for name in ("phones", "feedbacks", "kills", "pause"):
        parser.add_argument(f"--{name}", help=f"card: see python -m benchmarks.torture_card --help ({name})")
    parser.add_argument("--mails", help="mail: how many")
    asked = parser.parse_args(given)
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"{', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")
    logging.disable(logging.INFO)
    parts = asked.parts or PARTS
    failed = 0
    if "card" in parts:
        failed += torture_card.main(_options(asked, ("only", "phones", "feedbacks", "kills", "pause")))
    if "mail" in parts:
        failed += torture_mail.main(_options(asked, ("only", "mails")))
    print("Not as it must be: see above." if failed else "Nothing lost, nothing twice.")
    return min(failed, 1)


def _options(asked: argparse.Namespace, names: Sequence[str]) -> list[str]:
    return [part for name in names if getattr(asked, name) for part in (f"--{name}", str(getattr(asked, name)))]


if __name__ == "__main__":
    sys.exit(main())
