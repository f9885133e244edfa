"""Files and what stands in them as HTML. Pure, as `views`: every word from outside is escaped."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import PurePosixPath

from workbench.nouns import Chunk, Document, FileReport, Hit, Lang, Progress
from workbench.ui.views import hint, meter, remaining
from workbench.words import say, tell

ROWS = 50  # files shown at once
SHEET = 30_000  # characters of a file shown at once
LONG = 10_000  # characters of one page shown in one piece
CONTEXT = 1500  # characters of a document without pages shown on either side of a passage
TOLD = 8  # files named under a finished ingest
COLUMNS = ("name", "state", "type", "documents", "pages", "chunks", "tokens", "size", "seconds", "remark")
ON_ITS_WAY = ("received", "parsed", "embedded")

Cut = Sequence[tuple[int, Chunk, int]]  # number in its document, chunk, tokens


@dataclass(frozen=True, slots=True)
class Sight:
    """Which files of a corpus are looked at; an empty field leaves none out. `page` counts from 0."""

    text: str = ""
    state: str = ""
    kind: str = ""
    spoken: str = ""
    page: int = 0

    def shows(self, report: FileReport) -> bool:
        """Whether a file is looked at."""
        return (
            self.text.strip().casefold() in report.name.casefold() and self.state in ("", report.state)
            and (not self.kind or self.kind in kinds(report)) and (not self.spoken or self.spoken in report.langs))


def kinds(report: FileReport) -> tuple[str, ...]:
    """What the documents of a file are; its ending where it gave none."""
    return report.kinds or tuple(suffix for suffix in (PurePosixPath(report.name).suffix.lower().lstrip("."),) if suffix)


def files(lang: Lang, reports: Sequence[FileReport], sight: Sight | None = None, working: Progress | None = None) -> str:
    """The files of a corpus, a row each and a page of them at once, the one at work with its step."""
    if not reports:
        return hint(say(lang, "documents.empty"))
    sight = sight or Sight()
    chosen = [report for report in reports if sight.shows(report)]
    last = max(0, (len(chosen) - 1) // ROWS)
    page = min(max(sight.page, 0), last)
    total = say(
        lang, "documents.total", files=f"{sum(report.state == 'ready' for report in reports):,}",
        chunks=f"{sum(report.chunks for report in reports if report.state == 'ready'):,}")
    if not chosen:
        return hint(total) + hint(say(lang, "documents.none_chosen"))
    if len(chosen) < len(reports):
        total += " · " + say(lang, "documents.chosen", count=f"{len(chosen):,}")
    head = "".join(f'<th scope="col">{escape(say(lang, f"documents.{name}"))}</th>' for name in COLUMNS)
    rows = "".join(file_row(lang, report, working) for report in chosen[page * ROWS : (page + 1) * ROWS])
    return (
        f'{hint(total)}<div class="wb-scroll"><table class="wb-files"><thead><tr>{head}<td></td></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{turner(lang, 'page', page, last)}")


def file_row(lang: Lang, report: FileReport, working: Progress | None = None) -> str:
    """One file with what can be done with it. A button's label says for which, since all rows have the same."""
    def button(act: str, more: str = "") -> str:
        label = escape(say(lang, f"documents.{act}_named", name=report.name))
        return (
            f'<button type="button" class="wb-chip" data-{act}="{report.id}" aria-label="{label}"{more}>'
            f"{escape(say(lang, f'documents.{act}'))}</button>")

    at_work = working is not None and working.name == report.name and report.state in ON_ITS_WAY
    actions = ""
    if report.state == "ready":
        actions += button("look")
    if not at_work and report.size and (report.state == "failed" or stopped(report)):
        actions += button("retry")
    if report.id and report.state != "deleting":
        actions += button("delete", f' data-sure="{escape(say(lang, "documents.sure", name=report.name))}"')
    numbers = {
        "documents": report.documents, "pages": report.pages, "chunks": report.chunks, "tokens": report.tokens}
    cells = {name: f"{number:,}" if number else "" for name, number in numbers.items()} | {
        "size": size(report.size) if report.size else "", "seconds": f"{report.seconds:.{1 if report.seconds >= 1 else 2}f}" if report.seconds else ""}
    counted = "".join(
        f'<td class="wb-count" data-label="{escape(say(lang, f"documents.{name}"))}">{cell}</td>' for name, cell in cells.items())
    remarks = " ".join(tell(lang, remark) for remark in report.remarks)
    return (
        f'<tr><th scope="row">{escape(report.name)}</th><td>{state(lang, report, working if at_work else None)}</td>'
        f'<td>{escape(", ".join(kinds(report)))}</td>{counted}<td class="wb-remark">{escape(remarks)}</td><td>{actions}</td></tr>')


