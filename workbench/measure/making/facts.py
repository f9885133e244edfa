"""Sentences and rows of a document that can be asked about: they say one number, day, amount or name, and stand by themselves.
Pure.

A sentence that leans on the one before (“In that case it …”, “이 경우 …”), that begins in the middle, that is a heading, a
greeting or a question, or that says two of a kind, is passed over: there are always others.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.grounding import LOOSE, names
from workbench.languages import language
from workbench.nouns import TABLES, Document, Lang
from workbench.quantities import Quantity, codes, quantities
from workbench.retrieval.lexical import question_terms
from workbench.retrieval.sentences import sentences

Sort = Literal["money", "share", "measure", "count", "year", "date", "month", "time", "name", "code", "cell"]

WORDS = {"en": (6, 32), "ko": (4, 24)}  # a sentence has: fewer say too little, more ask for several things at once
TERMS = {"en": 4, "ko": 5}  # words that say what is asked about must be left when the answer is taken out
BEGINS = re.compile(  # with what stands in the sentence before
    r"(?:he|she|it|they|this|that|these|those|such|his|her|its|their|there|here|then|so|but|and|or|nor|yet|also|however|therefore"
    r"|thus|hence|otherwise|instead|moreover|furthermore|besides|meanwhile|afterwards?|again|only|both|either|neither|one|ones|some"
    r"|similarly|likewise|additionally|consequently|finally|subsequently|indeed|nevertheless|nonetheless|in (?:addition|contrast|fact|turn)"
    r"|as a result|for (?:example|instance)|another|others?|the (?:former|latter|same|other|others|first|second|third|last|rest)|yes|no|please|dear|hi|hello|thanks?"
    r"|what|who|when|where|why|how|which|whose|whom|all|each of|none|most of|many of|[qa]\d*[.:)]|in (?:that|this|such|these|those|both)"
    r"|(?:at|by|for|from|of|on|to|with|after|before|since|until|about|as|like) (?:this|that|these|those|them|him|her|it))\b(?![-’'])"
    r"|(?:이|그|저|이것|그것|이는|그는|그녀는|그녀|이때|그때|이후|그\s?후|이로써|이에|이를|이런|그런|이러한|그러한|이처럼|이와|그와|이들|그들|이곳|그곳|여기|거기"
    r"|그의|그가|그를|그들의|그러다가|그러다|당시|당시의|두\s사람|같은\s해|이듬해|한달|며칠|얼마\s?후"
    r"|또|또한|하지만|그러나|그리고|그래서|그러므로|따라서|다만|단|반면|한편|즉|예를|예컨대|특히|물론|우선|먼저|결국|이어|다음|다음은|위|위의|아래|아래의|같은|해당"
    r"|동|본|나머지|둘|모두|지난|어제|오늘|내일|안녕|감사|왜냐하면|만약|없다면|있다면|그렇다면|아니면|그런데|게다가|이번|네|아니요)(?=[\s.,:]|$)", re.IGNORECASE)
LEANS = {
    "en": re.compile(r"^(?:\w+ ){0,3}(?:it|they|he|she|this|them|him|these|those)\b", re.IGNORECASE),
    "ko": re.compile(r"(?<![가-힣])(?:그는|그가|그의|그를|그에게|그녀[가-힣]*|그들[가-힣]*|이들[가-힣]*|이는|이를|이것[가-힣]*|그것[가-힣]*)(?![가-힣])|[다요]\.[가-힣\d]")}
FIRST_PERSON = re.compile(r"(?<![^\s(])(?:I|I['’]\w+|me|my|mine)(?!\w)|(?:^|\s)(?:저는|제가|저희가|제|저도|나는|내가)(?=\s)")
HEAD = re.compile(r"^(?:>\s*)*(?:[-*•·▪■○●–—]\s+|\(?\d{1,2}[.)]\s+|[가-하][.)]\s+|\(?[a-z][.)]\s+)")  # of a list's item
MARKS = re.compile(r"\*\*|__|`")
ENDS = {"en": re.compile(r"[a-z\d%)\"”’'][.!]$"), "ko": re.compile(r"(?:다|요|죠|음|함|됨)\.$")}
STARTS = {"en": re.compile(r"[A-Z\d$€£“\"]"), "ko": re.compile(r"[가-힣\d\"'“‘A-Z]")}
ROW = re.compile(r"^\s*\|")
CELL = re.compile(r"(?:^|(?<= \| ))(?P<column>[^:|]{1,60}): (?P<value>[^|]*?)(?= \||$)")
YEAR = re.compile(r"1\d{3}|20\d\d")
KOREAN_YEAR = re.compile(r"(?:1\d{3}|20\d\d)년")
COUNTER = re.compile(
    r"\s?(명|개국|개사|개(?!월)|병|팩|봉지|봉|장|대|권|마리|곳|군데|가지|번째|번|회|차례|건|점|세|살|층|인분|상자|박스|통|잔|컵|벌|켤레|그루|송이|톤|평|배"
    r"|표|승|골|편|곡|쪽|석|채|동|팀|조각|줄|칸|롤|포대|포|알|쌍|종류|종|가구|사람|척|발|경기|시즌|자루|모|끼|박|학급|대학|나라|도시|섬|문항|과목|학점|위)"
    r"(?=(?:은|는|이|가|을|를|의|에|에서|에게|로|으로|와|과|도|만|까지|부터|보다|마다|씩|이다|입니다|이며|이고|뿐|쯤|가량|정도|이상|이하|이나|짜리|째)*(?![가-힣]))")
NUMBERED = re.compile(r"(?:\b(?:[Nn]o|[Nn]r|[Cc]h|[Pp]art|[Pp]age|[Ss]ection|[Vv]ersion|[Rr]elease|[Hh]all|[Uu]nit)\.? |[A-Z][\w-]* |제|№|#)$")
QUOTED = re.compile(r"['‘“《<]([^'’”《》<>]{2,20})(?<![다요.?!,])['’”》>]")  # how Korean marks a name
DETERMINER = re.compile(
    r"\b(?:the|a|an|this|that|these|those|its|their|his|her|our|your|my|whose|all|first|last|next|other|same)(?: [\w-]+)?\s*$", re.IGNORECASE)
NOT_COUNTED = frozenset("of the a an to and or in on at for from with by per is are was were than".split())
VALUE_WORDS = 6  # a cell with more is a text
KEY_WORDS = 6  # what a row goes by is a name
MOST_EQUAL = 0.2  # share of a column that one value may have: more could be guessed


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a document says: a stretch of it, and in that the answer; positions in `document.text`. `noun`: what a number
    counts. A cell of a table has the name of its `column`, and `key`: the column and the value that its row goes by."""

    document: Document
    start: int
    end: int
    answer_start: int
    answer_end: int
    sort: Sort
    lang: Lang
    quantity: Quantity | None = None
    noun: str = ""
    column: str = ""
    key: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        """The sentence, or the row."""
        return self.document.text[self.start : self.end]

    @property
    def answer(self) -> str:
        """What is asked for, as it is written."""
        return self.document.text[self.answer_start : self.answer_end]

    @property
    def before(self) -> str:
        """The sentence up to the answer, in one line and without marks of emphasis."""
        return plain(self.document.text[self.start : self.answer_start])

    @property
    def after(self) -> str:
        """The rest of it."""
        return plain(self.document.text[self.answer_end : self.end])


