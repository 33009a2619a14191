"""Pages turned into tagged PDF (PDF/UA-1) by WeasyPrint, which draws with Pango. Nothing is fetched from anywhere."""

from __future__ import annotations

from types import ModuleType
from typing import Any

#: What WeasyPrint could not find on this machine; empty when everything is there.
missing = ""

try:
    import weasyprint as _loaded
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher
except OSError as error:  # pragma: no cover - only on a machine without Pango
    missing = str(error)
    weasyprint: ModuleType | None = None
else:
    weasyprint = _loaded

INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core"


class PdfUnavailable(Exception):
    """Pango is not installed: PDF files cannot be made, everything else can."""


def pdf(html: str, css: str) -> bytes:
    """The file for a whole page of HTML, whose ``lang``, title and meta tags become the document's own.

    ``css``: the style sheet as text, with literal colors. Addresses other than ``data:`` are refused.
    Raises PdfUnavailable, saying what to install.
    """
    if weasyprint is None:
        raise PdfUnavailable(f"PDF files need Pango, which is not installed ({missing}). On Debian: {INSTALL}")
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    sheet = weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    data: Any = document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
    return bytes(data)
