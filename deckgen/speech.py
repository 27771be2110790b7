"""What cards say aloud: a text with the pinyin it is read by, numbers written out.

>>> number = Spelled("3", 1, None)
>>> words = [Spelled("第", 0, ("dì",)), number, Spelled("天", 2, ("tiān",))]
>>> list(_with_numbers("第3天", words))[1]
Spelled(text='三', start=1, readings=('sān',))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from deckgen import numerals, typography
from deckgen.annotation import AnnotatedText
from deckgen.sandhi import sandhi
from deckgen.typography import Spelled

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text to be spoken; `pinyin` is its numbered pinyin with the tones as spoken.

    `pinyin` is None for English. Latin names stand in it as they are, as in `Mai3 yi4 tai2 G1.`
    """

    text: str
    language: Language
    pinyin: str | None = None


def chinese(text: AnnotatedText) -> Utterance:
    """Return what is said for a Chinese text."""
    words = sandhi(_with_numbers(text.text, text.spelled))
    return Utterance(text.text, "zh", typography.line(words, typography.numbered))


def english(text: str) -> Utterance:
    """Return what is said for an English text."""
    return Utterance(text, "en")


def _with_numbers(text: str, words: Iterable[Spelled]) -> Iterator[Spelled]:
    """Put in place of a number written in digits the word that it is read as."""
    numbers = list(numerals.numbers(text))
    for word in words:
        end = word.start + len(word.text)
        while numbers and numbers[0].end <= word.start:
            numbers.pop(0)
        if not numbers or numbers[0].start >= end or word.readings is not None:
            yield word
            continue
        here = [n for n in numbers if n.start < end]
        done = word.start
        for number in here:
            if number.start > done:
                yield Spelled(text[done : number.start], done, None)
            if number.start >= word.start:
                yield Spelled(number.han, number.start, number.readings)
            done = number.end
        if done < end:
            yield Spelled(text[done:end], done, None)
