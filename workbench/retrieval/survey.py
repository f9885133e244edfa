"""Questions about a whole set: recognized by their words, answered by looking through every passage.

“How many customers complained about late delivery?” has no passage that answers it; the few best ones would
give a number that is wrong and looks right. So every sentence that speaks of it is counted, by code. A question
whose number stands in a document (“how many days of leave do I get?”) is none of these: what tells them apart is
whether records of the set are counted (mails, reviews, customers who said something) or things.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from workbench.nouns import TABLES, Chunk, Document, Hit, Sentence, Survey
from workbench.retrieval.lexical import LexicalIndex, question_terms, terms
from workbench.retrieval.sentences import sentences
from workbench.retrieval.snapshot import Chunks, Snapshot
from workbench.retrieval.store import Store

DOCUMENTS_AT_ONCE = 50  # whose texts are held
MOSTLY = 2 / 3  # of the words of a question, and of the syllable pairs of a word, where there are three or more

# What is asked for

RECORDS = r"(?:e-?mails?|mails?|messages?|letters?|complaints?|reviews?|comments?|feedback|rows?|records?|entries|tickets?|files?|documents?|notes|reports?|inquiries|enquiries|responses?|passages?|sentences?|transcripts?)"
PEOPLE = r"(?:customers?|clients?|people|users?|reviewers?|guests?|buyers?|employees?|respondents?|persons?|cafes?|shops?|suppliers?|colleagues?)"
THINGS = r"(?:products?|items?|orders?|meetings?|invoices?|contracts?|cases|articles?|machines?|incidents?|projects?)"
SAYS = r"(?:complain\w*|mention\w*|prais\w+|criti\w+|grumbl\w+|rais\w+|dislik\w+|recommend\w*|rat(?:e|es|ed)|writ\w+ about|wrote about|ask\w* (?:for|about)|talk\w* about|speak\w* (?:of|about)|refer\w* to|report\w* (?:a|an|the|that|problems?|about)|(?:un)?happy|(?:dis|un)?satisfied|annoyed|said|says?|describ\w+|contain\w*|discuss\w*|deal with|are about|is about|were about|regret\w*|appear\w*|occur\w*)"
ABOUT = rf"(?:{SAYS}|about|regarding|concerning|with|without|from|that|are there|do we have|did we (?:get|receive)|have we (?:got|received|had)|came|arrived|were (?:sent|received))"
FEW = r"(?:(?!and )[\w'’-]+ ){0,3}?"
MINE = r"\b(?:can|must|should|may|do|does|did) (?:i|you|one|staff)\b|\b(?:need|have) to\b|\brequired\b|\ballowed\b"
ENGLISH = re.compile(
    rf"\b(?:list|enumerate|show|give|find|collect|name|tell|count|get)\b (?:me |us |out |up )?(?:all|every|each)\b"
    rf"|\blist (?:the |any |our )?{FEW}(?:{RECORDS}|{PEOPLE}|{THINGS})\b.*\b{ABOUT}\b"
    rf"|\b(?:all|every|each) (?:of )?(?:the |our )?{FEW}(?:{RECORDS}|{PEOPLE}|{THINGS}) (?:who|that|which|where|in which|about|with|mention\w*|complain\w*)\b"
    rf"|\b(?:how many|which|what|number of|count(?: of)?)(?: of)? {FEW}{RECORDS}\b.*\b{ABOUT}\b"
    rf"|\b(?:how many|which|number of|count(?: of)?)(?: of)? {FEW}(?:{PEOPLE}|{THINGS}) (?:\w+ ){{0,2}}?{SAYS}"
    rf"|\b(?:how many|which) {FEW}{THINGS} .*\b(?:complaints?|bad (?:reviews?|ratings?)|praise|mentioned)\b"
    rf"|\b(?:how often|how many times)\b.*\b(?:mentioned|reported|come up|complain\w*|praised)\b"
    rf"|\b(?:are|were) there (?:any )?{FEW}{RECORDS} (?:that|which|about|with|mention\w*)\b|\bhow many {FEW}(?:reviews?|ratings?) (?:give|gave)\b"
    rf"|^who (?:all )?(?:complained|praised|grumbled)\b"
    rf"|\bin (?:which|how many|what) {FEW}{RECORDS}\b"
    rf"|\bwhat (?:do|did|are) (?:our |the )?{PEOPLE} (?:say|think|complain|like|dislike|prais|saying|complaining|unhappy)"
    rf"|\b(?:across|in|through) (?:all|the whole|the entire) (?:of )?(?:the |our )?(?:{RECORDS}|collection|corpus|set)\b",
    re.IGNORECASE)

RECORDS_KO = r"(?:후기|리뷰|이?메일|불만|민원|문의|의견|피드백|댓글|문서|파일|보고서|회의록|클레임|컴플레인|사례|행)"
PEOPLE_KO = r"(?:고객|손님|구매자|이용자|사용자|응답자|작성자|소비자|회원|사람|직원|거래처|업체)"
THINGS_KO = r"(?:제품|상품|주문|회의|계약|품목|메뉴|항목|프로젝트)"
SAYS_KO = r"(?:언급|불평|불만|칭찬|지적|항의|추천|만족|아쉬워|아쉽|투덜|호소|컴플레인|클레임|좋아|싫어)"
ABOUT_KO = rf"(?:{SAYS_KO}|나오|나온|나와|말하|말한|이야기|얘기|다루|다룬|포함|들어 ?있|적혀|적힌|쓰여|담긴|담고|관한|관련|대한|대해|있나|있습|있는|있어|왔|받았|들어왔|접수)"
TELL_KO = r"(?:나열|열거|알려|찾아|보여|정리|뽑아|말해|모아|골라|적어|세어|추려|확인)"
KOREAN = re.compile(
    rf"(?:모두|전부|모조리|빠짐없이|다|하나하나|하나도 빠짐없이)\s*{TELL_KO}|(?:나열|열거)\s?(?:해|하)|목록\S*\s*(?:{TELL_KO}|만들)"
    rf"|(?:모든|전체) (?:\S+ ){{0,2}}?(?:{RECORDS_KO}|{PEOPLE_KO}|{THINGS_KO})\S*.*{TELL_KO}"
    rf"|(?:어떤|어느|무슨) (?:\S+ )?{RECORDS_KO}\S*.*{ABOUT_KO}|(?:어떤|어느) (?:{PEOPLE_KO}|{THINGS_KO})\S*.*{SAYS_KO}"
    rf"|{ABOUT_KO}\S*\s(?:\S+ ){{0,2}}?{RECORDS_KO}\S*\s*(?:어떤|어느|무엇|뭐|누구|있)"
    rf"|{RECORDS_KO}(?:들)?(?:은|는|이|가|의|을|를|에서|에|\s중에?|\s수는|\s건수는)?\s(?:\S+ ){{0,3}}?(?:몇|얼마나)\s?(?:건|개|통|명|편|줄|행|군데|곳|많|되|있)"
    rf"|몇\s?(?:건|개|통|편|줄|행)의?\s(?:\S+ ){{0,2}}?{RECORDS_KO}|{RECORDS_KO}의?\s(?:건수|개수|수)(?:는|가|를)"
    rf"|{SAYS_KO}\S*\s(?:\S+ ){{0,2}}?(?:{PEOPLE_KO}|{THINGS_KO})\S*\s(?:\S+ )?(?:몇|얼마나|누구|누가|어디|무엇|뭐)"
    rf"|몇\s?(?:명|분|사람|곳|군데)(?:의|이|가|이나)?\s(?:\S+ ){{0,5}}?{SAYS_KO}|{PEOPLE_KO}\S* 몇\s?(?:명|분|곳)\S*\s.*{SAYS_KO}"
    rf"|[다라]고 (?:한|하는|말한|느낀) {PEOPLE_KO}\S* 몇\s?(?:명|분)|누가 .*(?:불평|불만|칭찬|항의)"
    rf"|(?:어떤|어느) (?:고객|손님|구매자)들[이은]? .*(?:요구|요청|신청)"
    rf"|(?:얼마나 자주|몇 번|몇 차례)\S*\s(?:\S+ )?(?:언급|불평|지적)|(?:고객|손님|구매자|이용자)들[은이]\s.*(?:뭐라|무엇|어떤|무슨).*"
    rf"|(?:고객|손님|구매자)\S*\s(?:\S+ ){{0,3}}?(?:어떤|무슨)\s{RECORDS_KO}")
# A number or a paper that a rule asks for, not one that is counted.
RULE_KO = re.compile(r"해야|하려면|제출|필요|까지|최대|최소|이내|한도|써야|받으려|가져|보관|며칠|몇\s?(?:년|월|일|시|분간|점|원|퍼센트|%|도)")


def asks_for_all(question: str) -> bool:
    """Whether a question is about a whole set of records, so that a few passages cannot answer it."""
    if ENGLISH.search(question) and not re.search(MINE, question, re.IGNORECASE):
        return True
    return bool(KOREAN.search(question)) and not RULE_KO.search(question)


# What is looked for

MAIL = re.compile(r"\be-?mails?\b|\bmails?\b|메일", re.IGNORECASE)
VOICES = re.compile(
    r"\b(?:reviews?|reviewers?|feedback|ratings?|comments?|customers?|buyers?|clients?)\b|후기|리뷰|평점|의견|고객|손님|구매자|소비자",
    re.IGNORECASE)
ROWS = re.compile(r"\brows?\b|\bentries\b|표의|행(?:은|이|을|들)", re.IGNORECASE)
COMPLAINTS = re.compile(r"\bcomplain|불만|불평|민원|클레임|컴플레인", re.IGNORECASE)
NAMED_COMPLAINTS = re.compile(r"complain|claim|불만|민원|클레임", re.IGNORECASE)
NAMED_VOICES = re.compile(r"review|feedback|survey|comment|rating|voc|후기|리뷰|의견|설문|평점", re.IGNORECASE)
MAILS = frozenset({"eml", "mbox", "msg"})

# Words of the question that say what is done or which records are meant, not what they speak of.
SCAFFOLD = re.compile(
    rf"(?:{RECORDS}|{PEOPLE}|{THINGS}|{SAYS}|all|every|each|list|enumerate|show|give|find|collect|name|tell|count|get|number|often|times?|please|"
    r"report\w*|ask\w*|talk\w*|speak\w*|spoke|refer\w*|wr\w+|deal|said|think|like|came|arrived|sent|received|got|ever|been|"
    r"different|together|overall|across|whole|entire|collection|corpus|set|regarding|concerning|people|who|someone|anyone|problems?|"
    r"also|only|during|between|without|against|because|please|happen\w*)", re.IGNORECASE)
SCAFFOLD_KO = re.compile(
    rf"(?:{RECORDS_KO}|{PEOPLE_KO}|{THINGS_KO})(?:들)?(?:은|는|이|가|의|을|를|에서|에|중|마다|에게|께서|님)?|{SAYS_KO}\S*|{TELL_KO}\S*"
    r"|(?:모두|전부|모든|전체|모조리|빠짐없이|다|총|각각|하나하나)|(?:어떤|어느|무슨|무엇|뭐|뭐라고|누구|누가|누구인가요|얼마나|자주|많이|많은)\S*|몇\S*"
    r"|(?:건|개|통|명|편|줄|행|군데|곳|분|번|차례)(?:의|이|가|은|는|이나|인가요|이었나요|입니까|인지|나|인가|인지요)?|건수\S*|개수\S*|수는|목록\S*"
    r"|(?:나오|나온|나와|말하|말한|말했|이야기|얘기|다루|다룬|포함|들어|있|적혀|적힌|쓰여|담긴|담고|관한|관련|대한|대해|관해|왔|받았|받은|접수|되|된|했|한|하나|해|주|줘|주세요|싶|만들|나열|열거|온|중)\S*")
PARTICLES = re.compile(r"(?:에서는|에서도|으로는|이라고|라고|에서|에게|으로|이나|까지|부터|처럼|보다|들은|들이|들을|은|는|이|가|을|를|의|에|로|와|과|도|만)$")
ENDINGS = re.compile(r"(?:ingly|edly|ments?|ings?|ies|ied|ed|es|ly|(?<!s)s)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: said in a text that holds at least `least` of the groups, a group by any of its terms."""

    text: str
    groups: tuple[frozenset[str], ...]
    least: int

    def said(self, present: frozenset[str] | set[str]) -> bool:
        """Whether a text with these terms says it."""
        return sum(not group.isdisjoint(present) for group in self.groups) >= self.least


