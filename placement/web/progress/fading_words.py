"""The first line of the page about stepping back."""

from __future__ import annotations

from placement.domain.words import Say, say
from placement.queries.progress.fading import FadingPage


def heading(found: FadingPage) -> Say:
    """What matters: a step that is watched, else what the reasons say together. It recommends nothing."""
    step, proposal = found.watching, found.proposal
    if step is not None:
        return say("From %(before)s to %(after)s %% with a coach: being watched", before=step.before, after=step.after)
    if proposal.share_now is None:
        return say("How much coaching there is, is not known yet")
    now = round(proposal.share_now)
    if now == 0:
        return say("No hours with a coach in the last four weeks")
    if proposal.ready:
        return say("%(now)s %% with a coach now: nothing speaks against a step back", now=now)
    if proposal.next_share is None:
        return say("%(now)s %% with a coach now: too little is known about a step back", now=now)
    return say("%(now)s %% with a coach now: something speaks against a step back just now", now=now)
