"""One's shifts in one's own calendar: making the address, renewing and ending it."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.feeds import SHOP_AHEAD, FeedKind
from placement.domain.roles import Role
from placement.domain.tokens import feed_token
from placement.policy.permissions import Permission
from placement.queries.calendars.managed import FeedLine, feed_line, own_feeds, site_calendar
from placement.usecases.calendars.feeds import create_own_feed, create_site_feed, end_feed, name_shops, renew_feed
from placement.web.calendars.blueprint import calendars
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires


@calendars.get("/me/calendar")
@requires(Permission.FEED_OWN)
def mine() -> ResponseReturnValue:
    who = actor()
    found = own_feeds(reads(), who)
    kinds = [
        kind
        for kind, is_theirs in (
            (FeedKind.PARTICIPANT, who.participant_id is not None and Role.PARTICIPANT in who.roles),
            (FeedKind.SUPERVISOR, Role.SUPERVISOR in who.roles),
        )
        if is_theirs
    ]
    record(who.participant_id)
    rows = [(kind, found.get(kind), _address(found.get(kind))) for kind in kinds]
    return render_template("calendars/mine.html", rows=rows, ahead=SHOP_AHEAD.days)


@calendars.post("/me/calendar")
@requires(Permission.FEED_OWN)
def create_mine() -> ResponseReturnValue:
    shop = request.form.get("kind") == FeedKind.SUPERVISOR or actor().participant_id is None
    create_own_feed(work(), actor(), FeedKind.SUPERVISOR if shop else FeedKind.PARTICIPANT)
    flash(_("Your calendar has an address now."))
    return redirect(url_for("calendars.mine"), 303)


@calendars.get("/sites/<public_id>/calendar")
@requires(Permission.FEED_SITE)
def of_site(public_id: str) -> ResponseReturnValue:
    site = site_calendar(reads(), actor(), public_id)
    return render_template("calendars/of_site.html", site=site, address=_address(site.feed), ahead=SHOP_AHEAD.days)


@calendars.post("/sites/<public_id>/calendar")
@requires(Permission.FEED_SITE)
def create_for_site(public_id: str) -> ResponseReturnValue:
    create_site_feed(work(), actor(), public_id)
    flash(_("The shop’s calendar has an address now."))
    return redirect(url_for("calendars.of_site", public_id=public_id), 303)


@calendars.post("/calendars/<public_id>/names")
@requires(Permission.FEED_CHANGE)
def names(public_id: str) -> ResponseReturnValue:
    line = feed_line(reads(), actor(), public_id)
    shown = request.form.get("names_site") == "1"
    name_shops(work(), actor(), public_id, shown)
    flash(_("The shop’s name stands in the calendar from now on.") if shown else _("The shop’s name is left out now."))
    return redirect(_page(line), 303)


@calendars.route("/calendars/<public_id>/renew", methods=["GET", "POST"])
@requires(Permission.FEED_CHANGE)
def renew(public_id: str) -> ResponseReturnValue:
    line = feed_line(reads(), actor(), public_id)
    if request.method == "GET":
        return render_template("calendars/renew.html", back=_page(line))
    renew_feed(work(), actor(), public_id)
    flash(_("There is a new address. The one before opens nothing any more."))
    return redirect(_page(line), 303)


@calendars.route("/calendars/<public_id>/end", methods=["GET", "POST"])
@requires(Permission.FEED_CHANGE)
def end(public_id: str) -> ResponseReturnValue:
    line = feed_line(reads(), actor(), public_id)
    if request.method == "GET":
        return render_template("calendars/end.html", back=_page(line))
    end_feed(work(), actor(), public_id)
    flash(_("The address opens nothing any more."))
    return redirect(_page(line), 303)


def _page(line: FeedLine) -> str:
    """Where its address stands."""
    return url_for("calendars.mine") if line.site is None else url_for("calendars.of_site", public_id=line.site)


def _address(line: FeedLine | None) -> str:
    """The whole address, made again from its key: only a hash of its secret is stored."""
    if line is None:
        return ""
    token = feed_token(work().link_key, line.id, line.generation)
    return f"{current_app.config['BASE_URL']}{url_for('calendars.feed', token=token)}"
