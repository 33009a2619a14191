"""Turns what rules, databases and clients refuse into pages in plain words. Never a bare 500."""

from __future__ import annotations

from flask import Flask, current_app, flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from placement.domain.errors import Forbidden, KeyReused, NotFound, Refused, TooMany
from placement.extensions import login_manager
from placement.queries.session import DATABASE_GONE, connection_lost
from placement.web.words import say

PAGES = (400, 403, 404, 409, 413, 429, 500, 503)


def error_page(status: int, **context: object) -> ResponseReturnValue:
    """``errors/<status>.html`` with that status; JSON for a script that asks for it, which would take a page for
    somebody else's."""
    if _asks_for_json():
        return {"error": status}, status
    try:
        return render_template(f"errors/{status}.html", status=status, **context), status
    except DATABASE_GONE as error:
        if status == 503:
            raise
        return _database_gone(error)


def _asks_for_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, lambda error: error_page(404))
    app.register_error_handler(Forbidden, lambda error: error_page(403))
    app.register_error_handler(KeyReused, lambda error: error_page(409))
    app.register_error_handler(TooMany, lambda error: error_page(429, minutes=error.minutes))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, lambda error: error_page(400, expired=True))
    app.register_error_handler(HTTPException, _http)
    for failure in DATABASE_GONE:
        app.register_error_handler(failure, _database_gone)
    app.register_error_handler(Exception, _unforeseen)


def _refused(error: Refused) -> ResponseReturnValue:
    """A refusal outside a form: say it on the page the person came from."""
    flash(say(error.reason), "error")
    back = request.referrer or ""
    own = back.startswith(request.host_url)
    return redirect(back if own else "/", 303)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    if error.code == 405:
        return error_page(404)
    return error_page(error.code if error.code in PAGES else 400 if error.code < 500 else 500)


def _database_gone(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("database unavailable", extra={"error": type(error).__name__})
    # The page must not ask again who is signed in, or whose phone it is: that question is what has just failed.
    g._login_user, g.phone = login_manager.anonymous_user(), None
    response = make_response(error_page(503))
    response.headers["Retry-After"] = "30"
    return response


def _unforeseen(error: Exception) -> ResponseReturnValue:
    if current_app.testing or current_app.debug:
        raise error
    if connection_lost(error):
        return _database_gone(error)
    current_app.logger.exception("unforeseen error")
    return error_page(500)
