"""Filters that put values into the reader's language and format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_skeleton
from babel.dates import format_time as babel_time
from babel.lists import format_list
from babel.numbers import format_decimal as babel_decimal
from flask import Flask, g

from placement.domain.openings import place_name, shop_name
from placement.domain.words import Say
from placement.web.current import actor_or_none
from placement.web.locale import reader_locale, translations
from placement.web.plain import VARIANT, reads_plain


def say(value: Say | Mapping[str, str] | str | None) -> str:
    """A sentence, wording or plain text in the reader's language."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return wording(value)
    params = {key: _param(part) for key, part in value.params.items()}
    if value.plural is not None:
        count = params.pop("n")
        return translations().ngettext(value.msgid, value.plural, count) % {"num": count, "n": count, **params}
    text = translations().gettext(value.msgid)
    return text % params if params else text


def wording(text: Mapping[str, str]) -> str:
    """Catalog wording in the reader's language, plainly where they chose that, else the program's, else any."""
    tag = _tag(reader_locale())
    wanted = (text.get(tag + VARIANT) if reads_plain() else None) or text.get(tag)
    if wanted:
        return wanted
    who = actor_or_none()
    for locale in (who.program_locale if who else "en", "en"):
        if text.get(locale):
            return text[locale]
    return next(iter(text.values()), "")


def upper_first(text: str) -> str:
    """The text with a capital first letter, the rest as it is: German nouns keep theirs."""
    return text[:1].upper() + text[1:]


def day(value: date | None) -> str:
    """Tuesday, November 17 / Dienstag, 17. November."""
    return "" if value is None else _skeleton("MMMMEEEEd", value, reader_locale())


def day_short(value: date | None) -> str:
    """Nov 17, 2026 / 17.11.2026."""
    return "" if value is None else _date("medium", value, reader_locale())


def days_short(values: Sequence[date]) -> list[str]:
    """Many at once: whose page it is, is asked once."""
    locale = reader_locale()
    return [_date("medium", value, locale) for value in values]


def day_tick(value: date) -> str:
    """Nov 17 / 17. Nov.: for an axis, where the year stands elsewhere."""
    return _skeleton("MMMd", value, reader_locale())


def month_tick(value: date, pattern: str) -> str:
    """A month by a pattern of Babel's ("LLL yyyy"): for an axis."""
    return _date(pattern, value, reader_locale())


def month(value: date) -> str:
    """November 2026."""
    return _date("LLLL yyyy", value, reader_locale())


def weekday(number: int, width: str = "wide") -> str:
    """Monday is 0; width wide or abbreviated."""
    names = reader_locale().days["stand-alone"][width]
    return str(names[number])


def clock(value: time | datetime | None, zone: str | None = None) -> str:
    """A wall-clock time; an instant is shown in ``zone``, by default the program's."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone or _zone())).time()
    return babel_time(value, "short", locale=reader_locale())


def clock_minute(minute: int) -> str:
    """A minute of the day, 0–1440, as a wall-clock time."""
    return clock(time(minute // 60 % 24, minute % 60))


def local_day(value: datetime, zone: str | None = None) -> date:
    """The local day of an instant in ``zone``, by default the program's."""
    return value.astimezone(ZoneInfo(zone or _zone())).date()


def number(value: float | int | Decimal | None) -> str:
    return "" if value is None else _number(value)


def percent(value: float | None) -> str:
    """0–100 as "75 %" in the reader's format."""
    return "" if value is None else _number(round(value)) + ("%" if reader_locale().language == "en" else "\u00a0%")


def fit(value: int | None) -> str:
    """Basis points 0..10000 as a percentage."""
    return "" if value is None else percent(value / 100)


def hours(minutes: int | None) -> str:
    """Worked minutes as hours: "131 h", "3.5 h"."""
    if minutes is None:
        return ""
    return _number(round(minutes / 60, 1)) + "\u00a0h"


def country(code: str) -> str:
    """A country's name: "Germany" / "Deutschland"."""
    return str(reader_locale().territories.get(code, code))


def any_of(names: Iterable[str]) -> str:
    """Names to choose from: "Ada, Ben, or Cleo" / "Ada, Ben oder Cleo"."""
    return format_list(list(names), style="or", locale=reader_locale())


def all_of(names: Iterable[str]) -> str:
    """Everything named: "Ada, Ben, and Cleo" / "Ada, Ben und Cleo"."""
    return format_list(list(names), locale=reader_locale())


def _number(value: float | int | Decimal) -> str:
    return _decimal(value, reader_locale())


def _param(value: Any) -> Any:
    if isinstance(value, Say | Mapping):
        return say(value)
    if isinstance(value, datetime):
        return clock(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, float):
        return _number(value)
    return value


def _zone() -> str:
    who = actor_or_none()
    return who.zone if who else str(g.get("zone", "UTC"))


# One page writes the same few days many times (a chart's points, its table, its sentence), and looking for the
# skeleton's pattern costs a hundred times more than remembering what came out.
@lru_cache(maxsize=4096)
def _skeleton(pattern: str, value: date, locale: Locale) -> str:
    return str(format_skeleton(pattern, value, locale=locale))


@lru_cache(maxsize=4096)
def _date(pattern: str, value: date, locale: Locale) -> str:
    return str(babel_date(value, pattern, locale=locale))


# A type of its own each: 1 and 1.0 are one key, but not one text.
@lru_cache(maxsize=4096, typed=True)
def _decimal(value: float | int | Decimal, locale: Locale) -> str:
    return str(babel_decimal(value, locale=locale))


@lru_cache(maxsize=16)
def _tag(locale: Locale) -> str:
    return str(locale)


def place(row: Any) -> str:
    """What somebody works as and where, of anything with ``role``, ``employer`` and ``site``."""
    return place_name(row.role, row.employer, row.site)


def shop(row: Any) -> str:
    """Where somebody works, of anything with ``employer`` and ``site``."""
    return shop_name(row.employer, row.site)


FILTERS = (
    say,
    wording,
    day,
    day_short,
    day_tick,
    month,
    weekday,
    clock,
    clock_minute,
    local_day,
    number,
    percent,
    fit,
    hours,
    any_of,
    country,
    place,
    shop,
)


def init_app(app: Flask) -> None:
    """Register the filters under their own names."""
    for function in FILTERS:
        app.add_template_filter(function, function.__name__)
