"""Forms of the way from referral to follow-up. Unknown is a choice everywhere, and the first one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from placement.domain.enrollments import (
    MOST_MONEY,
    MOST_UNITS,
    MOST_WEEKLY_HOURS,
    ExpenseKind,
    ListKind,
    Reached,
    Unit,
    expense_words,
    reached_words,
    unit_words,
)
from placement.usecases.enrollments.approvals import LONGEST_FUNDER, LONGEST_REFERENCE, ApprovalValues
from placement.usecases.enrollments.employments import LONGEST, EmploymentValues
from placement.usecases.enrollments.follow_ups import FollowUpValues
from placement.usecases.enrollments.refer import LONGEST_NAME, LONGEST_TEXT, NewPerson, Referral
from placement.usecases.enrollments.stages import Entry, Exit
from placement.web.forms import DayField, Form, NumberField, VersionedForm, trimmed
from placement.web.words import say, wording

_SAY_DAY = _l("Enter a day.")
_YES_NO = {"yes": True, "no": False}


def yes_no(label: str, description: str = "") -> SelectField:
    """Yes, no or unknown."""
    choices = [SelectChoice("", _l("unknown")), SelectChoice("yes", _l("yes")), SelectChoice("no", _l("no"))]
    return SelectField(label, choices=choices, description=description, validators=[Optional()])


def known(field: Any) -> bool | None:
    """What was chosen; None: unknown."""
    return _YES_NO.get(field.data or "")


def chosen(value: bool | None) -> str:
    """The choice of a value."""
    return "" if value is None else "yes" if value else "no"


def _number(label: str, most: float, description: str = "") -> NumberField:
    limits = NumberRange(0, most, _l("Please enter a number up to %(max)s, or leave it empty."))
    return NumberField(label, description=description, validators=[Optional(), limits])


class ListForm(VersionedForm):
    """A form with entries of the program's lists; ``lists``: field → list."""

    lists: Mapping[str, ListKind] = {}

    def offer(self, entries: Any, picked: Mapping[str, str] | None = None) -> None:
        """Fill in the choices, in the reader's language; ``picked``: chosen before, offered even if archived."""
        for name, kind in self.lists.items():
            rows = entries(kind, (picked or {}).get(name, ""))
            self[name].choices = [("", gettext("unknown")), *((row.public_id, wording(row.name)) for row in rows)]


class ReferralForm(ListForm):
    """``key``: made for every new form, so that a double tap is one referral."""

    lists = {"source": ListKind.SOURCE}
    key = HiddenField()
    referred_on = DayField(_l("Referred on"), validators=[InputRequired(_SAY_DAY)])
    source = SelectField(_l("By whom, in the list"), validators=[Optional()])
    referred_by = StringField(
        _l("By whom, by name"), description=_l("For example “Ms. Kern, day clinic”."), filters=[trimmed],
        validators=[Length(max=LONGEST_NAME)],
    )  # fmt: skip
    reason = TextAreaField(
        _l("Reason, in neutral words"),
        description=_l("What the program is for, without a diagnosis. The participant can read it."),
        filters=[trimmed], validators=[Length(max=LONGEST_TEXT)],
    )  # fmt: skip
    own_goals = TextAreaField(
        _l("What they want to reach, in their own words"), filters=[trimmed], validators=[Length(max=LONGEST_TEXT)]
    )
    urgent = BooleanField(_l("Urgent: before all others on the waiting list"))

    @property
    def referral(self) -> Referral:
        """What was filled in; ask only after it was found valid."""
        return Referral(
            self.referred_on.data, self.source.data or "", self.referred_by.data or "", self.reason.data or "",
            self.own_goals.data or "", self.urgent.data,
        )  # fmt: skip


