"""A measurement made by hand: every lane, two windows, both languages, and something evil wherever a word comes from outside."""

from dataclasses import replace

from workbench.measure.lanes import recipes
from workbench.nouns import Counterfactual, Question, Recipe, Remark, Span, Timing
from workbench.nouns.measure import Outcome, Ranking, Read
from workbench.nouns.runs import Column, Mark, ModelFacts, Run, Setup

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}${7*7}</style></title>&amp;"
LANES = ("rag", "oracle", "noise", "mixed", "counter", "position", "stuffed")
MODEL = "/home/me/secret/tiny.gguf"


def question(number: int, lang="en", word="") -> Question:
    """One about a number that stands in a passage, and a false number."""
    text = f"What is the code of room {number}{word}?" if lang == "en" else f"{number}호실의 비밀번호는 무엇입니까{word}?"
    file = f"{'rooms' if lang == 'en' else '객실'}-{number // 4}{word}.txt"
    answer = f"code{number}" if lang == "en" else f"비밀{number}번"
    return Question(
        f"{lang}-{number}", text, (answer,), "short", (Span(file, 0, len(answer), answer),),
        (f"floor {number % 2}{word}", *(("attic",) if number == 7 else ())), lang, gold_documents=(file,), gold_text=answer, popularity=10.0 ** (1 + number % 5), counter=Counterfactual(f"fake{number}", f"It is fake{number}."))


def columns() -> tuple[Column, ...]:
    """Every lane there is, `rag` at two windows."""
    base = Recipe("closed", corpus="rooms", model=MODEL, window=1024, reply=32)
    some = [Column("extract", replace(base, lane="extract", model="")), Column("closed", base)]
    some += [Column("rag", replace(base, lane="rag", window=512))]
    some += [Column(name, recipe) for lane in LANES for name, recipe in recipes(lane, base)]
    some += [Column("again", base), Column("shuffled", replace(base, lane="shuffled")), Column("closed_large", replace(base, model=""))]
    return tuple(some)


def right(place: int, name: str, number: int) -> bool:
    """Which answers are right: of `closed` every eighth, of the others more, the gold passage most."""
    share = {"closed": 8, "again": 8, "shuffled": 9, "noise": 9, "counter": 0, "closed_large": 2}.get(name.partition("(")[0], 3)
    return bool(share) and (number + place) % share == 0 if share > 2 else number % 4 < share


def run(count: int = 36, word: str = "") -> Run:
    """A finished run over so many questions in each language; `word` comes in wherever a word does."""
    made = columns()
    questions = tuple(question(number, lang, word) for lang in ("en", "ko") for number in range(count if lang == "en" else count - 4))
    outcomes = []
    for place, column in enumerate(made):
        for number, each in enumerate(questions):
            good = right(place, column.name, number)
            text = each.answers[0] if good else f"fake{each.id.split('-')[1]}" if column.name == "counter" else f"=cmd|' /C calc'!A0{word}"
            read = (Read(each.gold_documents[0], 0, 30, f"+{each.answers[0]}{word}", True), Read(f"@other{word}", 0, 9, f"문단입니다{word}"))
            failed = Remark("lane_no_noise", {}) if column.name == "noise" and number % 12 == 5 else None
            outcomes.append(Outcome(
                each.id, place, -1 if column.name == "extract" else number // 16, "" if failed else text, f"prompt{word}",
                () if column.name == "closed" else read, "length" if number % 5 == 0 else "end", Timing(100, 3, 0.1, 0.5), (-0.1 - number % 7 / 9,) * 3,
                evidence=("read", "cut", "missed")[number % 3] if column.name == "rag" else "unknown", error=failed))
    marks = [Mark(-1, -1, 2.0)]
    for place, column in enumerate(made):
        batches = 0 if column.name == "extract" else (len(questions) + 15) // 16
        marks += [Mark(place, -1, 0.5, "x", batches), *(Mark(place, batch, 8.0, memory=300_000_000) for batch in range(batches))]
    rankings = tuple(Ranking(each.id, (0, 1) if number % 3 else (1,), (1,), 1 + number % 3, number % 2) for number, each in enumerate(questions))
    setup = Setup(
        "20260305-090700-abcd", 1_772_700_000.0, f"rooms{word}", made, questions,
        (ModelFacts(MODEL, 98_000_000, 135_000_000, "f" * 64, ("en", "ko"), "completion", True),),
        {"questions": "1" * 64, "prompts": "2" * 64, "index": "3" * 64, "embedder": "mini"}, left_out=(("not_covered", 3),))
    return Run(setup, rankings, tuple(outcomes), tuple(marks))
