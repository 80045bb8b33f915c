"""Citizen identity numbers (GB 11643-1999) and unified social credit codes (GB 32100-2015), with their check digits.

Area codes are not looked up: counties are merged and renamed, and an old number stays valid. Pure.
"""

from __future__ import annotations

import re
from datetime import date

from xiuhua.kernel.authz import Said

_ID = re.compile(r"\d{17}[\dX]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_SUMS = "10X98765432"

# GB 32100 leaves out I, O, S, V and Z.
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile(rf"[{_CODE_SIGNS}]{{2}}\d{{6}}[{_CODE_SIGNS}]{{10}}")
_CODE_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))


def resident_id_sum(body: str) -> str:
    """The check digit (0…9 or X) of the first 17 digits of an identity number."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return _ID_SUMS[total % 11]


def birth_date_of(number: str) -> date:
    """The date of birth that stands in an identity number. Raises ValueError if there is no such day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_of(number: str) -> str:
    """`male` or `female`, as the seventeenth digit says: odd or even."""
    return "male" if int(number[16]) % 2 else "female"


def resident_id_fault(number: str, on: date) -> str:
    """Why `number` is no identity number of somebody born by `on`; empty if it is one."""
    if not _ID.fullmatch(number):
        return "公民身份号码应为18位：17位数字加1位数字或X"
    try:
        born = birth_date_of(number)
    except ValueError:
        return Said("公民身份号码中的出生日期不存在：%(day)s", day=number[6:14])
    if born > on or born.year < 1900:
        return Said("公民身份号码中的出生日期不可能：%(day)s", day=born.isoformat())
    if number[17] != resident_id_sum(number[:17]):
        return "公民身份号码的校验码不符，请核对"
    return ""


def credit_code_sum(body: str) -> str:
    """The check sign of the first 17 signs of a credit code."""
    total = sum(_CODE_SIGNS.index(sign) * weight for sign, weight in zip(body, _CODE_WEIGHTS, strict=True))
    return _CODE_SIGNS[-total % 31]


def credit_code_fault(code: str) -> str:
    """Why `code` is no unified social credit code; empty if it is one."""
    if not _CODE.fullmatch(code):
        return "统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z），第3至8位为数字"
    if code[17] != credit_code_sum(code[:17]):
        return "统一社会信用代码的校验码不符，请核对"
    return ""
