"""The tables a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.measure import Figures, growth
from benchmarks.writes import Crowd

_HEAD = ("page", "statements", "bytes", "gzip", "CPU ms", "log ms", "p50 ms", "p95 ms", "× FLOOR")


def pages(name: str, found: Mapping[str, Sequence[Figures]]) -> None:
    """One table a size; the largest also says how each page grew."""
    small = found["small"]
    for size, rows in found.items():
        grew = size != "small"
        print(f"\n{name}, {size} demo")
        lines = [(*_HEAD, "× small", "same payload") if grew else _HEAD]
        for number, row in enumerate(rows):
            line = (
                row.spec.name, str(row.statements), f"{row.size:,}", f"{row.zipped:,}", _ms(row.cpu), _ms(row.log),
                _ms(row.p50), _ms(row.p95), f"{row.cpu / rows[0].cpu:.2f}",
            )  # fmt: skip
            same = "" if row.spec.writes else f"{growth(small[number], row):.2f}"
            more = (f"{row.cpu / small[number].cpu:.2f}", same)
            lines.append((*line, *more) if grew else line)
        _table(lines)


def writes(name: str, size: str, crowds: Sequence[Crowd]) -> None:
    """How sending feedback goes when many send at once."""
    print(f"\n{name}, {size} demo: many post feedback at once")
    lines = [("threads", "sent", "commits/s", "p50 ms", "p99 ms", "longest ms", "errors", "lost")]
    lines += [
        (
            str(many.threads), str(many.sent), f"{many.rate:.0f}", _ms(many.p50), _ms(many.p99), _ms(many.longest),
            str(many.errors), str(many.lost),
        )
        for many in crowds
    ]  # fmt: skip
    _table(lines)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f}"


def _table(lines: Sequence[Sequence[str]]) -> None:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        first, *rest = (text.ljust(width) if not at else text.rjust(width)
                        for at, (text, width) in enumerate(zip(line, widths, strict=True)))  # fmt: skip
        print("  ".join((first, *rest)))
