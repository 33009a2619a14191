"""Start-up check: an endpoint without a declared permission stops the application from starting."""

from __future__ import annotations

from collections.abc import Container

from flask import Flask

from placement.policy.permissions import Permission


class UndeclaredEndpoint(RuntimeError):
    """Some endpoint declares no permission."""


def check_permissions(app: Flask, third_party: Container[str]) -> None:
    """Raise UndeclaredEndpoint unless every endpoint declares one or is a listed third-party endpoint."""
    undeclared = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint not in third_party and not isinstance(getattr(view, "permission", None), Permission)
    ]
    if undeclared:
        raise UndeclaredEndpoint(", ".join(sorted(undeclared)))