def state(lang: Lang, report: FileReport, working: Progress | None) -> str:
    """A file's state in words on its color; of the one at work, its step."""
    if working is not None and working.stage != "done":
        step = say(lang, f"documents.{working.stage}")
        share = f" {100 * working.share:.0f} %" if working.share else ""
        return f'<span class="wb-state wb-working">{escape(step + share)}</span>'
    return f'<span class="wb-state wb-{report.state}">{escape(say(lang, f"state.{report.state}"))}</span>'


def stopped(report: FileReport) -> bool:
    """Whether a person stopped it on its way."""
    return any(remark.code == "stopped" for remark in report.remarks)


def size(count: int) -> str:
    """Bytes as a person reads them."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:,.0f} kB" if count >= 1000 else f"{count} B"


def turner(lang: Lang, act: str, page: int, last: int) -> str:
    """Buttons to the page before and the next; nothing where there is one page."""
    if not last:
        return ""
    def button(word: str, to: int) -> str:
        off = "" if 0 <= to <= last else " disabled"
        return f'<button type="button" class="wb-chip" data-{act}="{to}"{off}>{escape(say(lang, f"documents.{word}"))}</button>'

    place = escape(say(lang, "documents.page_of", page=f"{page + 1:,}", last=f"{last + 1:,}"))
    return f'<nav class="wb-turner">{button("before", page - 1)} <span>{place}</span> {button("next", page + 1)}</nav>'


def progress(lang: Lang, step: Progress, seconds: float) -> str:
    """How far an ingest is after so many seconds: all of it with the time left, and the file at work."""
    doing = f"{step.name} · {say(lang, f'documents.{step.stage}')}" if step.stage != "done" else step.name
    if not step.total:
        return hint(doing)
    done = step.done + step.share
    label = say(lang, "documents.working", done=step.done, total=step.total) + remaining(lang, seconds, done, step.total)
    whole = meter(label, round(100 * done), 100 * step.total)
    return whole + (meter(doing, round(100 * step.share), 100) if step.stage == "embedding" else hint(doing))


def finished(lang: Lang, reports: Sequence[FileReport]) -> str:
    """What became of the files of an ingest, in numbers; and why, of those that did not all go in."""
    if not reports:
        return ""
    counts = Counter(report.state for report in reports)
    line = " · ".join(
        f"{say(lang, f'state.{each}')} {counts[each]:,}" for each in ("ready", "duplicate", "failed") if counts[each])
    why = [f"{report.name}: {tell(lang, remark)}" for report in reports for remark in report.remarks if report.state == "duplicate"]
    more = hint(say(lang, "quality.more", count=len(why) - TOLD)) if len(why) > TOLD else ""
    return hint(say(lang, "documents.finished", states=line)) + "".join(map(hint, why[:TOLD])) + more


def waiting(lang: Lang, count: int) -> str:
    """That files were received and not read, with the way on; nothing where there are none."""
    if not count:
        return ""
    return (
        f'<p class="wb-notice" role="status">{escape(say(lang, "documents.waiting", count=f"{count:,}"))} '
        f'<button type="button" class="wb-chip" data-go="on">{escape(say(lang, "documents.continue"))}</button></p>')


# what stands in a file


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of a document, or a part of one that has none or is long; `page` where it begins one."""

    document: Document
    start: int
    end: int
    page: int | None = None


def stretches(document: Document) -> Iterator[Stretch]:
    """A document page by page, none longer than LONG; from its first letter to its last."""
    text = document.text
    bounds = sorted({0, *document.pages, len(text)})
    pages = {start: number for number, start in enumerate(document.pages, 1)}
    for start, end in pairwise(bounds):
        first = start
        while first < end:
            last = min(first + LONG, end)
            if last < end:
                last = max(text.rfind("\n", first, last), text.rfind(" ", first, last)) + 1 or last
                last = last if last > first else first + LONG
            yield Stretch(document, first, last, pages.get(first))
            first = last


