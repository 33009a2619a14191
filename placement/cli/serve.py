"""``flask serve``: the site and its worker in one process."""

from __future__ import annotations

import gc
import os
import signal
from threading import Event, Thread
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from waitress.server import create_server

from placement.cli.work import worker

SIXTEEN_MEGABYTES = 16 * 1024 * 1024


@click.command("serve")
@click.option("--host", default="127.0.0.1", envvar="HOST", show_default=True)
@click.option("--port", default=8000, envvar="PORT", show_default=True, type=click.IntRange(0, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@with_appcontext
def serve(host: str, port: int, threads: int) -> None:
    """Answer requests and run the worker until told to stop."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    server = _listen(app, host, port, threads)
    here = _address(host, int(server.effective_port))
    demo = app.config["PLACEMENT_MODE"] == "demo"
    if demo and not os.environ.get("BASE_URL"):
        app.config["BASE_URL"] = here
    stop = Event()
    thread = Thread(target=worker().run, args=(stop,), name="worker")
    signal.signal(signal.SIGTERM, _interrupt)
    # What was made to start with stays: looking through it again and again would let everybody wait meanwhile.
    gc.collect()
    gc.freeze()
    thread.start()
    click.echo(f"Placement is at {here} (Ctrl-C stops it)")
    if demo:
        click.echo("Who you can sign in as: .venv/bin/flask --app wsgi demo accounts")
        click.echo(f"What it would have mailed: {here}/demo/outbox")
    try:
        server.run()
    finally:
        stop.set()
        server.close()
        thread.join()


def _listen(app: Flask, host: str, port: int, threads: int) -> Any:
    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            max_request_body_size=SIXTEEN_MEGABYTES,
            # A browser keeps up to six connections open: the usual hundred in all would keep the twentieth phone out.
            connection_limit=1000,
            asyncore_use_poll=True,
            # Whether a proxy is to be believed is decided by PROXIES, in app.py.
            clear_untrusted_proxy_headers=False,
        )
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port} ({error.strerror}); choose another PORT") from error


def _address(host: str, port: int) -> str:
    host = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _interrupt(_number: int, _frame: Any) -> None:
    """What waitress stops cleanly on."""
    raise KeyboardInterrupt
