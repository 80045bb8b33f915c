"""Invented people, shops and companies. Nobody can take them for real ones, and every number passes its check digit.

Identity numbers begin with 99 and credit codes carry the area 999999: no place has these codes. Telephone numbers
begin with 000. Names carry 示例 (sample). The same `Random` gives the same people.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from xiuhua.registers.rules import credit_code_sum, resident_id_sum

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭"
GIVEN = "安邦昌诚达恩芳刚广贵国海浩恒弘华惠佳建杰金静君康丽良林玲龙梅美明宁鹏平强勤庆荣瑞胜顺松涛伟文祥欣"
_SAMPLE = "示例"

_SHOPS = {
    "food": ("面馆", "小吃店", "饭店", "火锅店", "烧烤店", "包子铺", "快餐店"),
    "shop": ("水果店", "便利店", "五金店", "服装店", "杂货店", "花店", "烟杂店", "修车铺"),
}
_FIRMS = {
    "food": ("餐饮管理", "餐饮服务", "食品"),
    "shop": ("商贸", "超市", "百货", "汽车维修服务"),
    "muck": ("渣土运输", "土石方工程", "建筑垃圾运输"),
    "site": ("建筑工程", "建设发展", "市政工程", "装饰工程"),
    "estate": ("房地产经纪", "物业管理", "置业"),
    "advert": ("广告传媒", "文化传播", "标识制作"),
    "plant": ("制造", "包装", "混凝土", "化工"),
    "transport": ("客运服务", "汽车租赁"),
    "gas": ("能源", "燃气设备"),
}

_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_EPOCH = date(1950, 1, 1)
_BIRTHS = 18_000  # days: born between 1950 and the spring of 1999, so that everybody is of age in 2018


def name(rng: Random) -> str:
    """A person: 王示例安."""
    return f"{rng.choice(SURNAMES)}{_SAMPLE}{rng.choice(GIVEN)}"


def birth_date(rng: Random) -> date:
    return _EPOCH + timedelta(days=rng.randrange(_BIRTHS))


def resident_id(rng: Random, born: date) -> str:
    """An identity number of area 99xxxx with a right check digit."""
    body = f"99{rng.randrange(10_000):04}{born:%Y%m%d}{rng.randrange(1000):03}"
    return body + resident_id_sum(body)


def credit_code(rng: Random, business: str = "91") -> str:
    """A credit code of area 999999 with a right check sign; `business` is 91 for companies, 92 for individuals."""
    body = f"{business}999999MA" + "".join(rng.choices(_CODE_SIGNS, k=7))
    return body + credit_code_sum(body)


def phone(rng: Random) -> str:
    return f"000-{rng.randrange(10**8):08}"


def plate(rng: Random) -> str:
    """A number plate that no authority gives out: the place of its letter holds 示例."""
    return f"沪{_SAMPLE}{rng.randrange(10**5):05}"


def shop_name(rng: Random, trade: str) -> str:
    """The trade name of an individual business of `trade` (food, shop)."""
    return f"浦东新区{_SAMPLE}{rng.choice(GIVEN)}{rng.choice(GIVEN)}{rng.choice(_SHOPS[trade])}"


def firm_name(rng: Random, trade: str) -> str:
    """A company of `trade` (a key of the table of firms)."""
    return f"上海{_SAMPLE}{rng.choice(GIVEN)}{rng.choice(GIVEN)}{rng.choice(_FIRMS[trade])}有限公司"


def citizen(rng: Random, address: str) -> dict[str, str]:
    """The fields of a citizen as the registers name them."""
    born = birth_date(rng)
    number = resident_id(rng, born)
    return {
        "kind": "citizen",
        "name": name(rng),
        "id_kind": "resident_id",
        "id_no": number,
        "address": address,
        "phone": phone(rng),
    }


def individual_business(rng: Random, trade: str, address: str) -> dict[str, str]:
    """A shop with a trade name and its operator."""
    born = birth_date(rng)
    trade_name = shop_name(rng, trade)
    return {
        "kind": "individual_business",
        "name": trade_name,
        "trade_name": trade_name,
        "operator": name(rng),
        "id_kind": "resident_id",
        "id_no": resident_id(rng, born),
        "credit_code": credit_code(rng, "92"),
        "address": address,
        "phone": phone(rng),
    }


def organisation(rng: Random, trade: str, address: str) -> dict[str, str]:
    return {
        "kind": "organisation",
        "name": firm_name(rng, trade),
        "credit_code": credit_code(rng),
        "representative": name(rng),
        "address": address,
        "phone": phone(rng),
    }
