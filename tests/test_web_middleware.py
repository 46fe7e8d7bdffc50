"""What stands between the browser and the web framework."""

import asyncio

from ui import web_middleware


def test_a_browser_that_hung_up_is_owed_no_answer():
    """What an app leaves unanswered, because nobody listens any more, is no error of the server."""

    async def leaves_it(scope, receive, send):
        await receive()

    async def hangs_up():
        return {"type": "http.disconnect"}

    response = asyncio.run(web_middleware.collect_response(leaves_it, {"type": "http"}, hangs_up))
    assert response.status_code == 408
