"""What the browser asks beside the pages: whether something changed, and on which days there is news."""

from __future__ import annotations

import re
from datetime import date

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.ingest import batch_log
from ui import photo_route, tile_proxy
from ui.store import shared_store

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


async def write_counter_response(request: Request) -> Response:
    """Answer with a number that changes with every commit and undo; it is there already, so no thread is needed."""
    return JSONResponse(shared_store().write_counter)


def news_days_response(request: Request) -> Response:
    """Answer with the days of a month, asked for as `?month=2014-06`, on which a row of some ledger is dated."""
    asked = MONTH.fullmatch(request.query_params.get("month", ""))
    if not asked:
        return JSONResponse([], status_code=400)
    with shared_store().read() as con:
        days = batch_log.news_days(con, date(int(asked[1]), int(asked[2]), 1))
    return JSONResponse([day.isoformat() for day in days])


ROUTES = [
    Route("/api/write-counter", write_counter_response),
    Route("/api/news-days", news_days_response),
    photo_route.ROUTE,
    tile_proxy.ROUTE,
]
