"""python -m benchmarks [PART ...] [--data DIR] [--limit N] [--json FILE]
    python -m benchmarks models --file Q4_0 --file other.gguf --window 8192

Every part prints its tables, ready to paste; all of them go into FILE, and what moved since the run before is told.
"""

import argparse
from pathlib import Path

from benchmarks import (
    answers,
    duplicates,
    feedback,
    idle,
    ingest,
    measure,
    models,
    questions,
    relevance,
    retrieval,
    scale,
    speed,
    startup,
    summaries,
    throughput,
    written,
)
from benchmarks.tables import run

PARTS = {
    "throughput": throughput.main,
    "speed": speed.main,
    "startup": startup.main,
    "models": models.main,
    "idle": idle.main,
    "ingest": ingest.main,
    "scale": scale.main,
    "retrieval": retrieval.main,
    "relevance": relevance.main,
    "duplicates": duplicates.main,
    "summaries": summaries.main,
    "written": written.main,
    "feedback": feedback.main,
    "answers": answers.main,
    "measure": measure.main,
    "questions": questions.main,
}

ITS_OWN = {"measure": ("only",), "models": ("files", "windows")}  # flags of one part

parser = argparse.ArgumentParser(description="Every figure beside the plain way, in the same run.")
parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
parser.add_argument("--data", type=Path, help="folder with xquad_en/, korquad/ and squad/ in SQuAD's JSON, and the other sets of each part; else the samples alone")
parser.add_argument("--limit", type=int, help="questions of each set (default: all for retrieval, 300 for answers, 200 for measure)")
parser.add_argument("--only", nargs="+", choices=measure.STEPS, help="of measure these steps alone (default: all)")
parser.add_argument("--file", action="append", dest="files", metavar="KIND|PATH",
                    help=f"of models these alone: a type of the bundled one, or a path; repeatable (default: {', '.join(models.KINDS)})")
parser.add_argument("--window", action="append", dest="windows", type=int, metavar="N",
                    help=f"of models these alone; repeatable (default: {', '.join(map(str, models.WINDOWS))})")
parser.add_argument("--json", type=Path, default=Path("benchmarks/last.json"), help="where the figures go (default: %(default)s)")
options = parser.parse_args()
try:
    for run.part in options.parts or PARTS:
        print(f"\n## {run.part}\n", flush=True)
        chosen = {name: getattr(options, name) for name in ITS_OWN.get(run.part, ()) if getattr(options, name)}
        PARTS[run.part](options.data, options.limit, **chosen)
finally:
    run.save(options.json)
