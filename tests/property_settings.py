"""How often a property is tried: the same examples each time, few in `make check`, many new ones in `make torture`."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

SAME, FEW, EXPLORE = "same", "few", "explore"
EXAMPLES = {SAME: 100, FEW: 20, EXPLORE: 1000}  # of a property that names no count; chosen

# A slow machine is not a fault, and a draw that is large or often refused is none either.
settings.register_profile(
    SAME,
    max_examples=EXAMPLES[SAME],
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.register_profile(FEW, settings.get_profile(SAME), max_examples=EXAMPLES[FEW])
settings.register_profile(EXPLORE, settings.get_profile(SAME), derandomize=False, max_examples=EXAMPLES[EXPLORE])


def example_count(count: int) -> settings:
    """Return the settings of a property that is tried so often in `make test`, where others are tried 100 times."""
    profile = settings.get_profile(settings.get_current_profile_name())
    return settings(max_examples=max(1, count * profile.max_examples // EXAMPLES[SAME]))
