"""From English words back to Chinese ones: CC-CEDICT turned round, for glosses only.

The commonest Chinese word that has an English one among its first meanings stands for it. Words
of grammar, for which a dictionary of meanings is no help, have a table of their own.
"""

from __future__ import annotations

import marshal
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from deckgen import cache, cedict
from deckgen.alignment.dictionary import STOP_WORDS
from deckgen.hanzi import count_han
from deckgen.lexicon import Lexicon
from deckgen.vocabulary import Vocabulary

LONGEST_PHRASE = 3

_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_RARE = re.compile(
    r"\((?:old|archaic|literary|classical|dialect|Tw|coll|slang|Internet slang|vulgar|loanword|"
    r"bound form|Cantonese|fig|TCM|Buddhism|honorific|euphemism|neologism|jocular)|"
    r"\b(?:variant|abbr|surname|slang|humorous|pun|see|also written|used in|given name|name)\b"
)
_SENSES = 4
_ALIKE = 3
_LISTED = 1.5
_SINGLE = 8
_LATER_SENSE = 4
_LATER_MEANING = 1.2
_AMBIGUOUS = 0.6
_GRAMMAR = dict(
    pair.split("=")
    for pair in (
        "i=我 me=我 my=我的 mine=我的 we=我们 us=我们 our=我们的 you=你 your=你的 he=他 "
        "him=他 his=他的 she=她 her=她 they=他们 them=他们 their=他们的 this=这 that=那 "
        "these=这些 those=那些 not=不 can=能 could=能 will=会 would=会 should=应该 must=必须 "
        "may=可能 might=可能 cannot=不能 but=但是 because=因为 when=当 what=什么 how=怎么 "
        "why=为什么 who=谁 where=哪里 which=哪个 while=同时 until=直到 although=虽然 "
        "though=虽然 unless=除非 whether=是否 some=一些 any=任何 many=很多 much=很多 "
        "more=更多 most=最 less=更少 few=几个 all=所有 every=每 each=每 both=两者 other=其他 "
        "another=另一个 such=这样的 same=同样 own=自己的 very=很 really=真的 quite=相当 "
        "about=关于 after=之后 before=之前 between=之间 through=通过 during=期间 "
        "without=没有 into=进 over=超过 under=下面 up=上 down=下 out=出 off=掉 back=回 "
        "again=再 also=也 too=也 here=这里 there=那里 now=现在 just=只是 only=只 even=甚至 "
        "still=仍然 already=已经 always=总是 never=从不 often=经常 sometimes=有时 maybe=也许 "
        "perhaps=也许 actually=其实 probably=大概 something=某事 anything=任何事 "
        "nothing=没有什么 everything=一切 everyone=每个人 someone=某人 like=像 one=一 let=让 "
        "no=没有 yes=是 get=得到 gets=得到 got=得到 going=要 want=想要 thing=东西 lot=很多 "
        "well=好 good=好 new=新 first=第一 per=每 against=反对 number=数字 "
    ).split()
)
GRAMMAR = STOP_WORDS | _GRAMMAR.keys()
"""English words that by themselves are no term."""

