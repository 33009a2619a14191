"""Store files: what is usable goes in, what is not is named by line and reason."""

from __future__ import annotations

import io
from collections import Counter

import pytest

from placement.adapters.stores import RowProblem, StoreRow, read_stores
from tests.trial import trial_file

HEADER = "osm,name,street,housenumber,postcode,city,lat,lon,opening_hours,wheelchair,phone"


def row(
    ref: str = "node/1", name: str = "Corner Shop", position: str = "52.5,13.4", hours: str = "", end: str = ""
) -> str:
    return f"{ref},{name},Am Markt,1,10115,Berlin,{position},{hours},yes,{end}"


def read(*lines: str, ending: str = "\n") -> list[StoreRow | RowProblem]:
    return list(read_stores(ending.join((HEADER, *lines)).encode()))


def problems(*lines: str) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in read(*lines) if isinstance(one, RowProblem)]


def test_a_row_is_read_as_it_stands() -> None:
    (store,) = read(
        'way/7,"Laden, Süd",Große Straße,12a,10115,Berlin,52.5,-13.25,"Mo-Sa 07:00-21:00; Su,PH off",limited,1'
    )
    assert store == StoreRow(
        line=2,
        ref="way/7",
        name="Laden, Süd",
        street="Große Straße",
        house_number="12a",
        postcode="10115",
        city="Berlin",
        lat=52.5,
        lon=-13.25,
        opening_hours="Mo-Sa 07:00-21:00; Su,PH off",
        wheelchair="limited",
        complete=True,
    )


@pytest.mark.parametrize("missing", [2, 3, 4, 5])
def test_an_incomplete_address_is_kept_and_flagged(missing: int) -> None:
    cells = row().split(",")
    cells[missing] = " "
    (store,) = read(",".join(cells))
    assert isinstance(store, StoreRow)
    assert not store.complete


@pytest.mark.parametrize(
    ("given", "taken"),
    [("yes", "yes"), ("designated", "yes"), ("limited;yes", "limited"), ("No", "no"), ("", ""), ("bad", "")],
)
def test_wheelchair_takes_the_most_careful_value(given: str, taken: str) -> None:
    (store,) = read(row().replace(",yes,", f",{given},"))
    assert isinstance(store, StoreRow)
    assert store.wheelchair == taken


@pytest.mark.parametrize(
    "position",
    [
        ",13.4",
        "52.5,",
        "north,east",
        "91,13.4",
        "-90.5,13.4",
        "52.5,180.5",
        "nan,13.4",
        "inf,13.4",
        "1e1,13.4",
        "5_2,13.4",
        "٥٢,13.4",
        "0,0",
        "0.000,-0",
    ],
)
def test_a_bad_position_is_a_problem_and_the_next_row_goes_in(position: str) -> None:
    found = read(row(position=position), row("node/2"))
    assert isinstance(found[0], RowProblem)
    assert (found[0].line, found[0].code) == (2, "position")
    assert isinstance(found[1], StoreRow)


def test_rows_without_id_or_name_and_doubles_are_problems() -> None:
    lines = [row(ref=" "), row(name=""), row("node/3"), row("node/3"), row("node/4", name="x" * 256)]
    assert problems(*lines) == [(2, "no_ref"), (3, "no_name"), (5, "double"), (6, "too_long")]


def test_broken_rows_cost_only_themselves() -> None:
    lines = [
        row("node/1", name='"never closed'),
        row("node/2"),
        row("node/3") + ",one,too,many",
        "node/4,short",
        row("node/5", name="with\0nul"),
        row("node/6", name='"closed"too early'),
        row("node/7"),
    ]
    found = read(*lines)
    assert [one.ref for one in found if isinstance(one, StoreRow)] == ["node/2", "node/7"]
    assert problems(*lines) == [(2, "quotes"), (4, "cells"), (5, "cells"), (6, "nul"), (7, "quotes")]


@pytest.mark.parametrize("name", ['b "quoted" c', 'b"', '"b"', '"b'])
def test_a_forgotten_quote_never_swallows_the_row_below(name: str) -> None:
    found = read(row("node/1", name='"open'), row("node/2", name=name), row("node/3"))
    assert isinstance(found[0], RowProblem)
    assert (found[0].line, found[0].code, found[0].detail) == (2, "quotes", "a quote is not closed")
    assert [one.line for one in found] == [2, 3, 4]
    assert isinstance(found[2], StoreRow)


def test_many_broken_rows_are_read_quickly() -> None:
    lines = [row(f"node/{n}", name='"open') for n in range(3000)]
    assert Counter(code for _, code in problems(*lines)) == {"quotes": 3000}


def test_empty_lines_are_passed_over_and_lines_stay_counted() -> None:
    found = read(row("node/1"), "", row("node/2", position="x,y"), "  ", row("node/3"))
    assert [(one.line, type(one)) for one in found] == [(2, StoreRow), (4, RowProblem), (6, StoreRow)]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_all_line_ends_are_read(ending: str) -> None:
    found = read(row("node/1"), row("node/2"), "", ending=ending)
    assert [one.line for one in found] == [2, 3]
    assert all(isinstance(one, StoreRow) for one in found)


def test_other_separators_stay_inside_their_cell() -> None:
    (store,) = read(row(name="Nord\u2028Süd\x85"))
    assert isinstance(store, StoreRow)
    assert store.name == "Nord\u2028Süd"


def test_bytes_streams_texts_and_a_byte_order_mark_read_alike() -> None:
    text = f"{HEADER}\n{row()}\n"
    expected = list(read_stores(text.encode()))
    assert len(expected) == 1
    assert list(read_stores(text.encode("utf-8-sig"))) == expected
    assert list(read_stores(io.BytesIO(text.encode()))) == expected
    assert list(read_stores(io.StringIO("\ufeff" + text))) == expected


def test_columns_may_stand_in_another_order() -> None:
    text = "lat,lon,name,osm,city,postcode,street,housenumber,wheelchair,opening_hours\n1.5,2.5,Shop,n/1,,,,,,24/7\n"
    (store,) = read_stores(text.encode())
    assert isinstance(store, StoreRow)
    assert (store.ref, store.lat, store.lon, store.opening_hours) == ("n/1", 1.5, 2.5, "24/7")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "missing: osm, name"),
        (b"id,name,lat,lon\n1,Shop,1,2\n", "missing: osm, street"),
        (HEADER.replace(",", ";").encode(), "missing"),
        ((HEADER + ",osm\n").encode(), "twice: osm"),
        (f"{HEADER}\n{row(name='Süd')}\n".encode("latin-1"), r"not UTF-8 text \(line 2\)"),
        (f"{HEADER}\n".encode("utf-16"), "not UTF-8"),
        (b'"osm,name\n', "cannot be read"),
    ],
)
def test_another_kind_of_file_is_refused_at_once(source: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_stores(source)


def test_the_real_file_is_read_whole() -> None:
    with trial_file("stores_lidl_de_osm.csv").open("rb") as file:
        found = list(read_stores(file))
    stores = [one for one in found if isinstance(one, StoreRow)]
    assert len(stores) == len(found) == 3223
    assert len({store.ref for store in stores}) == 3223
    assert 0.13 < sum(not store.complete for store in stores) / len(stores) < 0.20
    assert all(47 < store.lat < 56 and 5 < store.lon < 16 for store in stores)
    assert {store.wheelchair for store in stores} == {"", "yes", "no", "limited"}
