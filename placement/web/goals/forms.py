from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from placement.domain.goals import LONGEST_LEVEL, LONGEST_TITLE, LOWEST, MOST_WEIGHT, SCORES, score_words
from placement.queries.goals.listing import GoalRow
from placement.queries.programs.catalog import TaskRow
from placement.usecases.effects.goals import GoalValues, level_field
from placement.usecases.goals.rate import LONGEST_NOTE
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import say


def _level(label: str, needed: bool = False) -> StringField:
    must = InputRequired(_l("Please say how you would know that the goal is reached."))
    return StringField(label, filters=[trimmed], validators=[must if needed else Optional(), Length(max=LONGEST_LEVEL)])


class GoalForm(VersionedForm):
    """``key``: made for every new form, so that a double tap is one goal. Levels are shown from the best down."""

    key = HiddenField()
    title = StringField(
        _l("What is the goal?"),
        filters=[trimmed],
        validators=[
            InputRequired(_l("Please say in a few words what the goal is.")), Length(max=LONGEST_TITLE)
        ],
    )  # fmt: skip
    level_2 = _level(_l("As expected: how would we know that it is reached?"), needed=True)
    level_3 = _level(_l("More than expected"))
    level_4 = _level(_l("Much more than expected"))
    level_1 = _level(_l("Less than expected"))
    level_0 = _level(_l("Much less than expected"))
    due_on = DayField(
        _l("When do we look at it again?"),
        description=_l("Around this day it stands on the day page."),
        validators=[Optional()],
    )
    weight = SelectField(_l("How much does it count?"), validators=[Optional()])
    tasks = SelectMultipleField(
        _l("Tasks it has to do with"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, tasks: Iterable[TaskRow]) -> None:
        """Fill in the choices, in the reader's language."""
        usual = ("1", gettext("as much as the other goals"))
        times = [(str(n), ngettext("%(num)s time", "%(num)s times as much", n)) for n in range(2, MOST_WEIGHT + 1)]
        self.weight.choices = [usual, *times]
        self.tasks.choices = [(task.public_id, say(task.name)) for task in tasks]

    @property
    def goal(self) -> GoalValues:
        """What was filled in; ask only after it was found valid."""
        return GoalValues(
            self.title.data or "",
            tuple(self[level_field(score)].data or "" for score in SCORES),
            tuple(self.tasks.data or ()),
            int(self.weight.data or 1),
            self.due_on.data,
        )


class RatingForm(Form):
    """Where it stands: five answers, in their own words where there are some."""

    key = HiddenField()
    score = RadioField(_l("Where is it now?"), validators=[InputRequired(_l("Choose one of the answers."))])
    day = DayField(_l("On which day"), validators=[InputRequired()])
    note = TextAreaField(
        _l("A word about it"),
        filters=[trimmed],
        validators=[Length(max=LONGEST_NOTE)],
    )

    def offer(self, goal: GoalRow) -> None:
        """The five levels, the best on top."""
        self.score.choices = [(str(score), level_words(goal, score)) for score in reversed(SCORES)]


def level_words(goal: GoalRow, score: int) -> str:
    """A level in their own words, with what it stands for."""
    own, plain = goal.levels[score - LOWEST], say(score_words(score))
    return f"{own} ({plain})" if own else plain[:1].upper() + plain[1:]


def values_of(row: GoalRow) -> dict[str, object]:
    """A goal as the form's fields."""
    levels = {level_field(score): row.levels[score - LOWEST] for score in SCORES}
    return {"title": row.title, **levels, "due_on": row.due_on, "weight": str(row.weight)}
