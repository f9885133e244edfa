"""Every stage, in both languages, from answers made by hand and from the samples as they are found."""

import pytest

from workbench import corpora
from workbench.ask import ask
from workbench.nouns import Answer, Chunk, Document, Hit, Passage, Question, Recipe, Span
from workbench.scoring import is_yes_or_no
from workbench.search import search
from workbench.stages import contradicts, found, kept, overlaps, stage, stated, used

TEXTS = {
    "en": ("Our shop is old. Home customers may send back any item within 38 days of delivery. The manager is Jane Austen.",
           "Nothing of interest stands in this other file at all."),
    "ko": ("우리 가게는 오래되었다. 고객은 배송 뒤 38일 안에 물건을 돌려보낼 수 있다. 점장은 탁현주이다.", "이 파일에는 쓸모 있는 말이 하나도 없다."),
}
EVIDENCE = {"en": "within 38 days of delivery", "ko": "배송 뒤 38일 안에"}
QUESTIONS = {"en": "How many days do customers have?", "ko": "고객은 며칠 안에 돌려보낼 수 있나요?"}
DAYS = {"en": "38 days", "ko": "38일"}


def documents(lang):
    return [Document(name, name, text, f"{name}.txt", "txt") for name, text in zip("ab", TEXTS[lang], strict=True)]


def question(lang, evidence=None, answers=None, kind="number", text=None) -> Question:
    span = EVIDENCE[lang] if evidence is None else evidence
    start = TEXTS[lang][0].find(span)
    spans = (Span("a.txt", start, start + len(span), span),) if span else ()
    return Question("q", text or QUESTIONS[lang], (DAYS[lang],) if answers is None else answers, kind, spans, (), lang)


def hits(lang, *files) -> tuple[Hit, ...]:
    return tuple(
        Hit(Chunk(each.id, each.id, 0, len(each.text), each.text), each.title, each.source, None, 1.0, 0.5, 1.0)
        for each in documents(lang) if each.id in files)


def answer(lang, text, lane="rag", retrieved="a", read="a", excerpt="", flags=()) -> Answer:
    own = hits(lang, *retrieved) if lane != "closed" else ()
    passages = tuple(Passage(hit, excerpt or hit.chunk.text, bool(excerpt)) for hit in own if hit.chunk.id in read) if lane == "rag" else ()
    return Answer(QUESTIONS[lang], Recipe(lane=lane), text=text, hits=own, passages=passages, flags=flags, done=True)


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(("english", "korean", "options", "expected"), [
    ("38 days", "38일입니다.", {}, "answered"),
    ("thirty-eight", "38일 안에 돌려보낸다", {}, "answered"),
    ("38 days", "38일", {"retrieved": "b"}, "answered"),  # by luck or by heart: still right
    ("48 days", "48일", {}, "contradicted"),
    ("I don't know.", "알 수 없습니다.", {}, "not_used"),
    ("", "", {}, "not_used"),
    ("quickly", "빨리", {}, "not_used"),
    ("I cannot answer within 48 days", "48일인지 알 수 없습니다", {}, "not_used"),
    ("48 days", "48일", {"retrieved": "b", "read": "b"}, "not_retrieved"),
    ("48 days", "48일", {"retrieved": ""}, "not_retrieved"),
    ("48 days", "48일", {"retrieved": "ab", "read": "b"}, "cut"),
    ("48 days", "48일", {"read": ""}, "cut"),
])
def test_ways_to_lose_a_number(lang, english, korean, options, expected):
    assert stage(answer(lang, english if lang == "en" else korean, **options), question(lang), documents(lang)) == expected


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_an_excerpt_keeps_what_it_holds(lang):
    wrong = {"en": "48 days", "ko": "48일"}[lang]
    without, with_it = {"en": ("Our shop is old.", "They may return it within 38 days of delivery."),
                        "ko": ("우리 가게는 오래되었다.", "배송 뒤 38일 안에 물건을")}[lang]
    lost, held = (answer(lang, wrong, excerpt=text) for text in (without, with_it))
    assert stage(lost, question(lang), documents(lang)) == "cut" and not kept(lost, question(lang))
    assert stage(held, question(lang), documents(lang)) == "contradicted" and kept(held, question(lang))
    assert found(lost, question(lang)) and not used(lost, question(lang))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_what_no_document_holds(lang):
    text = {"en": "12 days", "ko": "12일"}[lang]
    assert stage(answer(lang, text), question(lang), documents(lang)[1:]) == "not_in_documents"
    nowhere = question(lang, evidence="", answers=("Canberra",) if lang == "en" else ("캔버라",), kind="short")
    assert stage(answer(lang, text), nowhere, documents(lang)) == "not_in_documents"
    without_spans = question(lang, evidence="", answers=("Jane Austen",) if lang == "en" else ("탁현주",), kind="short")
    assert stage(answer(lang, text), without_spans, documents(lang)) == "not_used"
    assert stage(answer(lang, text, retrieved="b"), without_spans, documents(lang)) == "not_retrieved"


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("lane", ["rag", "closed"])
def test_a_question_that_nothing_answers(lang, lane):
    open_question = question(lang, evidence="", answers=(), kind="unanswerable")
    refusal, invented = ("I don't know.", "12 days") if lang == "en" else ("문서에 나와 있지 않습니다.", "12일")
    assert stage(answer(lang, refusal, lane), open_question, documents(lang)) == "answered"
    assert stage(answer(lang, invented, lane), open_question, documents(lang)) == "not_in_documents"
    assert stage(answer(lang, invented, lane, flags=("low_relevance",)), open_question, documents(lang)) == "answered"


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_model_alone_loses_nothing_on_the_way(lang):
    right, wrong, silent = ("38 days", "12 days", "I don't know") if lang == "en" else ("38일", "12일", "모르겠습니다")
    stages = [stage(answer(lang, text, "closed"), question(lang), []) for text in (right, wrong, silent)]
    assert stages == ["answered", "contradicted", "not_used"]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_sentence_of_the_documents_contradicts_nobody(lang):
    best, other = (TEXTS[lang][0].split(". ")[place] + "." for place in (1, 0))
    assert stage(answer(lang, best, "extract"), question(lang), documents(lang)) == "answered"
    assert stage(answer(lang, other, "extract"), question(lang), documents(lang)) == "not_used"
    assert stage(answer(lang, "48", "extract"), question(lang), documents(lang)) == "not_used"
    assert stage(answer(lang, other, "extract", retrieved="b"), question(lang), documents(lang)) == "not_retrieved"


