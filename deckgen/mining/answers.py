"""Which sentence answers the question that an interviewer asked just before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from deckgen.lexicon import Lexicon
from deckgen.linting.questions import asks_yes_no, vague_part
from deckgen.mining.talk import Said, Talk
from deckgen.mining.wellformed import length, objection
from deckgen.sentences import Language

Words = Callable[[str], Sequence[str]]

_LONGEST: dict[Language, int] = {"zh": 40, "en": 25}
_LONGEST_QUESTION: dict[Language, int] = {"zh": 35, "en": 21}
_OTHERS = re.compile(
    r"^(?:很多人|有人|有些人|人们|大家|many people|some people|people)", re.IGNORECASE
)
_WANTED = (
    (
        re.compile(r"多[久长]时?间?|几[年天]|\bhow (?:long|old)\b", re.IGNORECASE),
        re.compile(
            r"[\d一二两三四五六七八九十百千万半几](?:\s?个)?\s?(?:年|月|天|日|周|星期|小时|分钟|秒|世纪|[公英]里|米)"
            r"|\b(?:year|month|week|day|hour|minute|second|mile|meter|metre|kilomet)",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"多[少大高远重深快]|几[个次岁]|\bhow (?:many|much|far|big|fast)\b", re.IGNORECASE
        ),
        re.compile(
            r"\d|[一二两三四五六七八九十百千万亿][十百千万亿年个天次岁月分成倍]|\b(?:two|three|four|five|six|ten|"
            r"hundred|thousand|million|half|third)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"为什么|为何|怎么会|\bwhy\b", re.IGNORECASE),
        re.compile(
            r"因为|由于|原因|为了|所以|导致|\b(?:because|since|so that|reason|cause)\b",
            re.IGNORECASE,
        ),
    ),
)
"""What a question wants, and by what an answer may give it."""
_TAKEN_BACK = re.compile(r"过去|以前|曾经|原来|推翻|\bused to\b", re.IGNORECASE)


class Answers:
    """Finds the sentences of a talk that surely answer a question of it."""

    def __init__(self, talk: Talk, lexicon: Lexicon, words_of: Words) -> None:
        self._language = talk.language
        self._lexicon, self._words_of = lexicon, words_of

    def best(self, sentences: Sequence[Said]) -> dict[str, str]:
        """Map the best answer to each question, by its text, to the question."""
        found: dict[str, tuple[float, str]] = {}
        asked: set[str] = set()
        for said in sentences:
            if said.question is None or not said.evidence.speaker:
                continue
            is_first = said.question not in asked
            asked.add(said.question)
            score = self._score(said.text, said.question, 1 if is_first else 2)
            if score > found.get(said.question, (0.0, ""))[0]:
                found[said.question] = (score, said.text)
        return {text: question for question, (_, text) in found.items()}

    def _score(self, answer: str, question: str, least: int) -> float:
        """Rate how sure a sentence answers a question, 0 where it may not.

        `least` is how many telling words the two have to share, where nothing else ties them.
        """
        language = self._language
        if _OTHERS.match(answer) or length(answer, language) > _LONGEST[language]:
            return 0.0
        if objection(question, language, _LONGEST_QUESTION[language]):
            return 0.0
        if vague_part(question, language) or asks_yes_no(question, language):
            return 0.0
        for wants, tells in _WANTED:
            if wants.search(question):
                if tells.search(answer) is None:
                    return 0.0
                least = 1
                break
        shared = len(self._telling(question) & self._telling(answer))
        taken_back = _TAKEN_BACK.search(answer) is not None
        return shared - 0.5 * taken_back if shared >= least else 0.0

    def _telling(self, text: str) -> set[str]:
        words = set(self._words_of(text))
        if self._language == "en":
            return {word.removesuffix("s") for word in words if len(word) > 3}
        return {w for w in words if len(w) > 1 and (self._lexicon.rank(w) or 9) > 2}
