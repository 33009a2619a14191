"""Abstract pictures: the same for good, different from each other, inside their frame."""

from __future__ import annotations

import re
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from placement.domain.abstract_pictures import HEIGHT, SEEDS, SETS, TOGETHER, TONES, WIDTH, draw, offered

_ALLOWED = re.compile(r"[MCLaZ0-9. -]+")


def test_a_seed_draws_the_same_picture_for_good() -> None:
    """Words are kept with the seed alone: a change here would put other pictures beside them."""
    drawn = "\n".join(f"{one.tone}{one.line}{one.path}" for seed in SEEDS for one in draw(seed).shapes)
    assert sha256(drawn.encode()).hexdigest() == "40991f4fb446b6f24b9fec59b42f0e1e1fc29bf1cac8f7b1fa876e5fd3068084"


def test_every_set_offers_one_of_each_family_and_they_differ() -> None:
    sets = [offered(nth) for nth in range(SETS)]
    assert sorted(seed for one in sets for seed in one) == list(SEEDS)
    assert offered(SETS) == offered(0)
    for one in sets:
        assert len({draw(seed).about.msgid for seed in one}) == TOGETHER
    assert len({draw(seed).shapes for seed in SEEDS}) == len(SEEDS)


@given(st.integers(0, 2**62))
def test_any_seed_draws_shapes_near_the_frame(seed: int) -> None:
    picture = draw(seed)
    assert picture == draw(seed)
    assert 4 <= len(picture.shapes) <= 12
    for shape in picture.shapes:
        assert shape.tone in range(TONES)
        assert _ALLOWED.fullmatch(shape.path)
        x, y = (float(part) for part in shape.path[1:].split()[:2])
        assert -100 <= x <= WIDTH + 100
        assert -100 <= y <= HEIGHT + 100
