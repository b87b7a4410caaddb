"""Serves the preview's files, and beside them what makes its page a playground."""

from pathlib import Path
from typing import ClassVar

from aiohttp import web
from simcord.preview._server import PreviewServer

ASSETS = Path(__file__).with_name("assets")
SCRIPT = ASSETS / "playground.js"
STYLE = ASSETS / "playground.css"
TITLE = "GPU Scout playground"


class PlaygroundServer(PreviewServer):
    """The preview's server with a script and a style sheet of our own on its page."""

    # Paths are looked up beside SimCord's own files; an absolute one stays what it is.
    _STATIC_FILES: ClassVar[dict[str, str]] = {
        **PreviewServer._STATIC_FILES,  # noqa: SLF001
        "/playground.js": str(SCRIPT),
        "/playground.css": str(STYLE),
    }
    _STATIC_CONTENT_TYPES: ClassVar[dict[str, str]] = {
        **PreviewServer._STATIC_CONTENT_TYPES,  # noqa: SLF001
        str(STYLE): "text/css",
    }

    async def _index(self, request: web.Request) -> web.Response:
        response: web.Response = await super()._index(request)
        # The script runs before the page's own, which read the key from the address: so the
        # bare address opens too. The key guards nothing here but a fresh database.
        head = (
            '<link rel="stylesheet" href="/playground.css">'
            f'<script src="/playground.js" data-key="{self.preview.capability}"></script></head>'
        )
        page = (response.text or "").replace("</head>", head, 1)
        response.text = page.replace("<title>SimCord Preview</title>", f"<title>{TITLE}</title>")
        return response
