"""Questions from files and into files; one format a file. All of a file is looked at before anything is given back.

`squad` (SQuAD 1.1 and 2.0, KorQuAD 1.0) and `beir` bring documents with their questions, `jsonl` (JSON lines) passages where it
has them; `mcq` (multiple choice) and `csv` are tables of questions.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from workbench.errors import BadRequest, WorkbenchError
from workbench.measure.formats import beir, lines, squad, tables
from workbench.nouns import Document, Question
from workbench.nouns.questions import Bundle

READERS: dict[str, Callable[[Path], Bundle]] = {
    "squad": squad.load, "jsonl": lines.load, "beir": beir.load, "csv": tables.plain, "mcq": tables.choices}
WRITERS = ("squad", "jsonl", "beir")


def load(path: Path, form: str, first: int | None = None) -> Bundle:
    """What a file of questions holds. `first`: for multiple choice, whether the choices are counted from 0 or from 1, where
    the file leaves that open. Raises BadRequest with file, place, and what to do; CannotRead."""
    if form not in READERS:
        raise BadRequest("import_format", form=form, known=", ".join(READERS))
    if not os.path.exists(path):  # which says no to a name that no file may have, where pathlib raises
        raise BadRequest("import_no_file", name=path)
    if path.is_dir() and form != "beir":
        raise BadRequest("import_folder", name=path.name, form=form)
    return tables.choices(path, first) if form == "mcq" else READERS[form](path)


def save(path: Path, form: str, documents: Sequence[Document], questions: Iterable[Question]) -> tuple[str, ...]:
    """Write questions with the documents they are about into a file, for BEIR into a folder, wholly or not at all; gives the
    ids of the questions that the format cannot say. Raises BadRequest, WorkbenchError."""
    if form not in WRITERS:
        raise BadRequest("export_format", form=form, known=", ".join(WRITERS))
    if not path.name:
        raise WorkbenchError("export_unwritable", path=path, why=os.strerror(errno.EISDIR))
    part = path.with_name(f".{path.name[:50]}.{os.getpid()}.part")  # a name may be as long as the system lets it
    try:
        if form == "beir":
            if os.path.exists(path):
                raise BadRequest("export_there", path=path)
            unsaid = beir.save(part, documents, questions)
        else:
            unsaid = lines.save(part, questions) if form == "jsonl" else squad.save(part, documents, questions)
        os.replace(part, path)
    except OSError as error:
        raise WorkbenchError("export_unwritable", path=path, why=error.strerror or error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True) if os.path.isdir(part) else part.unlink(missing_ok=True)
    return unsaid
