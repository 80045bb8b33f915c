"""How dates, times, periods and numbers are written in a Chinese official document. Pure text in, text out.

Moments are local time (Asia/Shanghai) without a zone, as the case snapshot holds them.
"""

from datetime import date, time

from xiuhua.org.rules import count_zh

PERIODS = {
    "calendar_day": "日",
    "working_day": "个工作日",
    "hour": "小时",
    "month": "个月",
    "year": "年",
}
_SHORT = 10  # periods up to ten are written in characters (三日, 五个工作日), longer ones in digits (15日)


def date_zh(day: str) -> str:
    """2018-05-03 as 2018年5月3日. Raises ValueError when it is no day of the calendar."""
    found = date.fromisoformat(day)
    return f"{found.year}年{found.month}月{found.day}日"


def clock_zh(reading: str) -> str:
    """09:05 as 9时05分."""
    found = time.fromisoformat(reading)
    return f"{found.hour}时{found.minute:02d}分"


def moment_zh(moment: str) -> str:
    """2018-05-16T09:10 as 2018年5月16日9时10分; seconds are dropped."""
    day, _, reading = moment.partition("T")
    return date_zh(day) + clock_zh(reading[:5])


def between_zh(start: str, end: str) -> str:
    """Two moments as one span; the day is said once when both lie on it."""
    first, last = moment_zh(start), moment_zh(end)
    if start[:10] == end[:10]:
        last = clock_zh(end.partition("T")[2][:5])
    return f"{first}至{last}"


def number_zh(number: int) -> str:
    """0 to 9999 in characters, as articles are counted: 十五, 一百一十八, 一千零一."""
    if not 0 <= number <= 9999:
        raise ValueError(f"number out of range: {number}")
    return count_zh(number) if number else "零"


def period_zh(length: int, unit: str) -> str:
    """A period: 三日, 五个工作日, 15日, 六个月. Units: calendar_day, working_day, hour, month, year."""
    if unit not in PERIODS:
        raise ValueError(f"unknown unit of a period: {unit}")
    counted = number_zh(length) if length <= _SHORT else str(length)
    return counted + PERIODS[unit]


def masked_id(number: str) -> str:
    """An identity number for the public: three characters, stars, two characters."""
    if len(number) <= 5:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def masked_phone(number: str) -> str:
    """A telephone number for the public: only its last two figures."""
    return "*" * max(len(number) - 2, 0) + number[-2:]


def masked_address(address: str) -> str:
    """An address for the public: everything from the first figure on is hidden (浦东新区示例路***)."""
    for place, character in enumerate(address):
        if character.isdigit():
            return address[:place] + "***"
    return address


def hash_groups(digest: str) -> str:
    """A hash in groups of sixteen, so that it can be read aloud and breaks between groups."""
    return " ".join(digest[i : i + 16] for i in range(0, len(digest), 16))
