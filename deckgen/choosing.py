"""Which items a recipe takes, in the order in which they are learnt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from deckgen import selection
from deckgen.annotation import Annotated
from deckgen.content import Term
from deckgen.filtering import FilterError
from deckgen.ordering import Order, order
from deckgen.problems import Problem, Read, in_order
from deckgen.recipe import Recipe


def choose(
    items: Sequence[Annotated], one: Recipe, known: Collection[str], filter: str | None = None
) -> Read[Order]:
    """Choose and order the items of a recipe, narrowed by a further filter.

    `known` are the words that the learner knows. Raises FilterError where `filter` can't be
    understood; a recipe's own filter that can't is a problem.
    """
    wanted = [item for item in items if is_asked_for(item, one)]
    problems: list[Problem] = []
    try:
        wanted = _filtered(wanted, one.filter, known)
    except FilterError as error:
        problems.append(Problem(one.location, "error", "filter", str(error)))
    wanted = _filtered(wanted, filter, known)
    then = one.known.then if one.known else "drop"
    old = [item for item in wanted if isinstance(item.item, Term) and item.item.hanzi in known]
    fresh = [item for item in wanted if item not in old] if old else wanted
    ordered = order(fresh, one.order, known)
    if then == "last" and old:
        last = order(old, one.order, known)
        ordered = replace(
            ordered, items=ordered.items + last.items, unknown=ordered.unknown + last.unknown
        )
    for cycle in ordered.cycles:
        message = f"the definitions of {', '.join(cycle)} use each other; one has to come first"
        problems.append(Problem(one.location, "info", "cycle", message))
    limited = replace(
        ordered, items=ordered.items[: one.limit], unknown=ordered.unknown[: one.limit]
    )
    return Read(limited, in_order(problems))


def is_asked_for(item: Annotated, one: Recipe) -> bool:
    """Say whether an item is of a kind and status that the recipe takes."""
    status = item.item.status
    return item.item.kind in one.kinds and (status == "ready" or (one.drafts and status == "draft"))


def _filtered(items: list[Annotated], text: str | None, known: Collection[str]) -> list[Annotated]:
    """Keep the items for which a filter holds, all where there is none; raises FilterError."""
    if text is None:
        return items
    wanted = selection.parse(text)
    return [item for item in items if wanted.holds(selection.subject(item, known))]
