"""Pages for paper: a template with a style sheet of literal colors, turned into PDF."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import current_app, flash, redirect, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.adapters.pdf import PdfUnavailable, pdf
from placement.web.current import actor

#: The light colors of the pages, literal: a PDF knows no custom properties.
COLORS = {
    "ink": "#1d2a30", "soft": "#4d5c63", "line": "#e3ddd2", "edge": "#857f71", "sunken": "#f3efe7",
    "accent": "#0b6b63", "accent_soft": "#e2f1ee", "sun": "#8a5a00", "sun_fill": "#e0a11b", "sun_soft": "#fdf1d3",
    "help": ("#e4dfd3", "#b9d2cc", "#86b5ad", "#45938a", "#0b6b63"),
}  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Countries that print on Letter; the others print on A4.
LETTER = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})


def pdf_file(template: str, name: str, back: str, *, landscape: bool = False, **values: Any) -> ResponseReturnValue:
    """The template as a PDF to save. Where this machine cannot make any, back to a page that says so."""
    size = "letter" if actor().program_country in LETTER else "A4"
    html = render_template(template, colors=COLORS, **values)
    css = render_template("print/paper.css", colors=COLORS, size=f"{size} landscape" if landscape else size)
    try:
        data = pdf(html, css)
    except PdfUnavailable as error:
        current_app.logger.error("%s", error)
        flash(
            _("PDF files can’t be made here yet: a part of the system is missing. Please tell whoever runs it."),
            "error",
        )
        return redirect(back, 303)
    return download(data, "application/pdf", f"{name}.pdf")


def download(data: bytes, kind: str, name: str) -> ResponseReturnValue:
    """A file to save, kept by nobody on the way."""
    answer = send_file(BytesIO(data), kind, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
