"""The legal entities of the demo park: firms of every zone, academies, service and money houses."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from etl.demo.model import AS_OF, Org
from etl.demo.names import ACADEMIES, CENTRES, FIRST, INDUSTRY, MARK, PLACES, SECOND, SERVICES, TRADES

FIRMS = {"core": 8, "chem": 20, "bio": 18, "energy": 16, "data": 14, "equip": 17, "nuclear": 6, "agri": 12}
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SLIP, _OLD_SLIP = {1680, 7065}, {2020}  # whose check character is miswritten, and whose organization code within


def org_code(number: int, head: str = "91620199MA0") -> str:
    """A synthetic 统一社会信用代码. Both check characters are right, but for three on purpose; its registration division, 620199 or 620099, is
    none of GB/T 2260, so that it can be nobody's."""
    old = head[8:] + f"{number:05d}"
    total = sum(int(char, 36) * weight for char, weight in zip(old, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    body = head[:8] + old + "0X987654321"[(total + (number in _OLD_SLIP)) % 11]
    weighed = sum(_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + _ALPHABET[((31 - weighed % 31) + 7 * (number in _SLIP)) % 31]


def organizations(rng: Random) -> tuple[Org, ...]:
    """About 140 entities. A few moved in during September and October, a few graduated or left."""
    made: list[Org] = []
    brands = [first + second for first in FIRST for second in SECOND]
    rng.shuffle(brands)
    for zone, count in FIRMS.items():
        leader: str | None = None
        for number in range(count):
            trade = number % 3
            founded = date(2016, 1, 1) + timedelta(days=rng.randint(0, 3500) * 29 // 35)  # before the first project
            moved_in = max(founded, date(2022, 6, 1)) + timedelta(days=rng.randint(20, 500))
            told = 1
            if number and len(made) % 19 == 18:  # a newcomer
                told = rng.choice((2, 3))
                moved_in = AS_OF[told - 1] - timedelta(days=rng.randint(2, 25))
            code, brand = org_code(1000 + 17 * len(made)), brands[len(made)]
            is_leading = number == 0 and zone != "core"
            leader = code if is_leading else leader
            longitude, latitude = CENTRES[zone]
            made.append(Org(
                code=code, name=f"{MARK}{PLACES[len(made) % 3]}{brand}{TRADES[zone][trade]}有限公司", kind="企业", zone=zone,
                industry=INDUSTRY[zone][trade], group=f"{MARK}{brand}集团" if is_leading else None,
                origin="本地" if is_leading else rng.choice(("孵化", "引进", "本地", "引进")), is_leading=is_leading,
                leading_code=leader if number and rng.random() < 0.3 else None, is_fourth_army=rng.random() < 0.08,
                founded_on=founded, moved_in_on=moved_in,
                graduated_on=date(2025, 12, 19) if told == 1 and number % 9 == 8 and moved_in < date(2024, 6, 1) else None,
                moved_out_on=date(2026, 3, 31) if told == 1 and number == 7 and zone in ("data", "bio") else None,
                place=(round(longitude + rng.uniform(-0.012, 0.012), 5), round(latitude + rng.uniform(-0.012, 0.012), 5)),
                datum=("CGCS2000", "WGS84", "GCJ02")[number % 7 % 3], told=told))
    for number, (kind, name) in enumerate((kind, name) for kind, names in ACADEMIES.items() for name in names):
        is_institute = kind == "科研院所"
        made.append(Org(code=org_code(7000 + 13 * number, "12620099MB0"), name=MARK + name, kind=kind, zone="",
                        industry="M7320" if is_institute else "P8341", is_fourth_army=is_institute and number % 2 == 0,
                        founded_on=date(1958 + number, 9, 1)))
    for number, (kind, name) in enumerate((kind, name) for kind, names in SERVICES.items() for name in names):
        made.append(Org(code=org_code(8000 + 13 * number), name=MARK + name, kind=kind,
                        zone="core" if kind == "科技服务机构" else "", founded_on=date(2019, 4, 1) + timedelta(days=40 * number)))
    return tuple(made)
