"""Finished calls of a summary that is not finished: lines of one file, so that a killed run goes on where it was.

A line holds the replies of one group of prompts, whole or not at all, under the hash of these prompts and of how they
were asked. llama.cpp gives the same replies only to the same groups: what is taken up again ends as if nobody had
disturbed it. A finished summary takes its file away; what nobody took up again goes after some days.
"""

import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from workbench.models.worker import Completion
from workbench.nouns import Prompt, Timing
from workbench.nouns.summary import Plan

DAYS = 7  # that unfinished work is kept


@dataclass(frozen=True, slots=True)
class Journal:
    """The finished groups of one summary."""

    path: Path
    groups: dict[str, list[Completion]]
    calls: int = 0  # that were there, those for sentences written anew left out

    def get(self, key: str) -> list[Completion] | None:
        """The replies to a group of prompts, if they are there."""
        return self.groups.get(key)

    def keep(self, key: str, replies: Sequence[Completion], *, again: bool) -> None:
        """Write down the replies to a group; `again`: of sentences written anew."""
        self.groups[key] = list(replies)
        line = json.dumps({"key": key, "again": again, "replies": [asdict(each) for each in replies]}, ensure_ascii=False) + "\n"
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        torn = self.path.exists() and self.path.stat().st_size and not ends(self.path)
        with self.path.open("a", encoding="utf-8") as file:
            file.write("\n" * bool(torn) + line)  # behind half a line of a run that was killed
            file.flush()
            os.fsync(file.fileno())

    def remove(self) -> None:
        """The summary is finished."""
        self.path.unlink(missing_ok=True)


def ends(path: Path) -> bool:
    """Whether the last line of a file is a whole one."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def key(prompts: Sequence[Prompt], **how: object) -> str:
    """The name of a group of prompts asked in one way."""
    return sha256(json.dumps([[asdict(each) for each in prompts], how], sort_keys=True).encode()).hexdigest()


def opened(home: Path, plan: Plan) -> Journal:
    """The journal of a plan, with what is in it already."""
    path = place(home, plan)
    groups: dict[str, list[Completion]] = {}
    calls = 0
    with suppress(FileNotFoundError):
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            with suppress(ValueError, KeyError, TypeError):  # half a line
                row = json.loads(line)
                groups[row["key"]] = [
                    Completion(each["text"], tuple(each["logprobs"]), each["why"], Timing(**each["timing"])) for each in row["replies"]]
                calls += 0 if row["again"] else len(row["replies"])
    return Journal(path, groups, calls)


def kept(home: Path, plan: Plan) -> int:
    """How many calls of a plan are finished already, those for sentences written anew left out."""
    return min(plan.total_calls, opened(home, plan).calls)


def place(home: Path, plan: Plan) -> Path:
    """Where the journal of a plan lies."""
    brief = plan.brief
    asked = [brief.model, brief.length, brief.question, brief.window, brief.concise, brief.sentences, plan.lang, plan.form]
    digest = sha256(json.dumps([asked, [line.text for line in plan.source.lines]]).encode("utf-8", "replace")).hexdigest()
    return home / "summaries" / f"{digest[:32]}.jsonl"


def sweep(home: Path) -> None:
    """Remove what nobody took up again."""
    for path in (home / "summaries").glob("*.jsonl"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > DAYS * 86400:
                path.unlink()
