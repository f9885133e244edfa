"""Nouns as JSON and as lines."""

import json
from dataclasses import asdict

from workbench.models.addresses import leaves
from workbench.nouns import Answer, FileReport, Hit, Sentence, Survey
from workbench.words import COUNTING, tell


def file_json(report: FileReport) -> dict:
    """A file's fate."""
    reason = " ".join(tell("en", remark) for remark in report.remarks)
    return {"name": report.name, "state": report.state, "reason": reason, "chunks": report.chunks}


def hit_json(hit: Hit) -> dict:
    """A passage that was found."""
    return {
        "document": hit.chunk.document_id,
        "title": hit.title,
        "source": hit.source,
        "page": hit.page,
        "start": hit.chunk.start,
        "end": hit.chunk.end,
        "score": round(hit.score, 4),
        "dense": round(hit.dense, 4),
        "lexical": round(hit.lexical, 4),
        "text": hit.chunk.text,
    }


def sentence_json(sentence: Sentence | None) -> dict | None:
    """The best sentence with its place."""
    if sentence is None:
        return None
    return {
        "text": sentence.text,
        "document": sentence.hit.chunk.document_id,
        "source": sentence.hit.source,
        "start": sentence.start,
        "end": sentence.end,
    }


def answer_json(answer: Answer) -> dict:
    """An answer with all that explains it."""
    timing = answer.timing
    return {
        "lane": answer.recipe.lane,
        "sent_to": leaves(answer.recipe.model) if answer.recipe.lane != "extract" else "",
        "text": answer.text,
        "best": sentence_json(answer.best),
        "prompt_tokens": timing.prompt_tokens if timing else 0,
        "reply_tokens": timing.reply_tokens if timing else 0,
        "first_token_seconds": timing and timing.first_token_seconds,
        "seconds": timing.seconds if timing else 0.0,
        "budget": answer.budget and asdict(answer.budget) | {"prompt": answer.budget.prompt, "free": answer.budget.free},
        "hits": [hit_json(hit) for hit in answer.hits],
        "passages": [{"source": each.hit.source, "text": each.text, "excerpt": each.excerpt} for each in answer.passages],
        "left_out": [
            {"source": left.hit.source, "start": left.hit.chunk.start, "reason": left.reason, "tokens": left.tokens}
            for left in answer.left_out
        ],
        "confidence": asdict(answer.confidence),
        "flags": list(answer.flags),
        "error": answer.error and tell("en", answer.error),
        "used": answer.used,
        "standalone": answer.standalone,
        "claims": [asdict(claim) for claim in answer.claims],
        "relevance": answer.relevance and asdict(answer.relevance),
        "stage": answer.stage,
        "survey": answer.survey and survey_json(answer.survey),
        "prompt": answer.prompt,
    }


def survey_json(survey: Survey) -> dict:
    """A full pass with every match."""
    return {
        "records": survey.records, "read": survey.read, "documents": survey.documents, "matched": survey.matched, "terms": list(survey.terms),
        "matches": [sentence_json(match) for match in survey.matches]}


def line(report: FileReport) -> str:
    """A file's fate in one line."""
    reason = " ".join(tell("en", remark) for remark in report.remarks)
    chunks = COUNTING.format("{count} {count:chunk|chunks}", count=report.chunks) if report.chunks else ""
    return f"{report.state:10}{report.name}  {chunks}{reason and '  ' + reason}"


def place(hit: Hit) -> str:
    """Where a passage stands."""
    return f"{hit.source}{f', page {hit.page}' if hit.page else ''}"


def show(value: dict) -> None:
    """Print an object as one line of JSON."""
    print(json.dumps(value, ensure_ascii=False), flush=True)
