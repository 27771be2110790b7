"""Does every term have a sentence that uses it, and few enough meanings?"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.content import Pair, Term
from deckgen.hanzi import folded
from deckgen.linting.leaks import glosses
from deckgen.linting.model import Deck, Finding, Limits, Text, about, quoted
from deckgen.linting.words import bare_base, simplified, words


def example(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L25: a term without a sentence, or a sentence without the term that it is to show."""
    terms = {item.id: item for item in deck.items if isinstance(item, Term)}
    used: set[str] = set()
    for item in deck.items:
        if isinstance(item, Pair):
            used |= set(item.terms)
            for name in item.terms:
                if name in terms and not _uses(item, terms[name]):
                    said = f"names the term {name} but does not use {quoted(terms[name].hanzi)}"
                    yield Finding(item, f"{said}; use it, or take it off the list", ("terms",))
    for name, term in terms.items():
        if name not in used and term.status == "ready":
            said = f"no pair has {name} among its terms; write a sentence with {quoted(term.hanzi)}"
            yield Finding(term, said, ("hanzi",))


def _uses(pair: Pair, term: Term) -> bool:
    chinese = folded(simplified(pair.zh))
    english = " ".join(bare_base(word) for word in words(pair.en))
    if any(folded(simplified(name)) in chinese for name in (term.hanzi, *term.aliases)):
        return True
    names = [*glosses(term.english), *term.aliases]
    phrases = [" ".join(bare_base(word) for word in words(name)) for name in names]
    return any(phrase and f" {phrase} " in f" {english} " for phrase in phrases)


def many_glosses(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L28: more meanings on one back than one can recall."""
    for item in deck.items:
        if isinstance(item, Term) and (count := len(glosses(item.english))) > limits["glosses"]:
            said = f"{count} meanings, at most {limits['glosses']:g}: {quoted(item.english)}"
            text = Text(item, "english", "en", item.english)
            yield about(text, f"{said}; keep those of this interview")