def content_words(question: str) -> list[str]:
    """The words of a question that say what the records are to speak of, lower case, Korean ones without their particle."""
    found: list[str] = []
    for word in re.findall(r"\w+(?:[.-]\w+)*", question.lower()):
        if re.search("[가-힣]", word):
            if not SCAFFOLD_KO.fullmatch(word):
                found.append(PARTICLES.sub("", word) if len(word) > 2 else word)
        elif not SCAFFOLD.fullmatch(word) and question_terms(f"{word} x")[:1] != ["x"]:
            found.append(word)
    return list(dict.fromkeys(found))


def words_of(question: str, lexical: LexicalIndex) -> list[Word]:
    """The content words with every term of the corpus that says the same."""
    return [word_of(text, lexical) for text in content_words(question)]


def word_of(text: str, lexical: LexicalIndex) -> Word:
    """A word: Hangul is said where most of its syllable pairs are, others by any form of the same stem."""
    own = list(dict.fromkeys(terms(text)))
    if re.search("[가-힣]", text):
        return Word(text, tuple(frozenset({term}) for term in own), most(len(own)))
    return Word(text, tuple(frozenset(forms(term, lexical)) for term in own), len(own))


def forms(term: str, lexical: LexicalIndex) -> set[str]:
    """The terms of the corpus with the stem of this one."""
    wanted = stem(term)
    return {term} | {each for each in tuple(lexical.vocabulary.columns) if each.startswith(wanted[:3]) and stem(each) == wanted}


