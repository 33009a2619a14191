"""Structured logs without personal data: one JSON line a request, ids and figures only."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import Any

from flask import Flask, Response, g, request

from placement.web.current import actor_or_none


class JsonLines(logging.Formatter):
    """Level, logger, message, the record's figures, the class of an exception; never its text."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"level": record.levelname, "logger": record.name, "message": record.getMessage()}
        for key in ("request_id", "method", "endpoint", "status", "ms", "account", "error"):
            if hasattr(record, key):
                line[key] = getattr(record, key)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["at"] = _place(record.exc_info[2])
        return json.dumps(line)


def _place(trace: Any) -> str:
    """File and line where it happened; a traceback's text could quote values."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


def init_app(app: Flask) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    app.logger.handlers = [handler]
    app.logger.setLevel(logging.INFO)
    app.logger.propagate = False

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _line(response: Response) -> Response:
        if app.testing or request.endpoint in ("static", "bootstrap.static"):
            return response
        who = actor_or_none() if g.get("_login_user") else None
        app.logger.info(
            "request",
            extra={
                "request_id": g.get("request_id", ""),
                "method": request.method,
                "endpoint": request.endpoint or "-",
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
                "account": who.account_id if who else None,
            },
        )
        return response
