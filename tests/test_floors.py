"""Imports point down, and every outside library has one door."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = [
    {"nouns"},
    {"words", "languages", "quantities", "records", "cues", "intervals"},
    {"errors", "days"},
    {"reading", "retrieval", "models", "context", "home", "corpora"},
    {"prompting", "scoring", "conversation", "captions"},
    {"bench", "grounding"},
    {"ingest", "search", "prepare", "refusal", "stages", "differences", "questions", "salience", "faithfulness"},
    {"hygiene", "carry", "check", "particulars"},
    {"feedback"},
    {"ask", "trial", "reply", "fitting"},
    {"summarize"},
    {"startup"},
    {"history"},
    {"measure", "quiz", "kept"},
    {"lab", "chats", "numbers"},
    {"ui"},
    {"cli"},
    {"__main__"},
]
DOORS = {
    "gradio": {"ui"},
    "starlette": {"ui"},
    "chromadb": {"retrieval/vectors"},
    "sentence_transformers": {"retrieval/embedding"},
    "torch": {"retrieval/embedding"},
    "tokenizers": {"retrieval/embedding"},
    "transformers": {"retrieval/embedding"},
    "langchain_text_splitters": {"retrieval/chunking"},
    "scipy": {"retrieval/lexical", "retrieval/duplicates", "salience", "faithfulness", "feedback/themes"},
    "sklearn": {"feedback/themes", "feedback/sentiment"},
    "llama_cpp": {"models/decoder", "models/encoder_decoder", "models/ggml", "models/quantization"},
    "jinja2": {"models/decoder"},
    "httpx": {"models/server"},
    "pypdf": {"reading/pdf"},
    "docx": {"reading/docx"},
    "pptx": {"reading/pptx"},
    "openpyxl": {"reading/xlsx"},
    "olefile": {"reading/ole", "reading/hwp"},
    "compressed_rtf": {"reading/msg"},
    "striprtf": {"reading/msg"},
    "lxml": {"reading/html", "reading/hwpx"},
    "charset_normalizer": {"reading/text"},
    "sqlite3": {"retrieval/store", "retrieval/schema"},
}
HEAVY = {"torch", "sentence_transformers", "chromadb", "gradio", "transformers", "scipy", "sklearn", "langchain_text_splitters"}


def floor(part: str) -> int:
    return next(number for number, parts in enumerate(FLOORS) if part in parts)


def imports(path: Path):
    """(module, line is at the top level) of every import, lazy ones too; what only type checkers read is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree) if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node in tree.body
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "workbench":
                for alias in node.names:
                    yield f"workbench.{alias.name}", node in tree.body
            else:
                yield node.module, node in tree.body


def modules():
    for path in sorted((ROOT / "workbench").rglob("*.py")):
        if path.parent.name != "workbench" or path.name != "__init__.py":
            yield path, path.relative_to(ROOT / "workbench").with_suffix("").as_posix().removesuffix("/__init__")


def test_every_module_stands_on_a_floor_and_imports_only_from_below():
    for path, name in modules():
        part = name.split("/")[0]
        for module, _ in imports(path):
            if module.startswith("workbench."):
                target = module.split(".")[1]
                assert target == part or floor(target) < floor(part), f"{name} imports {module}"


def test_an_outside_library_has_one_door():
    for path, name in modules():
        for module, _ in imports(path):
            doors = DOORS.get(module.split(".")[0])
            assert doors is None or name in doors or name.split("/")[0] in doors, f"{name} imports {module}"


def test_heavy_libraries_are_imported_where_they_are_opened():
    for path, name in modules():
        if not name.startswith("ui"):
            for module, top in imports(path):
                assert not (top and module.split(".")[0] in HEAVY), f"{name} imports {module} at its head"


def test_no_tab_imports_another():
    tabs = {path.stem for path in (ROOT / "workbench" / "ui").glob("*_tab.py")}
    for tab in tabs:
        for module, _ in imports(ROOT / "workbench" / "ui" / f"{tab}.py"):
            assert module.rpartition(".")[2] not in tabs - {tab}


def test_app_stays_short():
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 45
