"""From the files and `attachments` of a request to the attachments of a message."""

from __future__ import annotations

from aiohttp import web

from tests.fakes.discord.messages import Message
from tests.fakes.discord.rest import Call
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import Payload


def file_names(call: Call, message: Message | None = None) -> tuple[str, ...]:
    """Return the names that `attachment://` may refer to."""
    old = message.attachments if message is not None else []
    return (*(upload.filename for upload in call.uploads), *(str(a["filename"]) for a in old))


def attachments(call: Call, body: Payload, channel_id: int) -> list[Payload]:
    """Store the uploaded files and return how the message shows them."""
    described = {str(a.get("id")): a for a in body.get("attachments") or ()}
    written: list[Payload] = []
    for upload in call.uploads:
        index = upload.field.removeprefix("files[").removesuffix("]")
        attachment_id = str(call.state.snowflakes.next())
        call.state.uploads[attachment_id] = upload.content
        path = f"attachments/{channel_id}/{attachment_id}/{upload.filename}"
        url = f"{call.state.cdn_url}/{path}"
        written.append(
            {
                "id": attachment_id,
                "filename": upload.filename,
                "description": described.get(index, {}).get("description"),
                "size": len(upload.content),
                "url": url,
                "proxy_url": url,
                "content_type": upload.content_type,
            }
        )
    return written


def after_edit(call: Call, body: Payload, message: Message) -> list[Payload] | None:
    """Return the attachments after an edit, which keeps those it lists; None: all as before."""
    new = attachments(call, body, message.channel.id)
    if body.get("attachments") is None and not new:
        return None
    listed = {str(a.get("id")) for a in body.get("attachments") or ()}
    keep_all = body.get("attachments") is None
    return [a for a in message.attachments if keep_all or a["id"] in listed] + new


def add_to(app: web.Application, state: State) -> None:
    """Serve what was uploaded, as Discord's CDN does: to anybody who has the address."""

    async def upload(request: web.Request) -> web.Response:
        content = state.uploads.get(request.match_info["attachment_id"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    app.router.add_get("/attachments/{channel_id}/{attachment_id}/{name}", upload)
