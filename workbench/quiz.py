"""The same questions to a model in one fixed way, with what retrieval finds for each: what quantizations and chat formats are
compared by. A question comes to every model with the same passages in the same groups."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from workbench import questions, scoring
from workbench.bench import Bench
from workbench.models.worker import Completion, Worker
from workbench.nouns import Answer, Question, Recipe
from workbench.prepare import prepare
from workbench.retrieval.corpus_index import Found
from workbench.search import search

KINDS = ("short", "number", "yesno")  # of questions that a few words answer
PASSAGES, WINDOW, REPLY = 2, 1024, 32


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was found for it."""

    question: Question
    found: Found

    @property
    def cluster(self) -> Hashable:
        """What it is not independent of: questions on the same document."""
        return self.question.evidence[0].document if self.question.evidence else self.question.id


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply and whether it is right."""

    asked: Asked
    completion: Completion
    right: bool

    @property
    def said(self) -> str:
        """The answer as answers are compared."""
        return scoring.normal(scoring.first_answer(self.completion.text))


def chosen(bench: Bench, corpus: str, limit: int) -> list[Asked]:
    """At most so many of a corpus' questions that a few words answer, from all over them, with what is found for each.
    Raises NoSuchCorpus."""
    bench.corpus(corpus)
    some = [each for each in questions.questions(bench, corpus) if each.answers and each.kind in KINDS and not each.after]
    step = max(1, len(some) / limit) if limit else 1
    picked = [some[int(place * step)] for place in range(min(limit, len(some)))]
    return [Asked(each, search(bench, each.text, corpus, PASSAGES)) for each in picked]


def recipe(corpus: str, worker: Worker, **more) -> Recipe:
    """How they are asked."""
    return Recipe("rag", corpus, top_k=PASSAGES, window=min(WINDOW, worker.card.context_length), reply=REPLY, order="best-last", **more)


def replies(bench: Bench, worker: Worker, recipe: Recipe, asked: Sequence[Asked]) -> Iterator[Reply]:
    """The replies as they come. Raises ModelError, WindowTooSmall."""
    prompts = []
    for each in asked:
        answer = Answer(each.question.text, recipe, standalone=each.question.text, hits=each.found.hits, best=None)
        prompts.append(prepare(answer, worker, each.found.index, bench).prompt)
    for place, completion in worker.complete(prompts, window=recipe.window, limit=recipe.reply):
        yield Reply(asked[place], completion, scoring.right(completion.text, asked[place].question))

