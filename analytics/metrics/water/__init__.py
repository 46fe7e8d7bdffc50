"""FIGURES of 五水共治, a file for each thing that is counted."""

from analytics.metrics.water import chiefs, compliance, issues, plants, quality, saving, sources, works

METRICS = (
    *quality.METRICS,
    *compliance.METRICS,
    *chiefs.METRICS,
    *issues.METRICS,
    *works.METRICS,
    *sources.METRICS,
    *plants.METRICS,
    *saving.METRICS,
)
