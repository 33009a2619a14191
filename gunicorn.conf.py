"""How gunicorn runs the site beside PostgreSQL (docs/deploy.md); it reads this file by itself."""

from __future__ import annotations

import gc
from typing import Any

#: One process more than the two cores of a small machine; ``--workers`` says otherwise.
workers = 3
threads = 4
keepalive = 30
preload_app = True

#: What phones in shops open all at once after a restart.
AT_ONCE = frozenset({"layouts", "components", "cards", "feedback", "errors"})


def when_ready(server: Any) -> None:
    """Compile the busiest templates once, before the processes part, and keep the collector off what they share."""
    templates = server.app.wsgi().jinja_env
    for name in templates.list_templates(extensions=["html"]):
        if name.split("/")[0] in AT_ONCE:
            templates.get_template(name)
    gc.collect()
    gc.freeze()
