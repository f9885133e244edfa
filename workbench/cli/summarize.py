"""The command `summarize`."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict

from workbench.bench import Bench
from workbench.cli.flags import Command, location, words
from workbench.cli.output import sentence_json, show
from workbench.errors import BadRequest
from workbench.models.addresses import leaves
from workbench.nouns import WINDOW
from workbench.nouns.reply import Draft
from workbench.nouns.summary import Brief, Checks, Headway, Line, Plan, Point, Source, Step, Summary
from workbench.words import say, tell


def add(command: Command) -> None:
    """Its flags."""
    summarize = command("summarize", run_summarize, "summarize mails, documents or a text through a small window")
    summarize.add_argument("paths", nargs="*", type=location, metavar="PATH")
    summarize.add_argument("--text", type=words, metavar="TEXT|-", help="summarize this text; - reads it from standard input")
    summarize.add_argument("--corpus", type=words, metavar="NAME", help="summarize documents of a corpus")
    summarize.add_argument("--file", type=words, action="append", default=[], metavar="NAME", help="of the corpus, this file only; repeatable")
    summarize.add_argument("--attachments", action="store_true", help="what is attached to mails too")
    summarize.add_argument("--question", type=words, default="", help="only what answers it")
    summarize.add_argument("--length", choices=("line", "bullets", "paragraph"), default="paragraph")
    summarize.add_argument("--concise", action="store_true", help="in few words")
    summarize.add_argument("--both", action="store_true", help="in the usual words and in few, and what that saves")
    summarize.add_argument("--window", type=int, default=WINDOW, metavar="N", help="context window in tokens")
    summarize.add_argument("--lang", choices=("en", "ko"), help="of the summary (default: that of the text)")
    summarize.add_argument("--model", default="", metavar="NAME|PATH", help="a name of `models list`, the path of a GGUF, or remote:URL#MODEL")
    summarize.add_argument("--form", choices=("auto", "completion", "chat"), default="auto", help="form of the prompt")
    summarize.add_argument("--reply-from", type=words, default="", metavar="CORPUS", help="draft a reply from documents of a corpus too")
    summarize.add_argument("--plan", action="store_true", help="only tell how many calls it takes and how long")


def run_summarize(bench: Bench, options: argparse.Namespace) -> None:
    """summarize PATH... | --text TEXT | --corpus NAME"""
    from workbench import reply, summarize

    if options.reply_from:
        bench.store.version(options.reply_from)  # a corpus that is not there is told before anything is written
    brief = Brief(
        length=options.length, question=options.question, window=options.window, lang=options.lang, model=options.model,
        form=options.form, concise=options.concise)
    source = sourced(bench, options)
    planned = summarize.plan(bench, source, brief)
    if options.plan or not options.json:
        told_plan = plan_json(planned)
        show(told_plan) if options.json else print("\n".join(plan_lines(planned)), file=sys.stdout if options.plan else sys.stderr)
    if options.plan:
        return
    steps = summarize.both(bench, source, brief) if options.both else summarize.summarize(bench, planned)
    made = followed(steps, quiet=options.json)
    drafted = reply.draft(bench, source.documents, options.reply_from) if options.reply_from else None
    if options.json:
        show(summary_json(made) | ({"reply": draft_json(drafted)} if drafted else {}))
    else:
        print("\n".join([*summary_lines(made), *(["", drafted.text] if drafted else [])]))


def sourced(bench: Bench, options: argparse.Namespace) -> Source:
    """What is to be summarized. Raises BadRequest unless exactly one thing is."""
    from workbench import summarize

    if sum(map(bool, (options.paths, options.text is not None, options.corpus))) != 1:
        raise BadRequest("summary_source")
    if options.text is not None:
        text = sys.stdin.buffer.read().decode("utf-8", "replace") if options.text == "-" else options.text
        return summarize.from_text(bench, text)
    if options.corpus:
        return summarize.from_corpus(bench, options.corpus, options.file, attachments=options.attachments)
    return summarize.from_paths(bench, options.paths, attachments=options.attachments)


def followed(steps: Iterator[Headway], *, quiet: bool) -> Summary:
    """The summary at the end of the steps; how far it is goes to a person's standard error."""
    made = None
    watched = not quiet and sys.stderr.isatty()
    for step in steps:
        made = step.summary
        if watched:
            left = f", about {step.seconds:.0f} s left" if step.seconds else ""
            print(f"\r{say('en', 'summary.progress', done=step.done, of=step.of, again=step.again)}{left}   ", end="", file=sys.stderr, flush=True)
    if watched:
        print(file=sys.stderr)
    assert made is not None
    return made


