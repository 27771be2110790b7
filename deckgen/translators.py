"""Translators that a user attaches: plug-ins, and any server that speaks the OpenAI chat protocol.

They are asked only while drafting, and only ever for drafts. A plug-in is an entry point in the
group `deckgen.translators`: a function that takes the user's setting and returns a `Translate`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from http.client import HTTPException, HTTPResponse
from importlib import metadata
from typing import Any
from urllib import error, parse, request

from deckgen.mining import Translate
from deckgen.problems import DeckgenError, did_you_mean
from deckgen.sentences import Language

GROUP = "deckgen.translators"
KEY_VARIABLE = "DECKGEN_CHAT_KEY"
"""The environment variable with the chat server's key, where it wants one."""

SECONDS = 120.0
"""How long a whole answer may take, where the address names no `seconds`."""

_LARGEST_ANSWER = 1 << 22
_PIECE = 1 << 16
_LONGEST = 86_400.0
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
    """Translate by a chat server at `http://HOST/v1?model=NAME&seconds=120`, one text a request.

    A server that has not answered in full after `seconds` stops the drafting with a DeckgenError.
    """
    parts = parse.urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DeckgenError(
            f'"{address}" is no address of a chat server: write chat:http://HOST/v1?model=NAME'
        )
    settings = dict(parse.parse_qsl(parts.query))
    model, seconds = settings.get("model", "default"), _seconds(settings.get("seconds"))
    url = parse.urlunsplit(
        (parts.scheme, parts.netloc, parts.path.rstrip("/") + "/chat/completions", "", "")
    )

    def translate(texts: Sequence[str], target: Language) -> list[str | None]:
        return [_asked(url, model, text, target, seconds) for text in texts]

    return translate


def _seconds(written: str | None) -> float:
    if written is None:
        return SECONDS
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST:
        raise DeckgenError(
            f'"seconds={written}" is no time to wait for a chat server: write a number from 1 to '
            f"{_LONGEST:g}"
        )
    return seconds


def _asked(url: str, model: str, text: str, target: Language, seconds: float) -> str | None:
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
        told: Any = json.loads(_answered(asked, seconds))
        said = told["choices"][0]["message"]["content"]
    except TimeoutError as problem:
        raise DeckgenError(
            f"the chat server at {url} did not answer within {seconds:g} seconds: nothing was "
            "written; try again when it runs, or allow more with &seconds= in its address"
        ) from problem
    except (error.URLError, HTTPException, OSError, ValueError, RecursionError) as problem:
        raise DeckgenError(f"the chat server at {url} did not answer: {problem}") from problem
    except (KeyError, IndexError, TypeError) as problem:
        raise DeckgenError(f"the chat server at {url} gave no answer that fits") from problem
    return " ".join(said.split()) or None if isinstance(said, str) else None


def _answered(asked: request.Request, seconds: float) -> bytes:
    """Return the body of an answer; raises TimeoutError where it is not whole in time."""
    ends = time.monotonic() + seconds
    told = bytearray()
    try:
        answer: HTTPResponse = request.urlopen(asked, timeout=seconds)
    except error.URLError as problem:
        raise problem.reason if isinstance(problem.reason, TimeoutError) else problem from problem
    with answer:
        while piece := answer.read1(_PIECE):
            told += piece
            if time.monotonic() > ends:
                raise TimeoutError
            if len(told) > _LARGEST_ANSWER:
                raise ValueError("its answer is too long")
    return bytes(told)
