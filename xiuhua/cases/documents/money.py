"""How money is written in a Chinese official document, in figures and in capitals. Pure.

Amounts are yuan; they are counted in whole fen, so nothing is rounded.
"""

from decimal import Decimal, InvalidOperation

HIGHEST = Decimal("999999999.99")
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_PLACES = ("仟", "佰", "拾", "")


def amount(value: int | float | str | Decimal) -> Decimal:
    """A sum of money in yuan. Raises ValueError below nought, above 999,999,999.99 or finer than one fen."""
    try:
        money = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"not an amount: {value!r}") from None
    if not money.is_finite() or not 0 <= money <= HIGHEST:
        raise ValueError(f"amount out of range: {value}")
    if money * 100 % 1:
        raise ValueError(f"amount finer than one fen: {value}")
    return money


def yuan(value: int | float | str | Decimal) -> str:
    """1234.5 as 1,234.50元."""
    return f"{amount(value):,.2f}元"


def capitals(value: int | float | str | Decimal) -> str:
    """Money in capital characters as on bills: 人民币壹仟肆佰零玖元伍角整, 人民币叁佰贰拾伍元零肆分.

    A nought between figures is written once; 整 follows 元 and 角, never 分.
    """
    fen = int(amount(value) * 100)
    whole, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    parts = [_whole_capitals(whole) + "元"] if whole or not fen else []
    if jiao:
        parts.append(_CAPITALS[jiao] + "角")
    elif last and whole:
        parts.append("零")
    parts.append(_CAPITALS[last] + "分" if last else "整")
    return "人民币" + "".join(parts)


def rmb(value: int | float | str | Decimal) -> str:
    """Capitals and figures together: 人民币伍仟元整（¥5,000.00）."""
    return f"{capitals(value)}（¥{amount(value):,.2f}）"


def _whole_capitals(whole: int) -> str:
    if whole == 0:
        return _CAPITALS[0]
    written = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = whole // size % 10**4
        if not part:
            continue
        gap = written and (part < 1000 or (size == 1 and not whole // 10**4 % 10**4))
        written += (_CAPITALS[0] if gap else "") + _four_figures(part) + name
    return written


def _four_figures(number: int) -> str:
    """1 to 9999 with one nought for each gap and none at either end."""
    written, gap = "", False
    for power, place in zip((1000, 100, 10, 1), _CAPITAL_PLACES, strict=True):
        figure = number // power % 10
        if not figure:
            gap = bool(written)
            continue
        written += ("零" if gap else "") + _CAPITALS[figure] + place
        gap = False
    return written
