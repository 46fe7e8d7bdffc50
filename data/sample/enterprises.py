"""示例 firms: all fictional, of the subdistrict or trading in it from elsewhere."""

from datetime import date
from random import Random

from data.sample.rows import Ledgers, Row, days_after, sample_generator, topic_rng, weighted_choice

COUNT = 30
LISTED_FROM = date(2012, 3, 1)
VILLAGES = ("V-A", "V-B", "V-C", "V-E")
INDUSTRIES = ("通用机械", "汽车零部件", "电子元件", "纺织服装", "塑料制品", "仓储物流", "商贸", "软件服务")


def enterprise_row(rng: Random, number: int) -> Row:
    """Return the register entry of a firm; every fifth trades here and is registered elsewhere."""
    is_large = rng.random() < 0.3
    elsewhere = weighted_choice(rng, 江北区其他=2, 区外=3)
    land = round(rng.uniform(12, 60) if is_large else rng.uniform(2, 15), 1)
    return {
        "enterprise_id": f"ENT-{number:02}",
        "name": f"示例企业{number:02}",
        "village_id": rng.choice(VILLAGES),
        "registered_in": elsewhere if number % 5 == 0 else "本街道",
        "trades_in": "本街道",
        "scale": "规上" if is_large else "规下",
        "industry": rng.choice(INDUSTRIES),
        "land_area": land,
        "floor_area": round(land * rng.uniform(400, 900), -1),
        "tax": round(land * rng.uniform(4, 18), 1),
        "listed_on": days_after(LISTED_FROM, 20 * number),
        "note": "示例",
    }


@sample_generator
def enterprise_ledger() -> Ledgers:
    """Return the register of firms."""
    rng = topic_rng("enterprise")
    return {"enterprise": [enterprise_row(rng, number) for number in range(1, COUNT + 1)]}