class NewReferralForm(ReferralForm):
    """A referral of somebody who is not in the record yet."""

    preferred_name = StringField(
        _l("First name, as they want to be called"), filters=[trimmed],
        validators=[InputRequired(_l("Enter the name this person goes by.")), Length(max=80)],
    )  # fmt: skip
    family_name = StringField(_l("Family name"), filters=[trimmed], validators=[Length(max=80)])
    phone = StringField(_l("Phone"), filters=[trimmed], validators=[Length(max=40)])
    email = StringField(_l("E-mail"), filters=[trimmed], validators=[Length(max=254)])
    emergency_name = StringField(_l("In an emergency: name"), filters=[trimmed], validators=[Length(max=120)])
    emergency_phone = StringField(_l("In an emergency: phone"), filters=[trimmed], validators=[Length(max=40)])

    @property
    def person(self) -> NewPerson:
        """Who is new; ask only after it was found valid."""
        return NewPerson(
            self.preferred_name.data or "", self.family_name.data or "", self.phone.data or "", self.email.data or "",
            self.emergency_name.data or "", self.emergency_phone.data or "",
        )  # fmt: skip


class EntryForm(ListForm):
    lists = {"work": ListKind.WORK, "benefit": ListKind.BENEFIT, "insurance": ListKind.INSURANCE}
    on = DayField(_l("Entered on"), validators=[InputRequired(_SAY_DAY)])
    work = SelectField(_l("Work status at entry"), validators=[Optional()])
    benefit = SelectField(_l("Benefits at entry"), validators=[Optional()])
    insurance = SelectField(_l("Health insurance at entry"), validators=[Optional()])

    @property
    def entry(self) -> Entry:
        """What was filled in; ask only after it was found valid."""
        return Entry(self.on.data, self.work.data or "", self.benefit.data or "", self.insurance.data or "")


class ExitForm(ListForm):
    lists = {
        "reason": ListKind.EXIT_REASON, "work": ListKind.WORK, "benefit": ListKind.BENEFIT,
        "insurance": ListKind.INSURANCE,
    }  # fmt: skip
    on = DayField(_l("Left on"), validators=[InputRequired(_SAY_DAY)])
    reason = SelectField(_l("Reason for leaving"), validators=[Optional()])
    job_offer = yes_no(_l("Was a job offered?"))
    work = SelectField(_l("Work status at exit"), validators=[Optional()])
    benefit = SelectField(_l("Benefits at exit"), validators=[Optional()])
    insurance = SelectField(_l("Health insurance at exit"), validators=[Optional()])

    @property
    def exit(self) -> Exit:
        """What was filled in; ask only after it was found valid."""
        return Exit(
            self.on.data, self.reason.data or "", known(self.job_offer), self.work.data or "", self.benefit.data or "",
            self.insurance.data or "",
        )  # fmt: skip


class ApprovalForm(VersionedForm):
    key = HiddenField()
    funder = StringField(
        _l("Who pays"), description=_l("Always the same words for the same funder: reports count by it."),
        filters=[trimmed], validators=[InputRequired(_l("Please say who pays.")), Length(max=LONGEST_FUNDER)],
    )  # fmt: skip
    reference = StringField(_l("Their reference"), filters=[trimmed], validators=[Length(max=LONGEST_REFERENCE)])
    units = NumberField(
        _l("How much is approved"),
        validators=[
            InputRequired(_l("Please enter how much.")),
            NumberRange(0.25, MOST_UNITS, _l("Please enter a number up to %(max)s.")),
        ],
    )
    unit = SelectField(_l("Counted in"), validators=[InputRequired()])
    first_day = DayField(_l("From"), validators=[InputRequired(_SAY_DAY)])
    last_day = DayField(_l("Until"), validators=[InputRequired(_SAY_DAY)])

    def offer(self) -> None:
        self.unit.choices = [(unit.value, say(unit_words(unit))) for unit in Unit]

    @property
    def approval(self) -> ApprovalValues:
        """What was filled in; ask only after it was found valid."""
        return ApprovalValues(
            self.funder.data or "", Unit(self.unit.data), self.units.data or 0, self.first_day.data,
            self.last_day.data, self.reference.data or "",
        )  # fmt: skip


