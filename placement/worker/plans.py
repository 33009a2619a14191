"""Keeping plans ahead: patterns go on every hour, instants are derived again once a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask

from placement.usecases.shifts.ahead import plan_ahead, recompute_instants
from placement.usecases.transaction import Work

GO_ON_EVERY = timedelta(hours=1)
DERIVE_EVERY = timedelta(days=1)


class Plans:
    """``keep`` does what is due. A plan that fails keeps no job from being done; it is tried again in an hour."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._went_on: datetime | None = None
        self._derived: datetime | None = None

    def keep(self, work: Work) -> None:
        """Go on with patterns and derive instants, whichever is due by the work's clock."""
        now = work.clock()
        if self._went_on is not None and now - self._went_on < GO_ON_EVERY:
            return
        self._went_on = now
        try:
            plan_ahead(work)
            if self._derived is None or now - self._derived >= DERIVE_EVERY:
                recompute_instants(work)
                self._derived = now
        except Exception as error:
            self._app.logger.error("plans failed", extra={"error": type(error).__name__})
