"""What fits the window. Pure: knows no tokenizer, no model, no store; it is handed a way to count."""

from collections.abc import Callable, Sequence

from workbench.nouns import Hit, LeftOut, Passage, Reason

LISTED = 20  # places of a full pass that are named where they found no room
Measure = Callable[[Sequence[Passage]], int]


def pack(
    hits: Sequence[Hit], room: int, measure: Measure, excerpts: Callable[[Hit], Sequence[Sequence[str]]], most: int = 100
) -> tuple[tuple[Passage, ...], tuple[LeftOut, ...]]:
    """The passages that fit `room` tokens, best first and no more than `most`, and the hits left out with the reason.

    `measure` counts what a list of passages adds to the prompt. Passages go in whole. Where not even
    the best hit does, its best whole sentences do: `excerpts` gives ever longer selections of them.
    No hit is left out for want of room that would still have fitted beside what was kept.
    """
    kept: list[Passage] = []
    if hits and measure([Passage(hits[0], hits[0].chunk.text)]) > room:
        excerpt = longest_excerpt(hits[0], room, measure, excerpts(hits[0]))
        kept = [excerpt] if excerpt else []
    waiting = [hit for hit in hits if not any(passage.hit is hit for passage in kept)]
    progress = True
    while progress:  # a tokenizer may count two passages together lower than expected: look again
        progress = False
        for hit in list(waiting):
            if len(kept) < most and measure([*kept, Passage(hit, hit.chunk.text)]) <= room:
                kept.append(Passage(hit, hit.chunk.text))
                waiting.remove(hit)
                progress = True
    reason: Reason = "budget" if len(kept) < most else "enough"
    left_out = [LeftOut(hit, reason, measure([Passage(hit, hit.chunk.text)])) for hit in waiting]
    left_out += [
        LeftOut(passage.hit, "excerpt", measure([Passage(passage.hit, passage.hit.chunk.text)]) - measure([passage]))
        for passage in kept if passage.excerpt
    ]
    rank = {id(hit): place for place, hit in enumerate(hits)}
    return (
        tuple(sorted(kept, key=lambda passage: rank[id(passage.hit)])),
        tuple(sorted(left_out, key=lambda left: rank[id(left.hit)])),
    )


def pack_places(
    passages: Sequence[Passage], room: int, measure: Measure
) -> tuple[tuple[Passage, ...], tuple[LeftOut, ...]]:
    """As many of the passages, from the first, as fit `room` tokens, and the hits of the rest. There may be thousands,
    so their number is found by halving."""
    least, most = 0, len(passages)
    while least < most:
        middle = (least + most + 1) // 2
        if measure(passages[:middle]) <= room:
            least = middle
        else:
            most = middle - 1
    return tuple(passages[:least]), tuple(
        LeftOut(passage.hit, "budget", measure([passage])) for passage in passages[least : least + LISTED])


def longest_excerpt(
    hit: Hit, room: int, measure: Measure, selections: Sequence[Sequence[str]]
) -> Passage | None:
    """The longest selection of sentences that fits, None where not even one sentence does."""
    best = None
    for sentences in selections:
        passage = Passage(hit, " ".join(sentences), excerpt=True)
        if measure([passage]) <= room:
            best = passage
    return best


def neutralize(text: str, control_tokens: Sequence[str]) -> str:
    """The text with every control token written in it broken by a space: `<|im_end|>` in a document must
    reach the model as letters, not as the end of a turn."""
    found = True
    while found:  # breaking one may leave another standing
        found = False
        for token in control_tokens:
            if len(token) > 1 and token in text:
                text = text.replace(token, f"{token[0]} {token[1:]}")
                found = True
    return text
