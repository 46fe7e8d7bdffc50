"""Which messages of a browser reach Streamlit: those that pages use, and none by which others are disturbed."""

from __future__ import annotations

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

USED = frozenset({"rerun_script", "stop_script", "file_urls_request", "backend_operation_request", "app_heartbeat"})
USED_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
UNSUPPORTED_DATA = 1003  # RFC 6455 §7.4.1


def is_used(data: bytes) -> bool:
    """Tell whether a message is one that the pages send; what cannot be read is left for Streamlit to refuse.

    `clear_cache` empties the caches of all readers, `load_git_info` starts git, others change the server or its disk.
    """
    try:
        message = BackMsg.FromString(data)
    except DecodeError:
        return True
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in USED_OPERATIONS
    return kind in USED


class ClientMessages:
    """Drops the messages that no page sends, and ends a connection that sends text, which Streamlit cannot read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def used_messages() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                if message.get("bytes") is None:
                    await send({"type": "websocket.close", "code": UNSUPPORTED_DATA})
                    return {"type": "websocket.disconnect", "code": UNSUPPORTED_DATA}
                if is_used(message["bytes"]):
                    return message

        await self.app(scope, used_messages if scope["type"] == "websocket" else receive, send)
