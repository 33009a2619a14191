"""What an opening is called where several branches of one employer stand side by side."""

from __future__ import annotations

import pytest

from placement.domain.openings import place_name, shop_name


@pytest.mark.parametrize(
    ("employer", "site", "shop"),
    [
        ("Mill", "Market Street", "Mill, Market Street"),
        ("Lidl", "Lidl Essen, Karnaper Straße 139", "Lidl Essen, Karnaper Straße 139"),
        ("lidl", "LIDL Essen", "LIDL Essen"),
        ("Mill", "Mill", "Mill"),
        ("Mill", " ", "Mill"),
        ("Art", "Market Street", "Art, Market Street"),
        (
            "Corner & Co. (South)",
            "Branch of Corner & Co. (South), Oak Street",
            "Branch of Corner & Co. (South), Oak Street",
        ),
    ],
)
def test_a_branch_is_named_once_and_an_employer_at_most_once(employer: str, site: str, shop: str) -> None:
    assert shop_name(employer, site) == shop
    assert place_name("Till", employer, site) == f"Till, {shop}"