def sheets(documents: Sequence[Document]) -> list[list[Stretch]]:
    """The stretches of documents, as many at once as can be looked at, an attached one after its mail."""
    found: list[list[Stretch]] = []
    room = 0
    for document in family(documents):
        for each in stretches(document):
            cost = each.end - each.start + 500  # what stands around a text counts too: rows of a table are short
            if cost > room or not found:
                found.append([])
                room = SHEET
            found[-1].append(each)
            room -= cost
    return found


def family(documents: Sequence[Document]) -> list[Document]:
    """The documents of a file in order, each followed by what is attached to it."""
    known = {document.id for document in documents}
    attached: dict[str, list[Document]] = {}
    for document in documents:
        attached.setdefault(document.parent if document.parent in known else "", []).append(document)
    ordered: list[Document] = []
    coming = attached.get("", [])[::-1]
    while coming:
        ordered.append(coming.pop())
        coming += attached.pop(ordered[-1].id, [])[::-1]
    return ordered


def look(
    lang: Lang, name: str, every: Sequence[Sequence[Stretch]], number: int, cuts: Mapping[str, Cut],
    elsewhere: Mapping[str, Sequence[str]], standing: Mapping[str, str],
) -> str:
    """One sheet of a file: its text page by page with its passages. `cuts`: those of each document, by id; `elsewhere`:
    other files with the same; `standing`: the title of what another document stands for it in search."""
    titles = {each.document.id: each.document.title for sheet in every for each in sheet}
    here = {each.document.id for each in every[number]}
    attached: dict[str, list[Document]] = {}
    for document in {each.document.id: each.document for sheet in every for each in sheet}.values():
        attached.setdefault(document.parent, []).append(document)

    def link(identity: str) -> str:
        title = escape(titles[identity])
        return f'<a href="#wb-doc-{escape(identity)}">{title}</a>' if identity in here else title

    parts, before = [], ""
    for each in every[number]:
        document = each.document
        if document.id != before:
            notes = []
            if document.parent in titles:
                notes.append(escape(say(lang, "look.attached_to")) + " " + link(document.parent))
            if document.id in attached:
                notes.append(escape(say(lang, "look.attached")) + " " + ", ".join(link(child.id) for child in attached[document.id]))
            if document.id in elsewhere:
                notes.append(escape(say(lang, "look.elsewhere", names=", ".join(elsewhere[document.id]))))
            if document.id in standing:
                notes.append(escape(say(lang, "look.collapsed", title=standing[document.id])))
            if document.asides:
                notes.append(escape(say(lang, "look.asides")))
            parts.append(heading(document, notes, child=document.parent in titles))
            before = document.id
        parts.append(stretch(lang, each, cuts.get(document.id, ())))
    turn = turner(lang, "sheet", number, len(every) - 1)
    return (
        f'<section class="wb-look" aria-label="{escape(say(lang, "look.title", name=name))}">'
        f"<h2>{escape(say(lang, 'look.title', name=name))}</h2>{hint(say(lang, 'look.legend'))}{turn}{''.join(parts)}{turn}</section>")


def heading(document: Document, notes: Sequence[str] = (), *, child: bool = False) -> str:
    """A document's title, kind and day; `notes` are HTML."""
    about = " · ".join(filter(None, (document.kind, document.date)))
    told = "".join(f'<p class="wb-hint">{note}</p>' for note in notes)
    return (
        f'<h3 id="wb-doc-{escape(document.id)}"{" class=wb-child" if child else ""}>{escape(document.title)} '
        f"<small>{escape(about)}</small></h3>{told}")


def stretch(lang: Lang, each: Stretch, cut: Cut) -> str:
    """A page with its passages as alternating stretches, what two of them share underlined, asides dimmed."""
    text = each.document.text
    inside = [row for row in cut if row[1].start < each.end and row[1].end > each.start]
    begins = {chunk.start: (number, tokens) for number, chunk, tokens in inside}
    edges = [place for _, chunk, _ in inside for place in (chunk.start, chunk.end)]
    edges += [place for aside in each.document.asides for place in aside]
    bounds = sorted({each.start, each.end, *(place for place in edges if each.start < place < each.end)})
    parts = []
    for start, end in pairwise(bounds):
        if start in begins:
            number, tokens = begins[start]
            parts.append(f'<small class="wb-number">{escape(say(lang, "documents.chunk", number=number, tokens=tokens))}</small>')
        covering = [number for number, chunk, _ in inside if chunk.start <= start and end <= chunk.end]
        names = [f"wb-chunk wb-{'odd' if covering[-1] % 2 else 'even'}"] if covering else []
        names += ["wb-lap"] if len(covering) > 1 else []
        names += ["wb-aside"] if any(first <= start and end <= last for first, last in each.document.asides) else []
        words = escape(text[start:end])
        parts.append(f'<span class="{" ".join(names)}">{words}</span>' if names else words)
    title = f"<h4>{escape(say(lang, 'page', page=each.page))}</h4>" if each.page else ""
    return f'{title}<div class="wb-page wb-whole" tabindex="0">{"".join(parts)}</div>'


