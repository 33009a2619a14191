"""The log's rules: bodies come back as they were packed, nothing foreign is read, and what a share reaches."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.diary import (
    DayBody,
    EntryKind,
    ExpectedBody,
    ThoughtBody,
    ensure_body,
    is_empty,
    kind_of,
    kind_words,
    pack,
    unpack,
)
from placement.domain.errors import Refused
from placement.domain.shares import OF_THE_LOG, ShareKind, reaches, share_words, shows

DAY = date(2026, 3, 2)
TEXT = st.text(max_size=200)
FELT, PERCENT = st.none() | st.integers(1, 5), st.none() | st.integers(0, 100)
BODIES = st.one_of(
    st.builds(DayBody, FELT, FELT, TEXT),
    st.builds(
        ThoughtBody, TEXT, st.text(max_size=100), PERCENT, TEXT, TEXT, TEXT, TEXT, st.text(max_size=100), PERCENT
    ),
    st.builds(ExpectedBody, TEXT, TEXT),
)
SHARES = st.tuples(
    st.sampled_from([kind for kind in ShareKind if kind is not ShareKind.ENTRY]),
    st.none() | st.integers(-9, 9).map(lambda days: DAY + timedelta(days=days)),
)


@given(BODIES)
def test_what_is_packed_comes_back(body: DayBody | ThoughtBody | ExpectedBody) -> None:
    assert unpack(kind_of(body), pack(body)) == body
    if is_empty(body):
        with pytest.raises(Refused):
            ensure_body(body)
    else:
        ensure_body(body)


@pytest.mark.parametrize("text", ["[]", "3", "{", '{"mood": 3, "other": 1}', json.dumps({"situation": "a bus"})])
def test_a_foreign_shape_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):
        unpack(EntryKind.DAY, text)


@given(SHARES, st.sampled_from(list(EntryKind)), st.integers(-9, 9), st.integers(1, 3), st.integers(1, 3))
def test_a_share_reaches_no_further_than_it_says(
    share: tuple[ShareKind, date | None], of: EntryKind, after: int, shared: int, entry: int
) -> None:
    kind, since = share
    day = DAY + timedelta(days=after)
    seen = shows(kind, since, None, entry, of, day)
    assert shows(ShareKind.ENTRY, since, shared, entry, of, day) is (shared == entry), "one entry, whatever its day"
    assert not shows(ShareKind.ENTRY, None, None, None, of, day), "nothing that is only being written"
    if seen:
        assert kind not in (ShareKind.MOOD_CHART, ShareKind.ACTIVITY, ShareKind.REFLECTION)
        assert since is None or since <= day
        assert not shows(kind, since, None, entry, of, (since or day) - timedelta(days=1)) or since is None
        assert [other for other in EntryKind if shows(kind, since, None, entry, other, day)] == [of]
    more = reaches(kind, since, None, entry, of, day)
    assert more == (seen or (kind is ShareKind.MOOD_CHART and of is EntryKind.DAY and (since or day) <= day))


def test_every_kind_has_its_words() -> None:
    assert len({kind_words(kind).msgid for kind in EntryKind}) == len(EntryKind)
    assert len({share_words(kind).msgid for kind in ShareKind}) == len(ShareKind)
    assert ShareKind.ENTRY not in OF_THE_LOG
