"""The figures of a run: printed as Markdown tables to paste, kept as JSON, compared with the run before."""

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

CHANGED = 0.05  # share by which a figure must move to be named in the comparison


@dataclass(slots=True)
class Table:
    """A table of one part: the first cell of a row names it."""

    part: str
    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)


class Run:
    """The tables of this run, in order. The parts print through `table` and `row`."""

    def __init__(self) -> None:
        self.part = ""
        self.tables: list[Table] = []

    def table(self, *columns: str) -> None:
        """Begin a table."""
        self.tables.append(Table(self.part, list(columns)))
        print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}", flush=True)

    def row(self, *cells: object) -> None:
        """A row of it."""
        self.tables[-1].rows.append([str(cell) for cell in cells])
        print(f"| {' | '.join(map(str, cells))} |", flush=True)

    def save(self, path: Path) -> None:
        """Put the parts of this run in the place of what they were in the last one, and tell what moved."""
        before = [Table(**each) for each in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []
        mine = {table.part for table in self.tables}
        for line in compared([table for table in before if table.part in mine], self.tables):
            print(line)
        kept = [table for table in before if table.part not in mine] + self.tables
        path.write_text(json.dumps([asdict(table) for table in kept], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def compared(before: list[Table], after: list[Table]) -> list[str]:
    """A line for every figure that moved by more than CHANGED since the last run."""
    old = cells(before)
    lines = []
    for place, cell in cells(after).items():
        was, now = figure(old.get(place, "")), figure(cell)
        if was is not None and now is not None and abs(now - was) > CHANGED * max(abs(was), abs(now)):
            part, _, row, column = place
            lines.append(f"moved since the last run: {part}, {row}, {column}: {was:g} → {now:g}")
    return lines


def cells(tables: list[Table]) -> dict[tuple[str, int, str, str], str]:
    """Every cell by its part, the number of its table there, its row and its column."""
    found: dict[tuple[str, int, str, str], str] = {}
    numbers: Counter[str] = Counter()
    for table in tables:
        numbers[table.part] += 1
        for row in table.rows:
            found |= {
                (table.part, numbers[table.part], row[0], column): cell
                for column, cell in zip(table.columns[1:], row[1:], strict=True)}
    return found


def figure(cell: str) -> float | None:
    """The first number of a cell."""
    match = re.search(r"-?\d[\d,]*\.?\d*", cell)
    return float(match[0].replace(",", "")) if match else None


run = Run()
