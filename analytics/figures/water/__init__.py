"""FIGURES of 五水共治, a file for each thing that is counted."""

from analytics.figures.water import chiefs, issues, plants, quality, saving, sources, standing, works

FIGURES = (
    *quality.FIGURES,
    *standing.FIGURES,
    *chiefs.FIGURES,
    *issues.FIGURES,
    *works.FIGURES,
    *sources.FIGURES,
    *plants.FIGURES,
    *saving.FIGURES,
)