def plan_json(plan: Plan) -> dict:
    """A plan."""
    return {
        "mode": plan.mode, "lang": plan.lang, "window": plan.brief.window, "read": plan.source.read, "total": plan.source.total,
        "sentences": len(plan.source.lines), "skipped": plan.skipped, "tokens": plan.tokens, "calls": plan.total_calls,
        "levels": list(plan.calls), "again_at_most": plan.again, "largest_prompt": plan.largest, "prompt_tokens": plan.prompt_tokens,
        "reply": plan.reply, "beside": plan.beside, "estimated": plan.estimated, "sent_to": "" if plan.mode == "extractive" else leaves(plan.brief.model),
        "kept": plan.kept, "seconds": plan.seconds and round(plan.seconds, 1), "why": plan.why and tell("en", plan.why)}


def plan_lines(plan: Plan) -> list[str]:
    """A plan as lines."""
    unit = "messages" if plan.source.mails else "documents"
    read = say("en", f"summary.read_{unit}", read=plan.source.read, total=plan.source.total)
    size = "size" if plan.tokens else "sentences"  # where no model reads it, nobody counted
    lines = [f"{read}, {say('en', f'summary.{size}', sentences=len(plan.source.lines), tokens=plan.tokens)}"]
    lines += [tell("en", remark) for remark in plan.source.remarks]
    if plan.source.left_out:
        lines.append(f"attached documents that are left out: {plan.source.left_out}; --attachments takes them in")
    if plan.mode == "extractive":
        return [*lines, tell("en", plan.why) if plan.why else "No model writes."]
    lines.append(say("en", f"summary.mode_{plan.mode}"))
    lines.append(
        say("en", "summary.calls", calls=plan.total_calls)
        + (f" on {len(plan.calls)} levels" if len(plan.calls) > 1 else "")
        + (f", the largest {plan.largest} of {plan.brief.window} tokens with {plan.largest_reply} for the reply beside it" if plan.beside
           else f", the largest {plan.largest} + {plan.largest_reply} of {plan.brief.window} tokens")
        + f"; {say('en', 'summary.again_at_most', count=plan.again)}")
    if host := leaves(plan.brief.model):
        lines.append(say("en", "summary.leaves", host=host))
    if plan.estimated:
        lines.append(say("en", "summary.estimated"))
    if plan.kept:
        lines.append(say("en", "summary.kept", kept=plan.kept))
    return [*lines, f"about {spelled(plan.seconds or 0)}"]