_IRREGULAR = {
    form: row.split()[0]
    for row in (
        "be is are was were been being am|have has had having|do does did done doing|"
        "go went gone|say said|make made|take took taken|come came|see saw seen|"
        "know knew known|get got gotten|give gave given|find found|think thought|tell told|"
        "become became|show shown|leave left|feel felt|put putting|bring brought|"
        "begin began begun|use used using uses|add added|ask asked|keep kept|hold held|"
        "write wrote written|stand stood|hear heard|mean meant|set setting|meet met|"
        "run ran running|pay paid|sit sat|speak spoke spoken|lie lay lain|lead led|"
        "read reading|grow grew grown|lose lost|fall fell fallen|send sent|build built|"
        "understand understood|draw drew drawn|break broke broken|spend spent|cut cutting|"
        "rise rose risen|drive drove driven|buy bought|wear wore worn|choose chose chosen|"
        "teach taught|learn learned learnt|sell sold|catch caught|fight fought|win won|"
        "forget forgot forgotten|sleep slept|eat ate eaten|fly flew flown|sing sang sung|"
        "swim swam swum|child children|man men|woman women|person people|foot feet|tooth teeth|"
        "mouse mice|good better best|bad worse worst|life lives|wife wives|knife knives|"
        "half halves|leaf leaves|self selves|data datum"
    ).split("|")
    for form in row.split()[1:]
}
_ENDINGS = (
    *(("ies", "y"), ("ied", "y"), ("sses", "ss"), ("shes", "sh")),
    *(("ches", "ch"), ("xes", "x"), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e")),
)
_COMPARED = (("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ly", ""), ("ier", "y"))
_DOUBLED = re.compile(r"([bdgklmnprt])\1(?:ing|ed|er|est)$")
_NO_NOUN = ("ly", "ing", "ed", "able", "ible", "ful", "ous", "ive", "ial", "less", "ish", "some")
_VOWEL = re.compile("[aeiouy]")
_TO = "to "


class Reverse:
    """Looks up the Chinese word for an English one."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        version = f"5 {cedict.version()} {lexicon.standard} marshal {marshal.version}"
        self._best: dict[str, tuple[float, str]]
        self._first: dict[str, list[str]]
        self._counts: dict[str, int]
        self._uses: dict[str, tuple[int, int]]
        self._best, self._first, self._counts, self._uses, self.total = marshal.loads(
            cache.compiled("reverse", version, lambda: _compile(lexicon, vocabulary))
        )

    def __call__(self, phrase: Sequence[str]) -> str | None:
        """Return the commonest Chinese word for a phrase of up to three words, if there is one."""
        spelled = " ".join(phrase).lower()
        if len(phrase) == 1 and spelled in _GRAMMAR:
            return _GRAMMAR[spelled]
        found = [self._best[form] for form in self._forms(spelled) if form in self._best]
        if not found:
            compared = [base for base in _uninflected(spelled, _COMPARED) if base in self._best]
            found = [self._best[base] for base in compared]
        return max(found)[1] if found else None

    def sure(self, phrase: Sequence[str]) -> str | None:
        """Return the Chinese word whose first meaning is a phrase, where others are near alike.

        An English word with several meanings has Chinese words without a common character.
        """
        spelled = " ".join(phrase).lower()
        forms = (spelled, *stems(spelled))
        words = next((self._first[form] for form in forms if form in self._first), [])
        usual = self(phrase)
        if not words or not usual:
            return None
        return words[0] if set(words[0]).intersection(*words[:_ALIKE], usual) else None

    def is_noun(self, word: str) -> bool:
        """Say whether definitions end in a word more often than they begin with it as a verb.

        Where they do neither, the ending decides.
        """
        lower = word.lower()
        forms = (lower, *stems(lower))
        nouns = sum(self._uses.get(form, (0, 0))[0] for form in forms)
        verbs = sum(self._uses.get(form, (0, 0))[1] for form in forms)
        if nouns or verbs:
            return nouns > verbs
        return not lower.endswith(_NO_NOUN)

    def mentions(self, word: str) -> int:
        """Count a word in all the definitions of the dictionary."""
        return self._counts.get(word.lower(), 0)

    def _forms(self, spelled: str) -> Iterator[str]:
        """Yield a phrase as it is, as a verb, and what its last or first word is a form of."""
        first, _, rest = spelled.partition(" ")
        for form in dict.fromkeys((spelled, *stems(spelled))):
            yield form
            yield _TO + form
        if rest:
            for stem in stems(first):
                yield f"{stem} {rest}"
                yield f"{_TO}{stem} {rest}"


def _compile(lexicon: Lexicon, vocabulary: Vocabulary) -> bytes:
    best: dict[str, tuple[float, str]] = {}
    first: dict[str, list[tuple[float, str]]] = {}
    counts: Counter[str] = Counter()
    uses: dict[str, list[int]] = {}
    for entry in cedict.parse():
        counts.update(_WORD.findall(" ".join(entry.senses).lower()))
        for word, is_verb in _used(entry.senses):
            uses.setdefault(word, [0, 0])[is_verb] += 1
        word = entry.simplified
        if count_han(word) != len(word) or entry.pinyin[:1].isupper():
            continue
        vocabulary.need(word[:1])
        level = lexicon.levels.get(word, 8)
        common = math.log2(1 + vocabulary.frequencies.get(word, 0)) + _LISTED * (8 - level)
        if len(word) == 1:
            common -= _SINGLE if level > 2 else _SINGLE / 2
        keys = list(_keys(entry.senses))
        if keys and len(word) > 1:
            key, cost = keys[0]
            first.setdefault(key, []).append((cost - common, word))
        for key, cost in keys:
            if common - cost > best.get(key, (0.0, ""))[0]:
                best[key] = (common - cost, word)
    ranked = {key: [word for _, word in sorted(found)] for key, found in first.items()}
    used = {word: tuple(both) for word, both in uses.items()}
    return marshal.dumps((best, ranked, dict(counts), used, counts.total()))


def _used(senses: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the word that each meaning ends in, with 0, or begins with as a verb, with 1."""
    for sense in senses:
        for part in _ASIDE.sub("", sense).lower().split(";"):
            words = _WORD.findall(part)
            if len(words) > 1 and words[0] == "to":
                yield words[1], 1
            elif len(words) > 1:
                yield words[-1], 0


def stems(word: str) -> Iterator[str]:
    """Yield what an English word may be an inflected form of.

    >>> list(stems("went")), "study" in stems("studies"), "run" in stems("running")
    (['go'], True, True)
    """
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
        return
    yield from _uninflected(word, _ENDINGS)


def _uninflected(word: str, endings: Sequence[tuple[str, str]]) -> Iterator[str]:
    if _DOUBLED.search(word):
        yield _DOUBLED.sub(r"\1", word)
    for ending, stem in endings:
        base = word.removesuffix(ending) + stem
        if not word.endswith(ending) or word.endswith("ss"):
            continue
        if len(base) > 2 and _VOWEL.search(base):
            yield base


def _keys(senses: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield the meanings of a word, each with what its place among them costs."""
    usual = [_ASIDE.sub("", s).split(";") for s in senses if not _RARE.search(s)]
    meanings = min(12, sum(map(len, usual)))
    for rank, parts in enumerate(usual[:_SENSES]):
        for place, part in enumerate(parts):
            key = " ".join(part.lower().split())
            for article in ("a ", "an ", "the "):
                key = key.removeprefix(article)
            words = key.removeprefix(_TO).count(" ") + 1
            if key and words <= LONGEST_PHRASE:
                yield key, _LATER_SENSE * rank + _LATER_MEANING * place + _AMBIGUOUS * meanings