def plain(text: str) -> str:
    """A part of a sentence in one line, spaces at its ends kept."""
    return re.sub(r"\s+", " ", MARKS.sub("", text))


def facts(document: Document) -> Iterator[Fact]:
    """What can be asked about a document, in its order. The quoted parts of a mail are left out."""
    if document.kind in TABLES:
        yield from cells(document)
        return
    for start, end in sentences(document.text, document.kind):
        if not any(start < stop and begin < end for begin, stop in document.asides):
            mark = HEAD.match(document.text[start:end])
            start += mark.end() if mark else 0
            text = document.text[start:end]
            lang = language(text)
            if stands_alone(text, lang):
                yield from (fact for fact in said(document, start, end, lang) if asks_enough(fact))


def stands_alone(text: str, lang: Lang) -> bool:
    """Whether a sentence is one, and says by itself what it is about."""
    line = plain(text).strip()
    least, most = WORDS[lang]
    if not least <= len(line.split()) <= most or ROW.match(text) or " | " in line or "://" in line or "[" in line:
        return False
    if not STARTS[lang].match(line) or not ENDS[lang].search(line) or BEGINS.match(line) or FIRST_PERSON.search(line):
        return False
    if line.count("(") != line.count(")") or line.count("“") != line.count("”") or line.count('"') % 2:
        return False
    return not LEANS[lang].search(line)


def asks_enough(fact: Fact) -> bool:
    """Whether enough is said about the answer for a question to be about one thing only."""
    rest = fact.before + fact.after
    words = rest.split() if fact.lang == "ko" else question_terms(rest)
    return len(words) >= TERMS[fact.lang]


def said(document: Document, start: int, end: int, lang: Lang) -> Iterator[Fact]:
    """The answers that a sentence gives, each the only one of its sort in it."""
    text = document.text[start:end]
    found: list[tuple[Quantity, Sort, str, bool]] = [(each, *sorted_out(each, text, lang)) for each in quantities(text)]
    count = Counter((sort, noun) for _, sort, noun, _ in found)
    units = Counter((each.kind, each.unit) for each, _, _, _ in found)
    for each, sort, noun, good in found:
        alone = count[sort, noun] == 1 and (sort == "count" or units[each.kind, each.unit] == 1)
        if good and alone and not LOOSE.fullmatch(each.text.strip()) and text.count(each.text) == 1 and not part_of_another(each, found, text):
            length = len(each.text.rstrip(". ")) + (len(noun) if lang == "ko" and sort == "count" else 0)
            yield Fact(document, start, end, start + each.start, start + each.start + length, sort, lang, each, noun.strip())
    coded = [code for code in codes(text) if len(code) > 3]
    for name in coded if len(coded) == 1 else ():
        if text.count(name) == 1:
            place = start + text.index(name)
            yield Fact(document, start, end, place, place + len(name), "code", lang)
    named = [match[1] for match in QUOTED.finditer(text)] if lang == "ko" else [re.sub(r"['’]s$", "", name) for name in names(text) if " " in name]
    for name in named if len(named) == 1 and named[0] not in coded else ():
        place = text.find(name)
        if text.count(name) == 1 and (lang == "ko" or whole_name(text[:place], text[place + len(name) :])):
            yield Fact(document, start, end, start + place, start + place + len(name), "name", lang)