def spelled(seconds: float) -> str:
    """A time for people."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.1f} min"


def summary_json(made: Summary) -> dict:
    """A summary with all that explains it."""
    plan, lines = made.plan, made.plan.source.lines
    return {
        "text": made.text,
        "lang": plan.lang,
        "mode": plan.mode,
        "why": plan.why and tell("en", plan.why),
        "length": plan.brief.length,
        "window": plan.brief.window,
        "read": plan.source.read,
        "total": plan.source.total,
        "unit": "messages" if plan.source.mails else "documents",
        "left_out": plan.source.left_out,
        "remarks": [tell("en", remark) for remark in plan.source.remarks],
        "sentences": [point_json(point, lines) for point in made.points],
        "kept": made.kept,
        "checks": checks_json(made.checks),
        "extractive": {
            "text": made.extract, "sentences": [line_json(lines[place]) for place in made.extractive],
            "checks": checks_json(made.extractive_checks)},
        "better": made.better,
        "steps": [step_json(step, lines) for step in made.steps],
        "particulars": [
            {"kind": each.kind, "text": each.text, "value": each.value, "document": each.line.document, "start": each.start,
             "end": each.end, "by": each.by, "counted_from": each.counted_from, "open": each.open,
             "sentence": each.line.text} for each in made.particulars],
        "plan": plan_json(plan),
        "versions": [asdict(each) for each in made.versions],
        "stopped": made.stopped,
        "seconds": round(made.seconds, 3),
    }


def point_json(point: Point, lines: tuple[Line, ...]) -> dict:
    """A sentence of a summary with the sentences it rests on."""
    return {
        "text": point.text, "by": point.by, "copy": round(point.copy, 3), "findings": [asdict(each) for each in point.findings],
        "instead": point.instead, "why": list(point.why), "source": [line_json(lines[place]) for place in point.lines]}


def line_json(line: Line) -> dict:
    """A sentence of a document."""
    return {"document": line.document, "start": line.start, "end": line.end, "text": line.text}


def checks_json(checks: Checks) -> dict:
    """What code found."""
    return {
        "fails": checks.fails, "recall": checks.recall, "repeated": round(checks.repeated, 3),
        "dropped": [{"kind": each.kind, "text": each.text} for each in checks.dropped],
        "findings": [asdict(each) for each in checks.findings],
        "sentences": [{"text": each.text, "copy": round(each.copy, 3), "findings": [asdict(one) for one in each.findings]}
                      for each in checks.sentences]}


def step_json(step: Step, lines: tuple[Line, ...]) -> dict:
    """A call: how much it read and wrote, and what."""
    return {
        "level": step.level, "prompt_tokens": step.prompt_tokens, "reply_tokens": step.reply_tokens,
        "again": [{"prompt_tokens": each.prompt_tokens, "reply_tokens": each.reply_tokens, "text": each.text} for each in step.again],
        "read": list(step.read), "below": list(step.below), "text": step.text,
        "sentences": [{"text": point.text, "by": point.by, "lines": list(point.lines), "instead": point.instead, "why": list(point.why)}
                      for point in step.points]}


def draft_json(draft: Draft) -> dict:
    """The draft of a reply, with where its words come from."""
    return {
        "to": draft.to, "subject": draft.subject, "lang": draft.lang, "text": draft.text, "blanks": draft.blanks,
        "parts": [{"kind": part.kind, "text": part.text, "number": part.number, "request": part.request and part.request.text,
                   "source": sentence_json(part.best)} for part in draft.parts],
        "sources": list(draft.sources)}


def summary_lines(made: Summary) -> list[str]:
    """A summary for a person."""
    marks = {"model": "", "extractive": "  [extractive]"}
    dash = "- " if made.plan.brief.length == "bullets" else ""
    lines = [f"{dash}{' '.join(point.text.split())}{marks[point.by]}" for point in made.points]
    if made.plan.why:
        lines.insert(0, tell("en", made.plan.why))
    if made.stopped:
        lines.insert(0, say("en", "summary.stopped"))
    if made.better == "extractive":
        lines += ["", say("en", "summary.extractive_better"), made.extract]
    for version in made.versions:
        recall = "–" if version.recall is None else f"{version.recall:.2f}"
        lines.append(f"{version.words} words: {version.reply_tokens} tokens, {version.seconds:.1f} s, copied {version.copy:.2f}, key items {recall}")
    if made.particulars:
        lines += ["", *(f"{each.kind:11}{each.value or each.text}  {' '.join(each.line.text.split())[:100]}" for each in made.particulars)]
    return lines
