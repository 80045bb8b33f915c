"""How much is fined: inside the range and the limits of the day, in round sums that officers write."""

from __future__ import annotations

from dataclasses import dataclass

from xiuhua.simulation.story import Story

TIERS = ("lighter", "ordinary", "heavier")
TIER_WEIGHTS = (48, 40, 12)
MITIGATED = 0.02


@dataclass(frozen=True, slots=True)
class Fine:
    """A fine in yuan and the tier it stands for; `units` where the range is counted by tonne or by multiple."""

    amount: float
    tier: str
    units: int = 0


def limit_kind(story: Story) -> str:
    """Under which limits the party falls: `citizen` or `organisation`."""
    kind = story.matter.party_kind
    if kind == "individual_business":
        return story.world.parameter("individual_business_counts_as", story.text(story.begun))
    return kind


def on_the_spot(story: Story) -> Fine | None:
    """A fine that may be given at once on that day; None where the least of the range is above the limit."""
    low, high = story.matter.cause.span(story.matter.party_kind)
    limit = story.world.amount(f"summary_fine_{limit_kind(story)}", story.text(story.begun))
    top = min(high, limit)
    if low > top:
        return None
    least = low or _cash(story)
    amount = _rounded(story.rng.triangular(least, top, least), least, top)
    return Fine(amount, tier(story, amount, low, high))


def _cash(story: Story) -> float:
    """The least that is asked where the range has no floor: what may be taken in cash."""
    return story.world.amount("cash_limit", story.text(story.begun))


def planned(story: Story) -> Fine:
    """The fine that the officers propose in an ordinary case."""
    low, high = story.matter.cause.span(story.matter.party_kind)
    units = story.matter.units
    if units:
        low, high = low * units, high * units
    if low and not units and story.rng.random() < MITIGATED:
        return Fine(_rounded(low / 2, 10, low), "mitigated")
    wanted = story.rng.choices(TIERS, TIER_WEIGHTS)[0]
    start, end = story.world.tiers[wanted]
    least = low or _rounded(high / 10, 10, high)
    share = story.rng.uniform(start, end) / 100
    amount = _rounded(least + (high - least) * share, least, high)
    return Fine(amount, tier(story, amount, low, high), units)


def tier(story: Story, amount: float, low: float, high: float) -> str:
    """The tier whose part of the span holds the amount."""
    share = 100 * (amount - low) / (high - low) if high > low else 0
    return next((name for name in TIERS if share <= story.world.tiers[name][1]), TIERS[-1])


def reduced(fine: Fine, story: Story) -> Fine:
    """Somewhat less after a defence that was adopted, never below the least."""
    low, high = story.matter.cause.span(story.matter.party_kind)
    low, high = (low * fine.units, high * fine.units) if fine.units else (low, high)
    amount = _rounded(max(low or 10, fine.amount * 0.8), low or 10, fine.amount)
    return Fine(amount, tier(story, amount, low, high), fine.units)


def _rounded(amount: float, low: float, high: float) -> float:
    """The round sum nearest to `amount`, kept between `low` and `high`."""
    grain = next(g for top, g in ((200, 10), (2_000, 50), (20_000, 500), (10**9, 1_000)) if amount < top)
    value = max(low, min(high, round(amount / grain) * grain))
    return int(value) if value == int(value) else round(value, 2)