def stem(term: str) -> str:
    """An English term without its ending: delay, delays and delayed are one; so are delivery and delivered."""
    if not term.isascii() or not term.isalpha() or len(term) < 4:
        return term
    cut = ENDINGS.sub("", term)
    cut = cut if len(cut) >= 3 else term
    if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lse":
        return cut[:-1]
    return cut[:-1] if len(cut) > 3 and cut[-1] in "ye" else cut


def most(count: int) -> int:
    """How many of so many parts must be there: both of two, two thirds of more."""
    return count if count < 3 else round(MOSTLY * count)


def meant(question: str, documents: list[Document]) -> np.ndarray:
    """Which documents the records of the question are in, bool of shape (documents,): mails where it asks for mails,
    what is named as reviews where it asks for reviews or customers, that and mails where it asks for complaints, else tables
    where it asks for reviews or rows; all of them where there are none such."""
    names = [f"{document.source} {document.title}" for document in documents]
    tests = []
    if MAIL.search(question):
        tests.append([document.kind in MAILS for document in documents])
    if VOICES.search(question):
        tests.append([bool(NAMED_VOICES.search(name)) for name in names])
    if COMPLAINTS.search(question):
        tests.append([
            document.kind in MAILS or bool(NAMED_VOICES.search(name) or NAMED_COMPLAINTS.search(name))
            for document, name in zip(documents, names, strict=True)])
    if VOICES.search(question) or ROWS.search(question):
        tests.append([document.kind in TABLES for document in documents])
    first = next((test for test in tests if any(test)), [True] * len(documents))
    return np.array(first, dtype=bool)


