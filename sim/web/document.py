"""The document of the page: its HTML, styles and modules put together, as it is served and as one file.

`page/index.html` holds only the places where the parts go. What a document needs beside them is put in here: every
style sheet of the folder, the import map through which modules find each other (``page/svg.js``), what the page shows
first (`id="frame"`, `id="answer"`, `id="week"`) and, in the file, everything else (`id="data"`). Nothing is ever
loaded from elsewhere, and a content policy keeps it so: it names every script of the document by its hash.

Whoever bets on a phone gets smaller documents, of `page/room`: one to join, and one that asks. They bring their style
with them, have no fonts, and name the few modules that they need; these find each other by where they lie, as phones
of some years ago know no import maps.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from sim.web.frame import words_of
from sim.words import LANGUAGES, Language, words

texts = words("stick")
betting = words("betting")

GENERATOR = "deptsim export-page"
"""By which a file says that it was made here."""

FONTS = "fonts.css"
"""The style sheet that names the fonts; a file has one of its own, with the fonts in it."""

FIRST = "base.css"
"""The style sheet on which the others build."""

START = 'import "page/main.js";'
"""What starts the page."""

START_UNLESS_TOLD = 'if (!document.documentElement.classList.contains("cannot")) import("page/main.js");'
"""What starts it in a file, unless the browser lacks something."""

AGAIN = "setTimeout(() => location.reload(), 1000);"
"""Looks again; a refresh that HTML asks for does nothing at an address with a fragment."""

CHECK = (
    "if (!(window.HTMLScriptElement && HTMLScriptElement.supports && HTMLScriptElement.supports('importmap')"
    " && window.DecompressionStream)) document.documentElement.className = 'cannot';"
)
"""Marks the document where the browser cannot unpack it; written for browsers of any age."""

TOLD = "#cannot{display:none;margin:2em}.cannot body>*{display:none}.cannot body>#cannot{display:block}"
"""How the sentence for such a browser is shown, and nothing else."""


ROOM = "room/room.js"
"""What a page needs besides where it belongs to a room; for the host it asks for the panel."""

OVERVIEW = "overview/overview.css"
"""The style sheet of the page on which an organization is chosen."""

PANEL = "room/panel.js"
"""What the host sees besides."""

TITLES = {"guest": "GUEST_TITLE", "join": "JOIN_TITLE"}
"""What the documents for phones are called, by their names."""

PHONE_SHEETS = {"guest": ("phone", "guest", "bets"), "join": ("phone",)}
"""The style sheets that they bring with them."""

_IMPORTED = re.compile(r'^import [^"]*"(\.{1,2}/|page/)([\w/]+\.js)";', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A page as it is sent.

    Attributes
    ----------
    html
        The text.
    policy
        The value of the header ``Content-Security-Policy`` that goes with it.
    """

    html: str
    policy: str


def page_folder() -> Traversable:
    """Return the folder of everything that the page consists of."""
    return files("sim.web") / "page"


def served(
    frame: Mapping[str, Any],
    lang: str = "en",
    answer: Mapping[str, Any] | None = None,
    week: Mapping[str, Any] | None = None,
) -> Document:
    """Return the document that a server sends; styles, modules and fonts are asked for under ``/page/``.

    Parameters
    ----------
    frame
        What is the same for all answers; where its `room` names a role, the words of the room are put in.
    lang
        The language in which the page begins.
    answer, week
        How things are now, where it is known already: the page then shows it at once.
    """
    imports = json_text({"imports": {"page/": "/page/"}})
    role = (frame.get("room") or {}).get("role")
    frame = _with_words_of_room(frame, role)
    sheets = [f'<link rel="stylesheet" href="/page/{name}">' for name in (*_sheets(), *_sheets_of_room(role))]
    ahead = _ahead(sorted({*_names(".js"), *_modules_of_room(role)}))
    shown = {"frame": frame, "answer": answer, "week": week}
    head = [_title(frame, lang), *sheets, _script(imports, 'type="importmap"'), *ahead]
    body = [*_data(shown), _script(START, 'type="module"')]
    policy = _policy(scripts=("'self'", *map(hashed, (imports, START))), own="'self'")
    return Document(_put(lang, head, body), f"{policy}; frame-ancestors 'none'")


def preparing() -> Document:
    """Return the document that stands there until the first one can be made; it looks again every second."""
    head = [
        "<title>deptsim</title>",
        '<link rel="icon" href="data:,">',
        *(f'<link rel="stylesheet" href="/page/{name}">' for name in (FONTS, FIRST)),
    ]
    said = _told("main", ' class="preparing" role="status"', words("web").PREPARING)
    parts = ["<!doctype html>", "<html>", '<meta charset="utf-8">', *head, said, _script(AGAIN), "</html>", ""]
    policy = _policy(scripts=[hashed(AGAIN)], own="'self'")
    return Document("\n".join(parts), f"{policy}; frame-ancestors 'none'")


