"""A job stays ours for as long as it is worked on, however long that is."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from placement.domain.jobs import PATIENCE
from placement.usecases.system.jobs import Claimed, renew_claim
from placement.usecases.transaction import Work

#: How often the claim is renewed: three beats may be missed before another worker takes the job over.
BEAT = PATIENCE / 4


@contextmanager
def kept_ours(work: Work, job: Claimed, logger: logging.Logger) -> Iterator[None]:
    """Renew the claim from time to time, in a thread of its own, until what is done inside has ended."""
    over = Event()
    beats = Thread(target=_beat, args=(work, job, logger, over), daemon=True)
    beats.start()
    try:
        yield
    finally:
        over.set()
        beats.join()


def _beat(work: Work, job: Claimed, logger: logging.Logger, over: Event) -> None:
    while not over.wait(BEAT.total_seconds()):
        try:
            if not renew_claim(work, job):
                return
        except Exception as error:
            # A database that is gone for a moment: the next beat may still come in time.
            logger.error("claim not renewed", extra={"error": type(error).__name__})