# Looking through


def survey(held: Snapshot, store: Store, question: str, admitted: np.ndarray) -> Survey:
    """Every sentence of the chunks at the places `admitted` (ascending) that speaks of what the question asks for,
    each once, by the names of the files and in the order of each; of a question that names nothing but records, every record."""
    documents, owners = held.documents(), held.owners()
    numbers = np.unique(owners[admitted])
    numbers = numbers[meant(question, [documents[number] for number in numbers])]
    admitted = admitted[np.isin(owners[admitted], numbers)]
    words = words_of(question, held.lexical)
    chunks = held.by_document(speaking(held, words, admitted) if words else admitted)
    matches = tuple(sentence for each, text in read(store, chunks) for sentence in matching(each, text, words))
    tables = {each.document.id for each in chunks if each.document.kind in TABLES}
    said = [sentence.hit.chunk.document_id for sentence in matches]
    records = len(set(said) - tables) + sum(owner in tables for owner in said)
    return Survey(matches, tuple(word.text for word in words), len(admitted), len(numbers), len(set(said)), records)


def speaking(held: Snapshot, words: list[Word], admitted: np.ndarray) -> np.ndarray:
    """Those of the admitted chunks that say enough of the words, title included."""
    size = held.firsts[-1]
    said = np.zeros(size, dtype=np.int32)
    for word in words:
        groups = np.zeros(size, dtype=np.int32)
        for group in word.groups:
            holding = np.zeros(size, dtype=bool)
            for term in group:
                holding[held.lexical.texts_with(term)] = True
            groups += holding
        said += groups >= word.least
    return admitted[said[admitted] >= most(len(words))]


