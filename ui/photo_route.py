"""The photos beside the database, given out by their digest: one that no row names any more is not given out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.ingest import photo_files
from ui.store import shared_store

HEADERS = {
    "Cache-Control": "private, no-cache",  # an undo takes a photo back from everybody
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def photo_response(request: Request) -> Response:
    """Answer with the photo of a digest, as it was encoded when it came in."""
    digest = request.path_params["digest"]
    with shared_store().read() as con:
        jpeg = photo_files.read_photo_file(con, digest)
    if jpeg is None:
        return Response(status_code=404)
    headers = {**HEADERS, "ETag": f'"{digest}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(jpeg, media_type="image/jpeg", headers=headers)


ROUTE = Route("/api/photos/{digest}.jpg", photo_response)