class EmploymentForm(VersionedForm):
    key = HiddenField()
    employer = StringField(
        _l("Employer"), filters=[trimmed],
        validators=[InputRequired(_l("Please say who the employer is.")), Length(max=LONGEST)],
    )  # fmt: skip
    title = StringField(_l("What the work is"), filters=[trimmed], validators=[Length(max=LONGEST)])
    started_on = DayField(_l("First day"), validators=[InputRequired(_SAY_DAY)])
    ended_on = DayField(_l("Last day"), description=_l("Empty while it goes on."), validators=[Optional()])
    hours_week = _number(_l("Hours a week"), MOST_WEEKLY_HOURS)
    wage_hour = _number(_l("Pay for an hour"), MOST_MONEY, _l("Gross, in the program’s currency."))
    four_hours = yes_no(_l("At least four paid hours were worked"), _l("From then on it counts as a job start (IPS)."))
    integrated = yes_no(
        _l("Integrated"), _l("Among people without disabilities, open to anybody who applies: no workshop.")
    )
    subsidised = yes_no(_l("Subsidised"), _l("Somebody else pays a part of the wage."))
    seasonal = yes_no(_l("Seasonal"), _l("“No” means: all year round."))
    prevailing_wage = yes_no(_l("Pay as usual there"), _l("What others get for the same work."))
    same_site = yes_no(_l("At a shop that hosted them"))

    @property
    def employment(self) -> EmploymentValues:
        """What was filled in; ask only after it was found valid."""
        return EmploymentValues(
            self.employer.data or "", self.started_on.data, self.title.data or "", self.ended_on.data,
            self.hours_week.data or None, self.wage_hour.data,
            **{name: known(self[name]) for name in YES_NO},
        )  # fmt: skip


#: Fields of a job that are yes, no or unknown.
YES_NO = ("four_hours", "subsidised", "integrated", "seasonal", "prevailing_wage", "same_site")


class FollowUpForm(VersionedForm):
    asked_on = DayField(_l("Asked on"), validators=[InputRequired(_SAY_DAY)])
    reached = SelectField(_l("Did you reach them?"), validators=[InputRequired(_l("Please choose one of the list."))])
    employed = yes_no(_l("In paid work in this quarter?"), _l("On at least one day. An internship is no paid work."))
    earnings = _number(
        _l("Earnings in this quarter"), MOST_MONEY,
        _l("Gross, the whole quarter, in the program’s currency. Empty: unknown."),
    )  # fmt: skip

    def offer(self) -> None:
        self.reached.choices = [(one.value, say(reached_words(one))) for one in Reached]

    @property
    def follow_up(self) -> FollowUpValues:
        """What was filled in; ask only after it was found valid."""
        return FollowUpValues(self.asked_on.data, Reached(self.reached.data), known(self.employed), self.earnings.data)


class ExpenseForm(Form):
    key = HiddenField()
    day = DayField(_l("Month"), description=_l("Any day of it."), validators=[InputRequired(_SAY_DAY)])
    kind = SelectField(_l("What for"), validators=[InputRequired()])
    amount = NumberField(
        _l("Amount"), description=_l("In the program’s currency."),
        validators=[
            InputRequired(_l("Please enter an amount above zero.")),
            NumberRange(0.01, MOST_MONEY, _l("Please enter an amount above zero.")),
        ],
    )  # fmt: skip

    def offer(self) -> None:
        self.kind.choices = [(kind.value, say(expense_words(kind))) for kind in ExpenseKind]


class ListEntryForm(Form):
    kind = SelectField(_l("In which list"), validators=[InputRequired(_l("Please choose one of the list."))])
    name_en = StringField(_l("Name in English"), filters=[trimmed], validators=[Length(max=80)])
    name_de = StringField(_l("Name in German"), filters=[trimmed], validators=[Length(max=80)])

    @property
    def name(self) -> dict[str, str]:
        return {"en": self.name_en.data or "", "de": self.name_de.data or ""}
