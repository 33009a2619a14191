"""Draw the README's picture: a participant's progress page over a fresh small demo, on a port of its own."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from flask_migrate import upgrade
from playwright.sync_api import Browser, Page, sync_playwright

from placement.cli.demo.commands import PASSWORD
from tests.application import build_app, dispose
from tests.browser import find_browser
from tests.clock import Clock
from tests.live import serving

TARGET = Path(__file__).resolve().parents[1] / "docs" / "screenshot.png"


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw one page of a fresh demo.")
    parser.add_argument("--page", default="/progress", help="the page's path")
    parser.add_argument("--email", default="participant1@bridgeway.example", help="sign in as this demo account")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=950, help="where the picture is cut off")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--to", type=Path, default=TARGET)
    return parser.parse_args(given)


def sign_in(page: Page, address: str, email: str) -> None:
    """Fill in the sign-in form. ValueError when refused."""
    page.goto(f"{address}/sign-in")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    if page.locator("input[name=password]").count():
        raise ValueError(f"The demo refused {email}: `flask --app wsgi demo accounts` lists who may sign in.")


def draw(browser: Browser, address: str, wanted: argparse.Namespace) -> None:
    """Write the picture. ValueError when the page does not open."""
    page = browser.new_page(viewport={"width": wanted.width, "height": wanted.height}, locale="en-US")
    page.emulate_media(color_scheme="dark" if wanted.dark else "light", reduced_motion="reduce")
    sign_in(page, address, wanted.email)
    answer = page.goto(address + wanted.page)
    if answer is None or not answer.ok:
        raise ValueError(f"{wanted.page} answered {answer.status if answer else 'nothing'}.")
    wanted.to.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=wanted.to, animations="disabled")


def main(given: list[str] | None = None) -> str | None:
    """Draw the page; returns what went wrong, as a sentence."""
    wanted, path = arguments(given), find_browser()
    if path is None:
        return "No browser found: install Chromium or set TEST_BROWSER to its path."
    with tempfile.TemporaryDirectory() as folder:
        app = build_app(f"sqlite:///{folder}/demo.db", Clock(), Path(folder))
        with app.app_context():
            upgrade()
        done = app.test_cli_runner().invoke(args=["demo", "load", "--size", "small"])
        if done.exit_code:
            return f"The demo did not load: {done.output}"
        try:
            with serving(app) as address, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
                draw(browser, address, wanted)
                browser.close()
        except ValueError as error:
            return str(error)
        finally:
            dispose(app)
    return None


if __name__ == "__main__":
    sys.exit(main())
