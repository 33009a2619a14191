"""Sites: list, one, new, edit, and who supervises there."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from placement.adapters.opening_hours import weekly_mask
from placement.domain.errors import NotFound, Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.employers.choices import supervisor_accounts
from placement.queries.employers.employers import employer_alone
from placement.queries.employers.sites import SORTS, SiteFilter, site_alone, site_list, site_page
from placement.usecases.employers.site import CreateSite, EditSite, create_site, edit_site
from placement.usecases.employers.supervisors import add_site_supervisor, end_site_supervisor
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.employers.blueprint import employers
from placement.web.employers.forms import EndForm, SiteForm, SupervisorForm
from placement.web.gate import requires
from placement.web.lists import asked, cursor, given, neighbors
from placement.web.weeks import week_triples


@employers.get("/sites")
@requires(Permission.EMPLOYER_SEE)
def sites() -> ResponseReturnValue:
    q, show, sort = asked("q"), asked("show", ("incomplete",)), asked("sort", SORTS) or "name"
    employer = asked("employer")
    page = site_list(reads(), actor(), SiteFilter(q, show, employer, sort, cursor()))
    only = employer_alone(reads(), actor(), employer) if employer else None
    args = given(q=q, show=show, employer=employer, sort=sort)
    return render_template(
        "employers/sites.html",
        rows=page.rows,
        q=q,
        show=show,
        sort=sort,
        only=only,
        args=args,
        **neighbors(page, **args),
    )


@employers.get("/sites/<public_id>")
@requires(Permission.EMPLOYER_SEE)
def site(public_id: str) -> ResponseReturnValue:
    page = site_page(reads(), actor(), public_id)
    spans = None if page.opening_week is None else week_triples(page.opening_week)
    return render_template("employers/site.html", site=page, line=page.line, spans=spans, today=today())


@employers.route("/employers/<public_id>/sites/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def site_new(public_id: str) -> ResponseReturnValue:
    employer = employer_alone(reads(), actor(), public_id)
    form = SiteForm(data={"zone": actor().zone})
    form.keep_zone(actor().zone)
    form.offer_regions(actor().program_country, "")
    if form.validate_on_submit():
        try:
            created = create_site(work(), actor(), CreateSite(employer=public_id, **_values(form)))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved. Now say who supervises there, and add an opening."))
            return redirect(url_for("employers.site", public_id=created), 303)
    back = url_for("employers.show", public_id=public_id)
    page = render_template("employers/site_edit.html", form=form, employer=employer.name, back=back, new=True)
    return page, 422 if form.errors else 200


@employers.route("/sites/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def site_edit(public_id: str) -> ResponseReturnValue:
    site = site_alone(reads(), actor(), public_id)
    form = SiteForm(obj=site, **{name: getattr(site.line, name) for name in ("name", "street", "postcode", "city")})
    form.keep_zone(site.zone)
    form.offer_regions(actor().program_country, site.holiday_region)
    back = url_for("employers.site", public_id=public_id)
    if form.validate_on_submit():
        try:
            edit_site(work(), actor(), EditSite(public_id, form.seen_version, **_values(form)))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template("employers/site_edit.html", form=form, employer=site.line.employer, back=back, new=False)
    return page, 422 if form.errors else 200


@employers.route("/sites/<public_id>/supervisors/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def supervisor_add(public_id: str) -> ResponseReturnValue:
    site = site_alone(reads(), actor(), public_id)
    form = SupervisorForm(data={"first_day": today()})
    form.account.choices = [SelectChoice("", _("nobody from the list"))]
    form.account.choices += [SelectChoice(*account) for account in supervisor_accounts(reads(), actor())]
    if form.validate_on_submit():
        account, name, days = form.account.data or None, form.name.data or "", (form.first_day.data, form.last_day.data)
        try:
            add_site_supervisor(work(), actor(), public_id, account, name, *days)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."))
            return redirect(url_for("employers.site", public_id=public_id, _anchor="supervisors"), 303)
    return render_template("employers/supervisor_add.html", form=form, site=site.line), 422 if form.errors else 200


@employers.route("/sites/<public_id>/supervisors/<rater>/end", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def supervisor_end(public_id: str, rater: str) -> ResponseReturnValue:
    site = site_page(reads(), actor(), public_id)
    line = next((line for line in site.supervisors if line.public_id == rater), None)
    if line is None:
        raise NotFound
    form = EndForm(data={"last_day": line.last_day or today()})
    if form.validate_on_submit():
        try:
            end_site_supervisor(work(), actor(), public_id, rater, form.last_day.data)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."))
            return redirect(url_for("employers.site", public_id=public_id, _anchor="supervisors"), 303)
    page = render_template("employers/supervisor_end.html", form=form, site=site.line, supervisor=line)
    return page, 422 if form.errors else 200


def _values(form: SiteForm) -> dict[str, Any]:
    """The form as a command's fields, with what can be read of the opening hours."""
    values = {name: value for name, value in form.values.items() if name != "version"}
    return {**values, "opening_week": weekly_mask(values["opening_hours"])}