def overview(title: str, body: str, lang: Language, theme: str = "light", big: bool = False) -> Document:
    """Return the document on which an organization is chosen; nothing in it runs.

    Parameters
    ----------
    title
        What it is called.
    body
        What stands on it, as HTML; see `sim.web.overview`.
    lang
        The language.
    theme
        ``"light"`` or ``"dark"``.
    big
        Whether it is for a room.
    """
    parts = [
        "<!doctype html>",
        f'<html lang="{tag_of(lang)}" data-theme="{theme}"{" data-big" if big else ""}>',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html.escape(title)} · deptsim</title>",
        '<link rel="icon" href="data:,">',
        *(f'<link rel="stylesheet" href="/page/{name}">' for name in (FONTS, FIRST, OVERVIEW)),
        f'<body class="overview">\n{body}\n</body>',
        "</html>",
        "",
    ]
    policy = _policy(scripts=(), own="'self'")
    return Document("\n".join(parts), f"{policy}; frame-ancestors 'none'")


def guest(home: str, page: str, title: Mapping[str, str], lang: Language = "en") -> Document:
    """Return what somebody gets on a phone who has joined: the question that is open, and what came of earlier ones.

    Parameters
    ----------
    home
        The address of this document, ``/r/CODE``.
    page
        The address at which guests may try things themselves.
    title
        What the organization is called, by language.
    lang
        The language in which it begins where the browser wants none of ours.
    """
    return _for_phones("guest", {"room": {"role": "guest", "home": home, "page": page}, "title": title}, lang)


def joining(why: str = "", lang: Language = "en") -> Document:
    """Return what somebody gets on a phone who has not joined: a field for the code that stands on the wall.

    Parameters
    ----------
    why
        ``""`` where no code was tried, ``"wrong"`` where there is no room of that code, ``"often"`` where too many
        were tried.
    lang
        The language in which it begins where the browser wants none of ours.
    """
    return _for_phones("join", {"why": why}, lang)


def _for_phones(name: str, frame: Mapping[str, Any], lang: Language) -> Document:
    """Return a document of `page/room` with its style in it."""
    start = f'import "/page/room/{name}.js";'
    style = "\n".join(_read(f"room/{one}.css") for one in PHONE_SHEETS[name])
    said = {lang: words_of(lang, ("betting",)).items() for lang in LANGUAGES}
    told = {lang: {key: text for key, text in some if name == "guest" or "JOIN" in key} for lang, some in said.items()}
    called = html.escape(betting[TITLES[name]].get(lang))
    head = [f"<title>{called}</title>", f"<style>{style}</style>", *_ahead(_needed(f"room/{name}.js"))]
    first = [_told("noscript", "", betting.GUEST_NEEDS_SCRIPT), _told("div", ' id="wait"', betting.GUEST_ONE_MOMENT)]
    body = [*first, *_data({"frame": {**frame, "words": told}}), _script(start, 'type="module"')]
    policy = _policy(scripts=("'self'", hashed(start)), own="'self'", styles=hashed(style))
    return Document(_put(lang, head, body, f"room/{name}.html"), f"{policy}; frame-ancestors 'none'")


def _with_words_of_room(frame: Mapping[str, Any], role: str | None) -> Mapping[str, Any]:
    if role is None:
        return frame
    subjects = ("betting", "hosting") if role == "host" else ("betting",)
    return {**frame, "words": {lang: {**frame["words"][lang], **words_of(lang, subjects)} for lang in LANGUAGES}}


def _sheets_of_room(role: str | None) -> tuple[str, ...]:
    return {"host": ("room/entrance.css", "room/bets.css", "room/panel.css"), "guest": ("room/entrance.css",)}.get(
        role or "", ()
    )


def _modules_of_room(role: str | None) -> tuple[str, ...]:
    return {"host": (*_needed(ROOM), *_needed(PANEL)), "guest": _needed(ROOM)}.get(role or "", ())


def _ahead(modules: Iterable[str]) -> list[str]:
    return [f'<link rel="modulepreload" href="/page/{name}">' for name in modules]


@lru_cache
def _needed(first: str) -> tuple[str, ...]:
    """Return a module and all that it builds on, each by its place in the folder."""
    found: set[str] = set()
    left = [first]
    while left:
        name = left.pop()
        found.add(name)
        folder = {"page/": "", "./": f"{posixpath.dirname(name)}/", "../": f"{posixpath.dirname(name)}/../"}
        asked = {posixpath.normpath(folder[how] + one) for how, one in _IMPORTED.findall(_read(name))}
        left += asked - found
    return tuple(sorted(found))


