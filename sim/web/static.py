"""The files of the page: those that were there when the server began, and no others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
"""What is served, by the ending of its name."""


class Files:
    """Files that may be asked for by name; whatever else is asked is not there.

    Parameters
    ----------
    folder : Traversable
        Where they lie, themselves and in folders.
    """

    def __init__(self, folder: Traversable) -> None:
        self._files = dict(_served(folder))

    @property
    def names(self) -> frozenset[str]:
        """Everything that can be asked for."""
        return frozenset(self._files)

    def answer(self, request: Request) -> Response:
        """Return a file; nothing but a word where the browser has it already."""
        name = request.path_params["file"]
        found = self._files.get(name)
        if found is None:
            return PlainTextResponse("404\n", status_code=404)
        content = found.read_bytes()
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        known = request.headers.get("if-none-match", "")
        if tag in [one.strip().removeprefix("W/") for one in known.split(",")]:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=TYPES[_ending(name)], headers=headers)


def _served(folder: Traversable, before: str = "") -> Mapping[str, Traversable]:
    found: dict[str, Traversable] = {}
    for one in folder.iterdir():
        if one.name.startswith("."):
            continue
        if one.is_dir():
            found |= _served(one, f"{before}{one.name}/")
        elif _ending(one.name) in TYPES:
            found[before + one.name] = one
    return found


def _ending(name: str) -> str:
    return name[name.rfind(".") :] if "." in name else ""
