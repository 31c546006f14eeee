"""The files of the page: those that were there when the server began, and no others."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sim.web.fonts import FACES, shipped

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".otf": "font/otf",
}
"""What is served, by the ending of its name."""

_FONTS = (".woff", ".woff2", ".otf")
"""What is compressed already or hardly gets smaller, and does not change from version to version."""

_WORTH_IT = 1000
"""Bytes from which on something is compressed."""


class Files:
    """Files that may be asked for by name; whatever else is asked is not there.

    Parameters
    ----------
    folder : Traversable
        Where they lie, themselves and in folders; fonts may lie elsewhere.
    """

    def __init__(self, folder: Traversable) -> None:
        names = (PurePosixPath(place).name for _, _, place in FACES)
        fonts = {f"fonts/{name}": partial(_font, name) for name in names}
        self._files: Mapping[str, Callable[[], bytes]] = {**_served(folder), **fonts}

    @property
    def names(self) -> frozenset[str]:
        """Everything that can be asked for."""
        return frozenset(self._files)

    def answer(self, request: Request) -> Response:
        """Return a file; nothing but a word where the browser has it already."""
        name = request.path_params["file"]
        if name not in self._files:
            return PlainTextResponse("404\n", status_code=404)
        content, font = self._files[name](), _ending(name) in _FONTS
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "max-age=86400" if font else "no-cache"}
        known = request.headers.get("if-none-match", "")
        if tag in [one.strip().removeprefix("W/") for one in known.split(",")]:
            return Response(status_code=304, headers=headers)
        if not font:
            content, headers = compressed(request, content, headers)
        return Response(content, media_type=TYPES[_ending(name)], headers=headers)


def compressed(request: Request, content: bytes, headers: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Return content compressed where that is worth it and the client takes it, with its headers."""
    told = {**headers, "Vary": "Accept-Encoding"}
    if len(content) < _WORTH_IT or "gzip" not in request.headers.get("accept-encoding", ""):
        return content, told
    return _packed(content), {**told, "Content-Encoding": "gzip"}


@lru_cache(128)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


def _font(name: str) -> bytes:
    return shipped(name) or b""


def _served(folder: Traversable, before: str = "") -> Mapping[str, Callable[[], bytes]]:
    found: dict[str, Callable[[], bytes]] = {}
    for one in folder.iterdir():
        if one.is_dir():
            found |= _served(one, f"{before}{one.name}/")
        elif _ending(one.name) in TYPES and not one.name.startswith("."):
            found[before + one.name] = one.read_bytes
    return found


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix
