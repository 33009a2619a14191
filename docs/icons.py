"""``python docs/icons.py``: the icons a phone puts on its home screen, drawn from the same steps as ``icon.svg``."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "placement" / "static" / "icons"
ACCENT, STEPS = "#0b6b63", "#ffffff"
#: The drawing's own units: a square of 28, three steps up.
SIDE, CORNER, STROKE = 28, 8, 2.6
POINTS = ((7, 20), (7, 16), (12, 16), (12, 12), (17, 12), (17, 8), (21, 8))
#: Drawn larger first, so that edges come out smooth.
FINER = 4


def draw(size: int, maskable: bool) -> Image.Image:
    """``maskable``: filled to the edge, with the steps inside the circle every phone leaves."""
    full = size * FINER
    picture = Image.new("RGBA", (full, full), ACCENT if maskable else (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    scale = full / SIDE * (0.8 if maskable else 1)
    edge = (full - SIDE * scale) / 2
    if not maskable:
        pen.rounded_rectangle((0, 0, full - 1, full - 1), CORNER * scale, fill=ACCENT)
    points = [(edge + x * scale, edge + y * scale) for x, y in POINTS]
    half = STROKE * scale / 2
    pen.line(points, fill=STEPS, width=round(2 * half))
    for x, y in points:
        pen.ellipse((x - half, y - half, x + half, y + half), fill=STEPS)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, size, maskable in (("card-192", 192, False), ("card-512", 512, False), ("maskable-512", 512, True)):
        draw(size, maskable).quantize(32).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
