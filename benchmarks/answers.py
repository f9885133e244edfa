"""Answers of the bundled model against the usual tutorial pipeline, same files, same questions, same run.

The tutorial pipeline (LangChain's “Build a RAG App”): chunks of 1,000 characters with 200 overlap, MiniLM
vectors in Chroma, the four nearest chunks and the tutorial's prompt through the chat template, on the
file as installed.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import sets
from benchmarks.tables import run
from workbench.ask import ask
from workbench.bench import Bench, Settings
from workbench.errors import WindowTooSmall
from workbench.models import catalogue
from workbench.nouns import TOP_K, Recipe
from workbench.scoring import exact, f1, holds

TUTORIAL = (
    "You are an assistant for question-answering tasks. Use the following pieces of retrieved context to answer the "
    "question. If you don't know the answer, just say that you don't know. Use three sentences maximum and keep the "
    "answer concise.\nQuestion: {question}\nContext: {context}\nAnswer:"
)


def main(data: Path | None, limit: int | None, top_k: int = TOP_K, lanes: str = "closed,rag,extract,tutorial") -> None:
    with TemporaryDirectory() as folder:
        bench = Bench(Settings(Path(folder) / "home"), writing=True)
        for name in sets.names(data):
            asked = sets.load(bench, name, data, Path(folder))[: limit or 300]
            print(f"\n{name}, {len(asked)} questions, {top_k} passages\n")
            run.table("lane", "exact", "F1", "contains", "median words", "median seconds", "prompts over the window")
            for lane in lanes.split(","):
                if lane == "tutorial":
                    report(lane, asked, tutorial(bench, name))
                else:
                    report(lane, asked, own(bench, name, lane, top_k))
        bench.close()


def own(bench: Bench, name: str, lane: str, top_k: int) -> Callable[[str], tuple[str, int]]:
    """A lane of the workbench as a function of the question."""
    recipe = Recipe(lane=lane, corpus=name, top_k=top_k)

    def reply(question: str) -> tuple[str, int]:
        try:
            (answer,) = ask(bench, question, [recipe])
        except WindowTooSmall:  # refused rather than sent
            return "", 0
        sent = answer.timing.prompt_tokens + recipe.reply if answer.timing else 0
        return answer.text, int(sent > recipe.window)

    return reply


def tutorial(bench: Bench, name: str, tokens: int = 128) -> Callable[[str], tuple[str, int]]:
    """The tutorial pipeline as a function of the question."""
    import chromadb
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from llama_cpp import Llama

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = [chunk for document in bench.store.documents(name) for chunk in splitter.split_text(document.text)]
    client = chromadb.EphemeralClient()
    collection = client.create_collection(f"tutorial-{name}", embedding_function=None)
    for first in range(0, len(chunks), 1000):
        some = chunks[first : first + 1000]
        collection.add(ids=[str(first + n) for n in range(len(some))], documents=some, embeddings=bench.embedder.embed(some))
    model = Llama(str(catalogue.installed()), n_ctx=2048, verbose=False)

    def reply(question: str) -> tuple[str, int]:
        found = collection.query(query_embeddings=bench.embedder.embed([question]), n_results=4)
        prompt = TUTORIAL.format(question=question, context="\n\n".join(found["documents"][0]))
        try:
            answer = model.create_chat_completion([{"role": "user", "content": prompt}], temperature=0, max_tokens=tokens)
        except ValueError:  # it does not look whether the prompt fits
            return "", 1
        return answer["choices"][0]["message"]["content"], 0

    return reply


def report(lane: str, asked: list[sets.Asked], reply: Callable[[str], tuple[str, int]]) -> None:
    """Ask everything and print a row."""
    replies, seconds, over = [], [], 0
    for each in asked:
        start = time.perf_counter()
        text, too_long = reply(each.text)
        seconds.append(time.perf_counter() - start)
        replies.append(text)
        over += too_long
    pairs = list(zip(replies, asked, strict=True))
    run.row(
        lane, f"{statistics.mean(exact(text, each.answers) for text, each in pairs):.3f}",
        f"{statistics.mean(f1(text, each.answers) for text, each in pairs):.3f}",
        f"{statistics.mean(any(holds(text, answer) for answer in each.answers) for text, each in pairs):.3f}",
        f"{statistics.median(len(text.split()) for text in replies):.0f}", f"{statistics.median(seconds):.2f}", over)
