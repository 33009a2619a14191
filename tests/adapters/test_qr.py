"""Codes as SVG files of our own."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from placement.adapters.qr import qr_svg


def test_it_is_one_whole_svg_file_without_script_or_style() -> None:
    root = ElementTree.fromstring(qr_svg("https://placement.example.org/card/open/" + "x" * 43))
    names = {element.tag.rsplit("}")[-1] for element in root.iter()}
    assert names == {"svg", "g", "path"}
    assert not any("style" in element.attrib or "class" in element.attrib for element in root.iter())
    assert root.attrib["width"] == root.attrib["height"]


def test_other_texts_give_other_codes_and_the_same_the_same() -> None:
    assert qr_svg("https://a.example/1") == qr_svg("https://a.example/1")
    assert qr_svg("https://a.example/1") != qr_svg("https://a.example/2")


def test_too_much_does_not_fit() -> None:
    with pytest.raises(ValueError):
        qr_svg("x" * 5000)
