"""What is stored and passed: frozen data classes in the field's own words. Those of one act alone have a file of their own.

Positions are Unicode code points into `Document.text`; sizes are tokens of a real tokenizer;
times are seconds.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Lang = Literal["en", "ko"]
Lane = Literal["closed", "rag", "extract", "oracle", "noise", "mixed", "counter", "position", "stuffed", "shuffled"]
Order = Literal["auto", "best-last", "best-first"]
# Of a prompt: what serves the model, the file's own chat template, plain text, or a format of models/formats.py.
Form = Literal[
    "auto", "completion", "chat", "chatml", "llama-2", "llama-3", "alpaca", "vicuna", "koala", "wizardlm", "openassistant",
    "gemma", "phi", "mistral", "zephyr"]
Written = Literal["completion", "chat", "text"]  # the form a prompt has: `text` is a task for a text-to-text model
# A file on its way in, in the order of the steps; then how it ended.
Mend = Literal["none", "read", "embed", "restore", "sweep", "go_on"]
State = Literal["received", "parsed", "embedded", "ready", "duplicate", "failed", "deleting"]
Reason = Literal["budget", "excerpt", "enough"]
# Where an answer with a known gold went wrong, in the order of the ways; `answered` where it did not.
Stage = Literal["not_in_documents", "not_retrieved", "cut", "not_used", "contradicted", "answered"]
Thumb = Literal[-1, 0, 1]
# What speaks against an answer in the passages.
Why = Literal["missing", "opposed", "typeless", "few", "far"]
# How two documents are alike: letter for letter but for case and spaces, by their wording, by their vectors.
By = Literal["exact", "wording", "meaning"]
Language = Literal["en", "ko", "other"]
Kind = Literal["short", "long", "yesno", "number", "mcq", "unanswerable"]  # of a question, by what answers it

TABLES = ("csv", "xlsx")  # kinds of documents whose every line is a record
MAILS = ("eml", "mbox", "msg")  # kinds of documents that quote each other
REPEATED = 0.9  # share of an aside's lines that have to stand elsewhere, so that it need not be found itself
LANES: tuple[Lane, ...] = ("closed", "rag", "extract")  # that a question can be asked in; the others need its known answer
TOP_K = 0  # as many passages as fit the window and the model makes good use of
WINDOW = 2048
REPLY = 96


@dataclass(frozen=True, slots=True)
class Document:
    """One readable text. `pages` holds the start of every page, empty where there are none; `date` is the
    ISO day the content bears itself (a mail's header, a file's own properties), empty where it bears none.

    `parent` is the id of the document it was attached to. `asides` are the stretches (start, end) that say
    again what stands elsewhere as well: the quoted history and the signature of a mail.
    """

    id: str
    title: str
    text: str
    source: str
    kind: str
    pages: tuple[int, ...] = ()
    date: str = ""
    parent: str = ""
    asides: tuple[tuple[int, int], ...] = ()

    def page_at(self, position: int) -> int | None:
        """The page, counted from 1, that the position stands on."""
        return bisect_right(self.pages, position) or None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents of a corpus may be read. An empty field restricts nothing; `since` and `until`
    are ISO days, both included, and leave out documents without a date."""

    files: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def admits(self, document: Document) -> bool:
        """Whether the document may be read."""
        if self.files and document.source not in self.files:
            return False
        if self.kinds and document.kind not in self.kinds:
            return False
        if (self.since or self.until) and not document.date:
            return False
        return self.since <= document.date and (not self.until or document.date <= self.until)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a document: `document.text[start:end] == text`, always."""

    id: str
    document_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a question found, and how.

    `score` is the fused one (mean of two z-scores, comparable within one question only);
    `dense` is a cosine, `lexical` a BM25 score.
    """

    chunk: Chunk
    title: str
    source: str
    page: int | None
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence of the retrieved passages that fits a question best, and where it stands."""

    text: str
    start: int
    end: int
    hit: Hit
    score: float


@dataclass(frozen=True, slots=True)
class Survey:
    """A full pass over a corpus for a question about all of it: every sentence that speaks of what is
    asked, in the order of the documents. `read` passages of `documents` documents were looked through
    for `terms`; `matched` of the documents hold a match. `records` is what “how many” asks for: a row of a
    table is one, and else a whole document, as a mail is."""

    matches: tuple[Sentence, ...]
    terms: tuple[str, ...]
    read: int
    documents: int
    matched: int
    records: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer beside the passages the model read.

    `copy`: share of its word trigrams that stand in one passage (character 4-grams in Korean);
    `numbers` and `names`: those of the sentence that stand in no passage; `passage`: place of the
    passage that supports it best, None where none does.
    """

    text: str
    copy: float
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    passage: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation, as it stands alone, with the answers that were given with the documents and
    without: each lane remembers its own, or the documents would speak out of the model alone."""

    question: str
    answer: str
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What the model reads of a hit: the whole chunk, or whole sentences of it (`excerpt`)."""

    hit: Hit
    text: str
    excerpt: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A hit the window had no room for, with the reason and what it would have cost."""

    hit: Hit
    reason: Reason
    tokens: int


@dataclass(frozen=True, slots=True)
class Budget:
    """How the window is spent, in tokens of the model that reads it; the parts add up to `window`.
    `history`: earlier turns of the conversation. `beside`: tokens for a reply that has room of its own, outside the window:
    `reserve` is then 0. `bound`: the figures are upper bounds."""

    window: int
    instructions: int
    question: int
    passages: int
    reserve: int
    history: int = 0
    beside: int = 0
    bound: bool = False

    @property
    def prompt(self) -> int:
        """Tokens of the whole prompt."""
        return self.instructions + self.history + self.question + self.passages

    @property
    def free(self) -> int:
        """Tokens nobody uses."""
        return self.window - self.prompt - self.reserve


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one answer is made. With and without retrieval differ in `lane` alone.

    `top_k` 0 leaves the number of passages to the window and the model, `order` auto to what was
    measured for the model. `noise`: share of the passages that hold no answer, of lane `mixed`; `slot`: place of the gold
    passage in the order of reading, from 1, of lane `position`.
    """

    lane: Lane
    corpus: str = ""
    top_k: int = TOP_K
    window: int = WINDOW
    reply: int = REPLY
    order: Order = "auto"
    temperature: float = 0.0
    seed: int = 0
    model: str = ""
    form: Form = "auto"
    filter: Filter = Filter()
    noise: float = 0.0
    slot: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """One turn for a chat template."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked to continue: chat turns for its template or for a `format` of models/formats.py, or plain text.

    `stop` ends the reply before any of these strings.
    """

    messages: tuple[Message, ...] = ()
    text: str = ""
    stop: tuple[str, ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds are counted from the moment the prompt was handed to the model's queue. A number of tokens is 0 where a server
    does not say it."""

    prompt_tokens: int
    reply_tokens: int
    first_token_seconds: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """What code can know about an answer without a judge; None where it cannot be known.

    `relevance`: best cosine of a passage with the question. `coverage`: share of the question's
    term weight found in the passages. `probability`: geometric mean of the reply's token
    probabilities. `support`: copy support of the answer's weakest sentence.
    """

    relevance: float | None = None
    coverage: float | None = None
    probability: float | None = None
    support: float | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """What an unfinished answer waits for: `ahead` other users, then the rest of its prompt to be read, which
    will take about `seconds` more (None where nobody knows yet)."""

    ahead: int = 0
    read: int = 0
    of: int = 0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether code takes the passages not to hold an answer (`refused`), and what it goes by.

    `score`: from 0 (they do) to 1; `missing`: names, numbers and words of the question that stand in none of
    them; `why`: what speaks against an answer.
    """

    refused: bool
    score: float
    missing: tuple[str, ...] = ()
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One lane's answer with all that explains it. `prompt` is letter for letter what was sent.

    `question` is as it was asked, `standalone` as it was searched and answered: they differ for a
    follow-up. `turns` are those of the conversation that the model read. `stage` says where an answer
    with a known gold went wrong, None where no gold is known.
    """

    question: str
    recipe: Recipe
    text: str = ""
    prompt: str = ""
    budget: Budget | None = None
    hits: tuple[Hit, ...] = ()
    passages: tuple[Passage, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    best: Sentence | None = None
    timing: Timing | None = None
    confidence: Confidence = field(default_factory=Confidence)
    relevance: Relevance | None = None
    flags: tuple[str, ...] = ()
    used: int | None = None
    error: "Remark | None" = None
    done: bool = False
    wait: Wait | None = None
    survey: Survey | None = None
    claims: tuple[Claim, ...] = ()
    stage: Stage | None = None
    standalone: str = ""
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Where the evidence for an answer stands, in the text of a file as it was ingested; `text` is what stands there.
    `title` tells which of its documents is meant, where a file holds several."""

    document: str
    start: int
    end: int
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A passage that says something false: the gold passage with an answer of the same kind in the place of the right one."""

    answer: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a corpus with its known answers: a line of JSON lines, version 1.

    No answers only where it is `unanswerable`. `evidence`: the spans that answer it, the answer itself or its sentence;
    `gold_documents`: names of the files that do; `judgments`: how relevant files are, where that was graded (BEIR's qrels, 0:
    judged to be of no use). Of choices the one at `answer_index`, counted from 0, is right. `gold_text`: the passage that an
    oracle reads. `nuggets`: what a long answer has to say. `popularity`: how much the world speaks of what is asked. `as_of`:
    ISO day from which the answers hold. `after`: id of the question that a follow-up leans on. `unknown`: what else the line
    had, kept as it was.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    kind: Kind
    evidence: tuple[Span, ...]
    tags: tuple[str, ...]
    lang: Lang
    after: str = ""
    choices: tuple[str, ...] = ()
    answer_index: int | None = None
    gold_documents: tuple[str, ...] = ()
    judgments: tuple[tuple[str, int], ...] = ()
    gold_text: str = ""
    counter: Counterfactual | None = None
    nuggets: tuple[str, ...] = ()
    popularity: float | None = None
    as_of: str = ""
    split: str = ""
    source: str = ""
    license: str = ""
    unknown: dict[str, object] = field(default_factory=dict, hash=False)

    @property
    def retrieval_only(self) -> bool:
        """Whether it is known where an answer stands, and no answer."""
        return not self.answers and self.kind != "unanswerable"

    def grade(self, document: str) -> int:
        """How relevant a file is: as it was judged, else 1 for a gold one."""
        return dict(self.judgments).get(document, int(document in self.gold_documents))


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell a person, not yet in words: `words.tell` makes it English or Korean."""

    code: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; no remarks where all of it went in. `size` in bytes, `tokens` of the embedder;
    `seconds` from its bytes to its vectors."""

    name: str
    state: State
    remarks: tuple[Remark, ...]
    chunks: int
    id: int = 0
    documents: int = 0
    pages: int = 0
    size: int = 0
    tokens: int = 0
    seconds: float = 0.0
    kinds: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the store that is not as it should be, of a file (`id`) where it is one's; `harm`: damage, and not only
    worth knowing. `mend` is what repairs it: read the original again, embed again, find again by itself, remove what is left
    over, go on."""

    remark: Remark
    corpus: str = ""
    file: str = ""
    id: int = 0
    mend: Mend = "none"
    harm: bool = True


@dataclass(frozen=True, slots=True)
class Health:
    """What stands in the store; `size` in bytes of originals."""

    corpora: tuple[str, ...]
    files: int
    documents: int
    chunks: int
    size: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged."""
        return not any(fault.harm for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of an ingest: the file at work and the share of it that is done, or its report once it is finished."""

    name: str
    stage: Literal["receiving", "reading", "embedding", "done"]
    done: int
    total: int
    report: FileReport | None = None
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Tensors:
    """The tensors of a file that are quantized alike; `size` in bytes."""

    type: str
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Card:
    """What a GGUF says of itself, as llama.cpp reads it. Sizes in bytes.

    `heads`, `kv_heads` and `head_size` are those of attention, `width` is that of the embedding; 0 where the file does not
    say. `tokenizer` is the kind of model that cuts text into tokens. `fast`: types of these tensors that this processor has
    a faster layout for. `sha256` of the whole file is empty until somebody asked for it. `encoder`: an encoder reads the
    prompt and a decoder writes beside it, as in T5; `context_length` is then the encoder's. `server` is the host of the server
    that runs it, empty where this workbench does; sizes are 0 where it does not say them. `bound`: the model's tokenizer is not
    at hand, counts of prompts are upper bounds.
    """

    name: str
    path: str
    architecture: str
    description: str
    parameters: int
    size: int
    context_length: int
    layers: int
    vocabulary: int
    license: str
    chat_template: bool
    add_bos: bool
    characters_per_token: dict[str, float]
    control_tokens: tuple[str, ...] = field(repr=False, default=())
    heads: int = 0
    kv_heads: int = 0
    head_size: int = 0
    width: int = 0
    tokenizer: str = ""
    tensors: tuple[Tensors, ...] = ()
    fast: tuple[str, ...] = ()
    sha256: str = ""
    encoder: bool = False
    server: str = ""
    bound: bool = False

    def window(self, wanted: int) -> int:
        """Tokens of the window where so many are wanted: an encoder has no more than its own, whatever the decoder beside
        it is set to."""
        return min(wanted, self.context_length) if self.encoder else wanted

    def reserve(self, reply: int) -> int:
        """Tokens of the window that are kept for a reply of so many: none where a decoder writes it in room of its own."""
        return 0 if self.encoder else reply


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a model on this computer. Speeds in tokens a second; `best_last` and `best_first`: mean
    log-probability of a known answer's tokens with the best passage next to the question or farthest from it, None
    where that was not measured; `error`: standard error of their difference over the same questions. An encoder-decoder
    writes the slower the longer its source is: `writing` after `long` tokens, `writing_short` after `short`."""

    reading: float
    writing: float
    best_last: float | None = None
    best_first: float | None = None
    error: float = 0.0
    questions: int = 0
    writing_short: float | None = None
    short: int = 0
    long: int = 0

    @property
    def order(self) -> Order:
        """The order of passages that serves the model; the usual one unless the other is better beyond chance."""
        if self.best_first is None or self.best_last is None:
            return "best-last"
        return "best-first" if self.best_first - self.best_last > 2 * self.error else "best-last"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question that was kept, with all its answers. `asked` counts seconds since the epoch; `thumb` is what
    a person thought of it, 0 where nobody said, and `reason` why."""

    id: int
    asked: float
    question: str
    corpus: str
    answers: tuple[Answer, ...]
    thumb: Thumb = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, by id, that are alike.

    `similarity`, from 0 to 1: the share of the shorter one's wording that stands in the other, a cosine where `by` is
    meaning. `limit`: the calibrated one from which pairs of their language count as near duplicates. `only_first` and
    `only_second`: numbers, days, names and words that one says and the other lacks, the first few.
    """

    first: str
    second: str
    similarity: float
    limit: float
    by: By
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()

    @property
    def different(self) -> bool:
        """Whether each says what the other lacks, as the invoices of two months do: neither may stand for the other."""
        return bool(self.only_first and self.only_second)

    def lacking(self, kept: str) -> tuple[str, ...]:
        """What would be lost where one stands for both."""
        return self.only_second if kept == self.first else self.only_first


@dataclass(frozen=True, slots=True)
class Group:
    """Documents, by id, that one of them can stand for."""

    kept: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """A document, or one page of it, with hardly anything in it; `size` in letters for a page, in tokens for a document."""

    document: str
    size: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How much of a corpus is in a language."""

    language: Language
    documents: int
    characters: int
    tokens: int

    @property
    def characters_per_token(self) -> float:
        """What the tokenizer makes of the language; 0 where there are no tokens."""
        return self.characters / self.tokens if self.tokens else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """How many texts have from `least` up to, not including, `end` tokens."""

    least: int
    end: int
    count: int


@dataclass(frozen=True, slots=True)
class Quality:
    """What stands in a corpus and how good it is to search. Tokens are those of `tokenizer`: the selected model's, or the
    embedder's where `model` is empty because none could be loaded.

    `refused`: documents that were not taken in because they were there already; `collapsed`: those that another stands for
    now. `pairs` are the most alike first, from well below their limits, so that a threshold can be moved; `empty_pages` and
    `brief` are nearly without letters, without tokens. `window` is the size the corpus' `tokens` are counted in.
    """

    corpus: str
    model: str
    tokenizer: str
    documents: int
    chunks: int
    characters: int
    tokens: int
    window: int
    refused: int
    collapsed: int
    pairs: tuple[Pair, ...]
    empty_pages: tuple[Short, ...]
    brief: tuple[Short, ...]
    languages: tuple[Spread, ...]
    chunk_sizes: tuple[Bin, ...]
    document_sizes: tuple[Bin, ...]

    @property
    def windows(self) -> int:
        """How many context windows the corpus would fill."""
        return -(-self.tokens // self.window)
