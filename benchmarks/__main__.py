"""python -m benchmarks [speed] [startup] [retrieval] [relevance] [answers] [scale] [ingest] [--data DIR] [--limit N]"""

import argparse
from pathlib import Path

from benchmarks import answers, ingest, relevance, retrieval, scale, speed, startup

PARTS = {
    "speed": speed.main,
    "startup": startup.main,
    "retrieval": retrieval.main,
    "relevance": relevance.main,
    "answers": answers.main,
    "scale": scale.main,
    "ingest": ingest.main,
}

parser = argparse.ArgumentParser(description="Every figure beside the plain way, in the same run.")
parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
parser.add_argument("--data", type=Path, help="folder with xquad_en/, korquad/ and squad/ in SQuAD's JSON; else the samples alone")
parser.add_argument("--limit", type=int, help="questions of each set (default: all for retrieval, 300 for answers)")
options = parser.parse_args()
for part in options.parts or PARTS:
    print(f"\n## {part}\n", flush=True)
    PARTS[part](options.data, options.limit)