@pytest.mark.parametrize(("gold", "kind", "asks", "text", "so"), [
    ("no", "yesno", "May I?", "Yes, you may.", True), ("no", "yesno", "May I?", "green", False), ("아니요", "yesno", "되나요?", "네, 됩니다.", True),
    ("Jane Austen", "short", "Who?", "Peter Smith", True), ("Jane Austen", "short", "Who?", "the old shop", False),
    ("Jane Austen", "short", "Who?", "It may have been Peter Smith, who was there all day long", False),
    ("탁현주", "short", "점장은 누구인가요?", "석태오 과장", True), ("탁현주", "short", "점장은 누구인가요?", "모르겠습니다", False),
    ("$150", "number", "How much?", "It is $200.", True), ("$150", "number", "How much?", "3 weeks", False),
    ("15 April", "short", "When?", "5 May", True), ("오후 6시", "short", "언제까지?", "오전 9시", True), ("green", "short", "What?", "red", False),
    ("38 days", "number", "How long?", "Question: 12 days", False),
])
def test_contradictions(gold, kind, asks, text, so):
    assert contradicts(text, Question("q", asks, (gold,), kind, (), (), "en")) is so


@pytest.mark.stress
@pytest.mark.parametrize("corpus", corpora.samples())
def test_the_samples_as_they_are_found(samples, corpus):
    own = samples.store.documents(corpus)
    asked = corpora.answerable(corpus)
    for each in asked:
        hits = search(samples, each.text, corpus, 3).hits
        read = Answer(each.text, Recipe(lane="rag", corpus=corpus), hits=hits, passages=tuple(Passage(hit, hit.chunk.text) for hit in hits))
        is_found = any(overlaps(hit, span) for hit in hits for span in each.evidence)
        assert stage(read, each, own) == ("not_used" if is_found else "not_retrieved")
        assert stage(Answer(each.text, Recipe(lane="rag"), text=each.answers[0], hits=hits), each, own) == "answered", each
        assert stage(read, each, []) == "not_in_documents"
        if not is_yes_or_no(each) and is_found:
            unread = Answer(each.text, Recipe(lane="rag"), hits=hits)
            assert stage(unread, each, own) == "cut"
    outside = [each for each in corpora.questions(corpus) if not each.evidence]
    assert {stage(Answer(each.text, Recipe(lane="rag"), text="…"), each, own) for each in outside if each.answers} == {"not_in_documents"}


def test_stages_of_real_answers(samples, scripted):
    scripted("38 days", "12 days", "no idea")
    asked = next(each for each in corpora.questions("harbor-lane") if each.id == "hl-001")
    own = samples.store.documents("harbor-lane")
    stages = [stage(ask(samples, asked.text, [Recipe(lane="rag", corpus="harbor-lane")])[0], asked, own) for _ in range(3)]
    assert stages == ["answered", "contradicted", "not_used"]


@pytest.mark.parametrize(("asked", "so"), [("What does the Gannet grinder cost?", True), ("사과는 얼마인가요?", False)])
def test_an_amount_is_stated_where_its_row_speaks_of_what_is_asked(asked, so):
    document = Document("1", "prices", "product,price\nGannet grinder,12500\nSlackwater,900", "prices.csv", "csv")
    assert stated(Question("q", asked, ("12500",), "number", (), (), "en"), [document]) is so
