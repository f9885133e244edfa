"""A run laid out: what was answered, and what each answer is worth, by column and question. Pure."""

from collections.abc import Hashable, Iterable
from functools import cached_property

from workbench.measure import scoring
from workbench.measure.lanes import CONTROLS
from workbench.nouns import Lang
from workbench.nouns.measure import Outcome, Scores
from workbench.nouns.runs import Run


class Sheet:
    """A run with its scores: outcomes by column and question."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.setup = run.setup
        self.questions = {each.id: each for each in run.setup.questions}
        self.outcomes: list[dict[str, Outcome]] = [{} for _ in run.setup.columns]
        for each in run.outcomes:
            self.outcomes[each.recipe][each.question] = each
        self.scores: list[dict[str, Scores]] = [
            {name: scoring.scores(each, self.questions[name], self.setup.columns[number].recipe.lane) for name, each in some.items()}
            for number, some in enumerate(self.outcomes)]

    def column(self, name: str, model: str = "", window: int = 0) -> int | None:
        """The number of a column: of a model, and of a window where that makes a difference."""
        for number, each in enumerate(self.setup.columns):
            same = each.recipe.window == window or each.recipe.lane in ("closed", "extract", "shuffled")
            if each.name == name and (each.recipe.model == model or name in ("extract", "closed_large")) and same:
                return number
        return None

    def ids(self, lang: Lang) -> list[str]:
        """The questions of a language, in their order."""
        return [each.id for each in self.setup.questions if each.lang == lang]

    def right(self, number: int | None) -> dict[str, bool]:
        """Whether each question with a known answer is answered right in a column; those without a score left out."""
        if number is None:
            return {}
        return {
            name: each.right for name, each in self.scores[number].items()
            if each.right is not None and self.questions[name].answers}

    def clusters(self, ids: Iterable[str]) -> list[Hashable]:
        """The documents of questions; a question without one stands for itself."""
        return [(self.questions[each].gold_documents or (f"question {each}",))[0] for each in ids]

    @cached_property
    def places(self) -> dict[tuple[str, int], None]:
        """Every model with every window it was measured with; no model with the one window where none was."""
        found: dict[tuple[str, int], None] = {}
        for each in self.setup.columns:
            if each.recipe.model and each.name not in ("closed", "closed_large", *CONTROLS):
                found[each.recipe.model, each.recipe.window] = None
        alone = {each.recipe.model: each.recipe.window for each in self.setup.columns if each.name == "closed"}
        for model, window in alone.items():
            if not any(model == other for other, _ in found):
                found[model, window] = None
        return found or {("", self.setup.columns[0].recipe.window): None}
