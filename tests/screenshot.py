"""Draw one page of a running demo: ``make screenshot EMAIL=… PASSWORD=… PAGE=/…`` while ``make demo`` runs.

Without EMAIL the page is drawn as a signed-out visitor sees it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser import find_browser

TARGET = Path(__file__).resolve().parents[1] / "docs" / "screenshot.png"


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw one page of a running demo.")
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="where the demo runs")
    parser.add_argument("--page", default="/", help="the page's path")
    parser.add_argument("--email", default="", help="sign in as this demo account")
    parser.add_argument("--password", default="")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--to", type=Path, default=TARGET)
    return parser.parse_args(given)


def sign_in(page: Page, address: str, email: str, password: str) -> None:
    """Fill in the sign-in form, to which a personal page sends whoever is signed out. ValueError when refused."""
    page.goto(address)
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    if page.locator("input[name=password]").count():
        raise ValueError(f"The demo refused {email}: `flask --app wsgi demo accounts` lists who may sign in.")


def draw(browser: Browser, wanted: argparse.Namespace) -> None:
    page = browser.new_page(viewport={"width": wanted.width, "height": 800}, locale="en-US")
    page.emulate_media(color_scheme="dark" if wanted.dark else "light")
    address = wanted.base + wanted.page
    if wanted.email:
        sign_in(page, address, wanted.email, wanted.password)
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise ValueError(f"{wanted.page} answered {answer.status if answer else 'nothing'}.")
    wanted.to.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=wanted.to, full_page=True, animations="disabled")


def main(given: list[str] | None = None) -> str | None:
    """Draw the page; returns what went wrong, as a sentence."""
    wanted, path = arguments(given), find_browser()
    if path is None:
        return "No browser found: install Chromium or set TEST_BROWSER to its path."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            draw(browser, wanted)
        except ValueError as error:
            return str(error)
        except Error as error:
            return f"No demo at {wanted.base}, or its page did not load: {error.message.splitlines()[0]}"
        finally:
            browser.close()
    return None


if __name__ == "__main__":
    sys.exit(main())