def read(store: Store, chunks: list[Chunks]) -> Iterator[tuple[Chunks, str]]:
    """The chunks of every document with its text; a few texts are held at a time."""
    for first in range(0, len(chunks), DOCUMENTS_AT_ONCE):
        some = chunks[first : first + DOCUMENTS_AT_ONCE]
        texts = store.texts([each.document.id for each in some])
        yield from ((each, texts[each.document.id]) for each in some if each.document.id in texts)


def matching(chunks: Chunks, text: str, words: list[Word]) -> Iterator[Sentence]:
    """The sentences in these chunks of a document that say enough of the words; the title says its part, but not all."""
    segment, document, own = chunks
    titled = frozenset(terms(document.title))
    wanted = most(len(words))
    for place, start, end in placed(chunks, text):
        said = text[start:end]
        if words:
            present = frozenset(terms(said))
            if not any(word.said(present) for word in words):
                continue
            count = sum(word.said(present | titled) for word in words)
            if count < wanted:
                continue
        elif document.kind not in TABLES and start > int(segment.starts[own[0]]):
            return  # a mail is one record: its first sentence stands for it
        yield Sentence(" ".join(said.split()), start, end, hit(chunks, text, place), 1.0)


def placed(chunks: Chunks, text: str) -> Iterator[tuple[int, int, int]]:
    """(place of the chunk, start, end) of every sentence that begins or ends in these chunks, each once. The sentences
    are those of the text with the chunks next to them, so that none is cut where a chunk is."""
    segment, document, own = chunks
    done = -1
    for run in runs(own):
        first, last = run[0], run[-1]
        before = first and segment.owners[first - 1] == segment.owners[first]
        start = segment.starts[first - 1] if before else segment.starts[first]
        behind = last + 1 < len(segment.ids) and segment.owners[last + 1] == segment.owners[last]
        end = segment.ends[last + 1] if behind else segment.ends[last]
        begins = segment.starts[first : last + 1]
        for from_, to in sentences(text[start:end], document.kind):
            from_, to = int(start) + from_, int(start) + to
            if to > segment.starts[first] and from_ < segment.ends[last] and from_ >= done:
                done = to
                yield first + max(0, int(np.searchsorted(begins, from_, side="right")) - 1), from_, to


def runs(places: Iterable[int]) -> list[list[int]]:
    """Ascending numbers in stretches that follow on one another."""
    found: list[list[int]] = []
    for place in places:
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def hit(chunks: Chunks, text: str, place: int) -> Hit:
    """The chunk of a match; it was counted, not scored."""
    segment, document, _ = chunks
    start, end = int(segment.starts[place]), int(segment.ends[place])
    chunk = Chunk(segment.ids[place], document.id, start, end, text[start:end])
    return Hit(chunk, document.title, document.source, document.page_at(start), 0.0, 0.0, 0.0)
