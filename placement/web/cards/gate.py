"""What stands before a card's pages: a phone that was let in, and a link that lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from placement.domain.errors import LinkEnded
from placement.policy.device import Device
from placement.policy.permissions import Permission
from placement.web.cards.phone import phone
from placement.web.gate import requires

View = Callable[..., ResponseReturnValue]


def for_phone(view: Callable[[Device], ResponseReturnValue]) -> View:
    """Hand the phone to the page; any other visitor, and a link that has ended meanwhile, leads to what to do then.

    Public to the table of permissions: nobody signs in here, and the phone's own scope decides what is seen.
    """

    @requires(Permission.PUBLIC)
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        device = phone()
        if device is None or not device.opens:
            return redirect(url_for("cards.closed"), 303)
        try:
            return view(device, *args, **kwargs)
        except LinkEnded:
            return redirect(url_for("cards.closed"), 303)

    return guarded