def one_file(
    frame: Mapping[str, Any],
    data: str,
    fonts: str,
    lang: str = "en",
    answer: Mapping[str, Any] | None = None,
) -> str:
    """Return the document as one file that needs nothing else.

    Parameters
    ----------
    frame
        What is the same for all answers.
    data
        The answers and weeks, packed; see `sim.web.stick`.
    fonts
        A style sheet with the fonts in it.
    lang
        The language in which the page begins.
    answer
        How things are now, which is shown before anything is unpacked.
    """
    imports = json_text({"imports": {f"page/{name}": _url(name) for name in _names(".js")}})
    style = "\n".join([TOLD, fonts, *(_read(name) for name in _sheets() if name != FONTS)])
    scripts = ("data:", *map(hashed, (imports, CHECK, START_UNLESS_TOLD)))
    policy = _policy(scripts=scripts, own="", styles=hashed(style))
    head = [
        f'<meta name="generator" content="{GENERATOR}">',
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">',
        _title(frame, lang),
        f"<style>{style}</style>",
        _script(CHECK),
        _script(imports, 'type="importmap"'),
    ]
    told = [_told("noscript", "", texts.NEEDS_SCRIPT), _told("div", ' id="cannot"', texts.CANNOT_UNPACK)]
    body = [*_data({"frame": frame, "answer": answer}), f'<script type="text/plain" id="data">{data}</script>']
    return _put(lang, head, [*told, *body, _script(START_UNLESS_TOLD, 'type="module"')])


def packed(text: str) -> str:
    """Return a text compressed and in letters; the same text gives the same letters.

    Parameters
    ----------
    text
        Of any length.
    """
    return base64.b64encode(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)).decode("ascii")


def _put(lang: str, head: Iterable[str], body: Iterable[str], name: str = "index.html") -> str:
    """Put something at the end of the head and of the body of a document."""
    text = _read(name).replace("<html>", f'<html lang="{tag_of(lang)}">', 1)
    for end, parts in (("</head>", head), ("</body>", body)):
        before, after = text.split(end)
        text = before + "\n".join(parts) + "\n" + end + after
    return text


def _title(frame: Mapping[str, Any], lang: str) -> str:
    return f"<title>{html.escape(frame['title'][lang])} · deptsim</title>"


def _told(element: str, attributes: str, text: Any) -> str:
    """Return an element that says a sentence in every language: it cannot be switched where nothing runs."""
    said = "".join(f'<p lang="{tag_of(one)}">{html.escape(text.get(one))}</p>' for one in LANGUAGES)
    return f"<{element}{attributes}>{said}</{element}>"


def tag_of(lang: str) -> str:
    """Return what HTML calls a language."""
    return "zh-CN" if lang == "zh" else lang


def _data(shown: Mapping[str, Any]) -> list[str]:
    """Return data as scripts that are not run."""
    return [
        _script(json_text(data), f'type="application/json" id="{name}"')
        for name, data in shown.items()
        if data is not None
    ]


def json_text(data: Any) -> str:
    """Return data as JSON that is short, alike every time, and in which no text ends the script it stands in.

    Parameters
    ----------
    data
        Plain data.
    """
    plain = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return plain.replace("<", "\\u003c")


def _script(text: str, attributes: str = "") -> str:
    return f"<script {attributes}>{text}</script>" if attributes else f"<script>{text}</script>"


def _policy(scripts: Iterable[str], own: str, styles: str = "") -> str:
    """Return a content policy; `own` is where things may come from that the page itself brings."""
    sources = {
        "default-src": ("'none'",),
        "script-src": scripts,
        "style-src": (own, styles),
        "img-src": (own, "data:", "blob:"),
        "font-src": (own, "data:"),
        "connect-src": (own or "'none'",),
        "base-uri": ("'none'",),
        "form-action": ("'none'",),
    }
    return "; ".join(" ".join([name, *filter(None, found)]) for name, found in sources.items())


def hashed(text: str) -> str:
    """Return how a content policy names a script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _url(name: str) -> str:
    """Return a module as an address that holds it."""
    return f"data:text/javascript;base64,{base64.b64encode(_read(name).encode('utf-8')).decode('ascii')}"


def _sheets() -> list[str]:
    return sorted(_names(".css"), key=lambda name: (name != FONTS, name != FIRST, name))


def _names(ending: str) -> tuple[str, ...]:
    return tuple(sorted(one.name for one in page_folder().iterdir() if one.name.endswith(ending)))


def _read(name: str) -> str:
    return (page_folder() / name).read_text(encoding="utf-8")
