"""Translators that a user attaches: plug-ins, and any server that speaks the OpenAI chat protocol.

They are asked only while drafting, and only ever for drafts. A plug-in is an entry point in the
group `deckgen.translators`: a function that takes the user's setting and returns a `Translate`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from http.client import HTTPException
from importlib import metadata
from typing import Any
from urllib import error, parse, request

from deckgen.mining import Translate
from deckgen.problems import DeckgenError, did_you_mean
from deckgen.sentences import Language

GROUP = "deckgen.translators"
KEY_VARIABLE = "DECKGEN_CHAT_KEY"
"""The environment variable with the chat server's key, where it wants one."""

_SECONDS = 120
_LARGEST_ANSWER = 1 << 22
_NAMES: dict[Language, str] = {"zh": "simplified Chinese", "en": "English"}


def load(spec: str) -> Translate:
    """Return the translator that `NAME:SETTING` asks for; raises DeckgenError."""
    name, _, setting = spec.partition(":")
    if name == "chat":
        return chat(setting)
    plugins = {point.name: point for point in metadata.entry_points(group=GROUP)}
    if name not in plugins:
        known = ["chat", *sorted(plugins)]
        raise DeckgenError(
            f'no translator is called "{name}"{did_you_mean(name, known)} '
            f"(there are: {', '.join(known)})"
        )
    try:
        make: Callable[[str], Translate] = plugins[name].load()
        return make(setting)
    except Exception as problem:  # a plug-in may raise anything
        raise DeckgenError(f'the translator "{name}" can\'t be used: {problem}') from problem


def chat(address: str) -> Translate:
    """Translate by a chat server at `http://HOST/v1?model=NAME`, one text a request."""
    parts = parse.urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DeckgenError(
            f'"{address}" is no address of a chat server: write chat:http://HOST/v1?model=NAME'
        )
    model = dict(parse.parse_qsl(parts.query)).get("model", "default")
    url = parse.urlunsplit(
        (parts.scheme, parts.netloc, parts.path.rstrip("/") + "/chat/completions", "", "")
    )

    def translate(texts: Sequence[str], target: Language) -> list[str | None]:
        return [_asked(url, model, text, target) for text in texts]

    return translate


def _asked(url: str, model: str, text: str, target: Language) -> str | None:
    body = {
        "model": model,
        "temperature": 0,
        "stream": False,
        "messages": [
            {
                "role": "system",
                "content": f"Translate the user's text into {_NAMES[target]}. "
                "Answer with the translation only.",
            },
            {"role": "user", "content": text},
        ],
    }
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get(KEY_VARIABLE):
        headers["Authorization"] = f"Bearer {key}"
    try:
        asked = request.Request(url, json.dumps(body).encode(), headers)
        with request.urlopen(asked, timeout=_SECONDS) as answer:
            told: Any = json.loads(answer.read(_LARGEST_ANSWER))
        said = told["choices"][0]["message"]["content"]
    except (error.URLError, HTTPException, OSError, ValueError, RecursionError) as problem:
        raise DeckgenError(f"the chat server at {url} did not answer: {problem}") from problem
    except (KeyError, IndexError, TypeError) as problem:
        raise DeckgenError(f"the chat server at {url} gave no answer that fits") from problem
    return " ".join(said.split()) or None if isinstance(said, str) else None
