from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from placement.domain.milestones import Rule, RuleKind
from placement.domain.rules import NUMBERS
from placement.usecases.progress.chosen import LONGEST
from placement.web.forms import DayField, Form, trimmed
from placement.web.words import say

Words = Mapping[str, str]


class RuleForm(Form):
    """The numbers of a rule; a page shows those its kind asks for."""

    percent = IntegerField(
        _l("How independent, in percent"),
        description=_l("100: alone. 90 lets a small reminder pass where single steps are rated."),
        validators=[Optional()],
    )
    occasions = IntegerField(_l("How many times running"), validators=[Optional()])
    raters = IntegerField(
        _l("Seen by how many people"), description=_l("Where there are that many."), validators=[Optional()]
    )
    amount = IntegerField(_l("How many"), validators=[Optional()])
    task = SelectField(_l("Only for one task"), validators=[Optional()])

    def offer(self, tasks: Iterable[tuple[str, Words]] = ()) -> None:
        self.task.choices = [("", gettext("All tasks")), *((key, say(name)) for key, name in tasks)]

    def fill(self, rule: Rule) -> None:
        """Begin with the numbers of the version in force."""
        for name in NUMBERS[rule.kind]:
            self[name].data = getattr(rule, name)

    def numbers(self, kind: RuleKind) -> dict[str, int | None]:
        return {name: self[name].data for name in NUMBERS[kind]}


class ChooseForm(Form):
    """What a participant chooses: a number and perhaps a task, or words."""

    number = IntegerField(_l("How many"), validators=[Optional()])
    task = SelectField(_l("Which task"), validators=[Optional()])
    words = StringField(
        _l("What I would like to reach"),
        description=_l("Whoever looks after you can read it, too."),
        filters=[trimmed],
        validators=[Optional(), Length(max=LONGEST)],
    )

    def offer(self, tasks: Iterable[tuple[str, Words]]) -> None:
        self.task.choices = [("", gettext("Please choose")), *((key, say(name)) for key, name in tasks)]


class ReachedForm(Form):
    day = DayField(_l("On which day"), validators=[InputRequired()])
