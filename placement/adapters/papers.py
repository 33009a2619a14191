"""Papers people upload: PDF, JPEG and PNG, known by how they begin and not by their name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

#: Bytes.
LARGEST = 5 * 1024 * 1024
_BEGINS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
_PLAIN = re.compile(r"[^\w .()-]+")
_LONGEST = 100


class Problem(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"


class Unfit(Exception):
    """A file that is not taken, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Paper:
    """``name`` without a path and with the ending of its ``kind``, a media type; ``digest``: SHA-256."""

    name: str
    kind: str
    digest: str
    content: bytes


def read_paper(name: str, content: bytes) -> Paper:
    """Raises Unfit for what is empty, larger than :data:`LARGEST`, or neither PDF, JPEG nor PNG."""
    if not content:
        raise Unfit(Problem.EMPTY)
    if len(content) > LARGEST:
        raise Unfit(Problem.TOO_LARGE)
    kind = next((kind for begin, kind in _BEGINS if content.startswith(begin)), None)
    if kind is None:
        raise Unfit(Problem.OTHER_KIND)
    bare = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    stem = " ".join(_PLAIN.sub(" ", bare).split()).strip(" .")[:_LONGEST] or "paper"
    return Paper(f"{stem}.{_ENDINGS[kind]}", kind, hashlib.sha256(content).hexdigest(), content)
