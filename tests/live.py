"""The application behind a real port of this machine, for a browser."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server


@contextmanager
def serving(app: Flask, threads: int = 4) -> Iterator[str]:
    """Serve ``app`` on a free port while inside; gives the address, without a slash at its end."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=threads, asyncore_loop_timeout=0.05)
    address = f"http://127.0.0.1:{server.effective_port}"
    app.config["BASE_URL"] = address
    thread = Thread(target=server.run, name="site")
    thread.start()
    try:
        yield address
    finally:
        # Closed by the thread that waits on them: a socket closed under a waiting select is an error there.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))
        thread.join()
        server.task_dispatcher.shutdown()


def cookie_for(app: Flask, token: str, address: str) -> dict[str, str]:
    """The cookie of somebody signed in with session ``token``, as a browser context takes it."""
    http = app.test_client()
    with http.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    name = str(app.config["SESSION_COOKIE_NAME"])
    cookie = http.get_cookie(name)
    if cookie is None:
        raise LookupError("no cookie was set")
    return {"name": name, "value": cookie.value, "url": address}
