"""QR codes as SVG files."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str) -> bytes:
    """A black code on white with its quiet zone, as a whole SVG file. Raises ValueError for more than fits."""
    code = segno.make_qr(text, error="m", boost_error=False)
    out = io.BytesIO()
    # White behind it: a phone in the dark reads it too, and so does paper of any color.
    code.save(out, kind="svg", scale=8, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    return out.getvalue()