def preview(lang: Lang, sheet: Sequence[Stretch], cuts: Mapping[str, Cut], totals: Mapping[str, object], sizes: Mapping[Lang, int], lap: int) -> str:
    """How a file would be cut: what is best, the totals, and the passages of its first documents."""
    best = ", ".join(say(lang, "cutting.best_of", language=say(lang, f"language.{each}"), size=size) for each, size in sizes.items())
    parts, before = [], ""
    for each in sheet:
        if each.document.id != before:
            parts.append(heading(each.document))
            before = each.document.id
        parts.append(stretch(lang, each, cuts[each.document.id]))
    shown = len({each.document.id for each in sheet})
    more = hint(say(lang, "cutting.first", shown=shown, of=totals["documents"])) if totals["documents"] != shown else ""
    return (
        f'<section class="wb-look">{hint(say(lang, "cutting.best", sizes=best, overlap=lap))}'
        f'<p class="wb-total" role="status">{escape(say(lang, "cutting.total", **totals))}</p>{hint(say(lang, "look.legend"))}'
        f"{more}{''.join(parts)}</section>")


def source(
    lang: Lang, document: Document, hit: Hit, best: tuple[int, int] | None, elsewhere: Sequence[str] = ()
) -> str:
    """A passage marked in its document and in it the best sentence, with the pages around it."""
    start, end = hit.chunk.start, hit.chunk.end
    before, after = around(document, start, end)
    inside = numbered(lang, document, start, end)
    if best and start <= best[0] and best[1] <= end:
        first, last = best
        inside = (
            f"{numbered(lang, document, start, first)}{''.join(page_number(lang, number) for _, number in begun(document, first, last))}"
            f"<strong>{escape(document.text[first:last])}</strong>{numbered(lang, document, last, end)}")
    page = " · " + say(lang, "page", page=hit.page) if hit.page else ""
    date = " · " + document.date if document.date else ""
    also = hint(say(lang, "look.elsewhere", names=", ".join(elsewhere))) if elsewhere else ""
    return (
        f'<section class="wb-source"><h3>{escape(say(lang, "source.title"))}: {escape(document.title)} '
        f"<small>{escape(document.source + page + date)}</small></h3>{also}"
        f'<div class="wb-page" tabindex="0">{"… " if before else ""}{numbered(lang, document, before, start)}'
        f'<mark id="wb-mark">{inside}</mark>{numbered(lang, document, end, after)}'
        f"{' …' if after < len(document.text) else ''}</div></section>")


def around(document: Document, start: int, end: int) -> tuple[int, int]:
    """What is shown around a passage: its pages, the one before and the one after, of long ones a part; without pages,
    CONTEXT characters."""
    page, last = document.page_at(start), document.page_at(max(start, end - 1))
    if page is None or last is None:
        return max(0, start - CONTEXT), min(len(document.text), end + CONTEXT)
    ends = [*document.pages[1:], len(document.text)]
    before, after = document.pages[max(0, page - 2)], ends[min(len(ends), last + 1) - 1]
    return max(before, start - LONG), min(after, end + LONG)


def numbered(lang: Lang, document: Document, start: int, end: int) -> str:
    """A part of a text with the number of every page that begins in it."""
    parts, last = [], start
    for place, number in begun(document, start, end):
        parts.append(escape(document.text[last:place]) + page_number(lang, number))
        last = place
    return "".join([*parts, escape(document.text[last:end])])


def begun(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    """(start, number) of every page that begins in a part of a document."""
    return [(place, number) for number, place in enumerate(document.pages, 1) if start <= place < end]


def page_number(lang: Lang, number: int) -> str:
    """Where a page begins inside a text."""
    return f'<small class="wb-number">{escape(say(lang, "page", page=number))}</small>'
