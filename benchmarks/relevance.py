"""How often a question is said to lie beside the documents, by what it is: with a gold passage (should be never),
plausible but unanswered, and general knowledge (should be always). On the sample corpora, by language."""

from pathlib import Path
from tempfile import TemporaryDirectory

from workbench import corpora
from workbench.ask import low_relevance
from workbench.bench import Bench, Settings
from workbench.ingest import samples
from workbench.nouns import TOP_K
from workbench.search import search


def main(data: Path | None = None, limit: int | None = None) -> None:
    print("| corpus | answered by a passage | plausible, unanswered | general knowledge |\n|---|---|---|---|")
    with TemporaryDirectory() as folder:
        bench = Bench(Settings(Path(folder)), writing=True)
        for _ in samples(bench):
            pass
        for name in corpora.samples():
            flagged: dict[str, list[bool]] = {"gold": [], "unanswerable": [], "general": []}
            for question in corpora.questions(name):
                kind = "gold" if question.evidence else "general" if "general" in question.tags else "unanswerable"
                flagged[kind].append(low_relevance(search(bench, question.text, name, TOP_K), question.text))
            cells = " | ".join(f"{sum(some)} of {len(some)} flagged" for some in flagged.values())
            print(f"| {name} | {cells} |", flush=True)
        bench.close()
