"""Who was not there repeatedly."""

from __future__ import annotations

import pytest

from placement.domain.attendance import is_repeated
from placement.domain.shifts import Attendance as A


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        ([], False),
        ([A.ABSENT], False),
        ([A.ABSENT, A.ABSENT], True),
        ([A.ABSENT, A.HERE, A.LATE, A.ABSENT], True),
        ([A.ABSENT, A.HERE, A.LATE, A.HERE, A.ABSENT], False),
        # Nobody has said anything about these: they are no shifts to count.
        ([A.UNKNOWN, A.UNKNOWN, A.ABSENT, A.UNKNOWN, A.HERE, A.HERE, A.ABSENT], True),
        # Ill and said so.
        ([A.EXCUSED, A.EXCUSED, A.EXCUSED, A.ABSENT], False),
        ([A.EXCUSED, A.ABSENT, A.EXCUSED, A.EXCUSED, A.ABSENT], False),
    ],
)
def test_two_of_the_last_four(latest: list[A], expected: bool) -> None:
    assert is_repeated(latest) is expected