def part_of_another(quantity: Quantity, found: Sequence[tuple], text: str) -> bool:
    """Whether a quantity stands beside another that it makes one with: two hours thirty, four to seven days."""
    for other, *_ in found:
        first, second = sorted((quantity, other), key=lambda each: each.start)
        between, before = text[first.end : second.start], text[: first.start]
        if other is quantity or len(between) > 6:
            continue
        if len(between) <= 1 or (between == " and " and first.unit and second.unit):
            return True
        if between.strip() in ("to", "or", "and", "–", "~", "-") and not re.search(r"\b(?:from|between) (?:\w+ )?$", before):
            return True
    return False


def whole_name(before: str, after: str) -> bool:
    """Whether a name neither begins the sentence nor is a part of a longer one."""
    return bool(before.strip()) and not re.search(r"(?:^|\s)[A-Z][\w.’'-]*(?: and| of| &)?\s$", before) and not re.match(r" (?:and |of |& )?[A-Z]|\.? ?\d", after)


def sorted_out(quantity: Quantity, text: str, lang: Lang) -> tuple[Sort, str, bool]:
    """What sort of answer a quantity is, what it counts, and whether it can be asked for: the number of a thing in a row of
    such things cannot, nor one that could be guessed."""
    before, after = text[: quantity.start], text[quantity.end :]
    number = quantity.value[0]
    if quantity.kind == "time":
        return "time", "", True
    if quantity.kind == "date":
        return ("month" if quantity.value[2] is None else "date"), "", True
    if quantity.unit in ("USD", "KRW", "EUR", "GBP", "JPY"):
        return "money", "", bool(number and number > 1)
    if quantity.unit == "%":
        return "share", "", True
    if NUMBERED.search(before) or after[:1] in ("-", "/", "~", "–") or before[-1:] in ("-", "/", "~", "–", ".") or number is None:
        return "count", "", False
    if YEAR.fullmatch(quantity.text) if lang == "en" else KOREAN_YEAR.fullmatch(quantity.text):
        return "year", "", True
    if quantity.unit:
        return "measure", quantity.unit, number > 1 and "half" not in after[:12]
    noun = counted(after, lang)
    return "count", noun, bool(noun) and number > 2


def counted(after: str, lang: Lang) -> str:
    """The noun that a number counts, empty where it counts none: in English the words up to a plural."""
    if lang == "ko":
        found = COUNTER.match(after)
        return found[0] if found and found[1] != "대" else ""  # machines, or ages, or the how-manieth
    words: list[str] = []
    for word in re.findall(r"[^\s]+", after)[:3] if after.startswith(" ") else ():
        if not re.fullmatch(r"[a-z-]+[,.;:)]?", word) or word.strip(",.;:)") in NOT_COUNTED:
            break
        words.append(word.strip(",.;:)"))
        if re.search(r"[^s]s$", words[-1]) or words[-1] in ("people", "men", "women", "children", "staff"):
            return " ".join(words)
        if word != words[-1]:
            break
    return ""


def cells(document: Document) -> Iterator[Fact]:
    """The cells of a table that say something of a row that has a name: the first column whose values differ and are none of
    numbers alone."""
    rows = []
    offset = 0
    for line in document.text.split("\n"):
        found = {match["column"].strip(): match for match in CELL.finditer(line)}
        rows.append((offset, line, found))
        offset += len(line) + 1
    rows = [row for row in rows if len(row[2]) > 1]
    key = key_column([{column: match["value"].strip() for column, match in found.items()} for _, _, found in rows])
    values = {column: Counter(found[column]["value"].strip() for _, _, found in rows if column in found)
              for column in dict.fromkeys(column for _, _, found in rows for column in found)}
    for offset, line, found in rows if key else ():
        for column, match in found.items():
            value = match["value"].strip()
            said = values[column]
            if column == key or not 0 < len(value.split()) <= VALUE_WORDS or len(value) < 2 or not re.search(r"\w", value):
                continue
            if said[value] > max(1, MOST_EQUAL * said.total()) or line.count(value) > 1:
                continue
            start = offset + match.start("value")
            yield Fact(
                document, offset, offset + len(line), start, start + len(value), "cell", language(f"{column} {document.title}"),
                column=column, key=(key, found[key]["value"].strip()))


def key_column(rows: Sequence[dict[str, str]]) -> str:
    """The column that a row goes by, empty where there is none."""
    for column in rows[0] if len(rows) > 2 else ():
        values = [row.get(column, "") for row in rows]
        if all(values) and len(set(values)) == len(values) and all(
                re.search(r"[^\W\d_]", value) and len(value.split()) <= KEY_WORDS for value in values):
            return column
    return ""
