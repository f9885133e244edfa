"""What the user changes about themes: merge, rename, split. Pure: every change gives another sorting, and the figures follow.

No opinion is lost or gained by any of them: those of merged themes are in the merged one, those of a split theme in its parts.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from workbench.errors import BadRequest
from workbench.feedback import labels, linkage, themes
from workbench.feedback.terms import terms
from workbench.nouns.feedback import OTHER, Feedback, Sorting, Theme

LONGEST_NAME = 80  # characters
MOST_PARTS = 6  # that a theme is split into where nobody says how many


def theme(sorting: Sorting, identity: int) -> Theme:
    """A theme by its number. Raises BadRequest."""
    found = next((each for each in sorting.themes if each.id == identity), None)
    if found is None:
        raise BadRequest("feedback_theme_unknown")
    return found


def rename(sorting: Sorting, identity: int, name: str) -> Sorting:
    """A theme under a name of the user's. Raises BadRequest for an empty name."""
    label = " ".join(name.split())[:LONGEST_NAME]
    if not label:
        raise BadRequest("feedback_name_empty")
    named = replace(theme(sorting, identity), label=label, by="user")
    return replace(sorting, themes=tuple(named if each.id == identity else each for each in sorting.themes))


def merge(feedback: Feedback, sorting: Sorting, identities: Sequence[int]) -> Sorting:
    """Several themes of one language as one, in the place of the first. It keeps a name that the user gave, else it gets the
    terms that tell it from what is left. Raises BadRequest."""
    chosen = [theme(sorting, each) for each in dict.fromkeys(identities)]
    if len(chosen) < 2 or len({each.language for each in chosen}) > 1:
        raise BadRequest("feedback_merge_few")
    first = chosen[0].id
    gone = {each.id for each in chosen[1:]}
    named = next((each for each in chosen if each.by == "user"), None)
    kept = replace(chosen[0], label=named.label if named else "", by="user" if named else "terms", stable=None)
    merged = Sorting(
        tuple(kept if each.id == first else each for each in sorting.themes if each.id not in gone),
        tuple(first if each in gone else each for each in sorting.of))
    return described(feedback, merged, [first])


def split(feedback: Feedback, sorting: Sorting, identity: int, vectors: np.ndarray, number: int | None = None) -> Sorting:
    """A theme in `number` parts, else in as many as suit it; `vectors` are those of all opinions. The largest keeps its
    number. Raises BadRequest where there are too few different opinions."""
    whole = theme(sorting, identity)
    places = [place for place, each in enumerate(sorting.of) if each == identity]
    vectors_of = next(each.vectors for each in feedback.found if each.language == whole.language)
    parts = themes.parted(vectors[places].astype(np.float32), linkage(vectors_of), number, MOST_PARTS)
    if len(set(parts)) < 2:
        raise BadRequest("feedback_split_small", label=whole.label)
    first_new = max((each.id for each in sorting.themes), default=OTHER) + 1
    order = sorted(set(parts), key=lambda each: -parts.count(each))
    ids = {part: identity if rank == 0 else first_new + rank - 1 for rank, part in enumerate(order)}
    of = list(sorting.of)
    for place, part in zip(places, parts, strict=True):
        of[place] = ids[part]
    made = [Theme(ids[part], whole.language, "", ()) for part in order]
    position = sorting.themes.index(whole)
    every = (*sorting.themes[:position], *made, *sorting.themes[position + 1 :])
    return described(feedback, Sorting(every, tuple(of)), list(ids.values()))


def described(feedback: Feedback, sorting: Sorting, identities: Sequence[int]) -> Sorting:
    """The sorting with the terms of some themes found anew, and their names where the user gave none."""
    language = theme(sorting, identities[0]).language
    mine = {each.id for each in sorting.themes if each.language == language}
    places = [place for place, each in enumerate(sorting.of) if each in mine]
    texts = [feedback.rows[unit.row].text[unit.start : unit.end] for unit in (feedback.units[place] for place in places)]
    told = labels.labels(terms(texts, language), [sorting.of[place] for place in places])

    def anew(each: Theme) -> Theme:
        if each.id not in identities:
            return each
        words = told.get(each.id, ())
        nearest = max((place for place in places if sorting.of[place] == each.id), key=lambda place: feedback.units[place].fit)
        unit = feedback.units[nearest]
        quote = feedback.rows[unit.row].text[unit.start : unit.end]
        return replace(each, terms=words, label=each.label or labels.label(words, quote))

    return replace(sorting, themes=tuple(map(anew, sorting.themes)))
