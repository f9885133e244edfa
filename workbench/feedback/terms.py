"""The words of opinions: one term for the forms of a word, and how it is shown. Pure.

English: case, plurals and common endings aside. Korean, without a dictionary: a particle is cut off where what is left
occurs with other particles too (배송이, 배송은, 배송 → 배송), 하다 and the endings of verbs and adjectives by their spelling
(추천합니다 → 추천, 좋아요 and 좋네요 → 좋). A noun is shown bare, another word as it is written most often.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.feedback.masking import MASK
from workbench.nouns import Language

WORDS = re.compile(r"[가-힣]+|[^\W\d_가-힣][^\W_가-힣]*(?:['’][^\W\d_가-힣]+)?")
STOP = frozenset(
    "a an the and or but if then than so as of to in on at for from by with without into onto about over under up down out off is are was "
    "were be been being am do does did done doing have has had having will would can could may might must shall should i me my mine we us "
    "our you your he him his she her it its they them their this that these those there here what which who whom whose when where why how "
    "all any both each few more most other some such no nor not only own same too very just also even still yet again ever never always "
    "really quite much many lot lots got get gets getting go goes going went one two thing things way make makes made take takes took put "
    "need needs want wants wanted like please thank thanks hi hello hey ok okay well good great nice bad best better worse worst love "
    "loved excellent amazing awesome perfect terrible awful horrible poor don didn doesn isn wasn aren weren won couldn wouldn shouldn hasn "
    "haven hadn ain ve ll re im ive cant dont didnt doesnt isnt wasnt wont let lets know think said say says see back time day use used "
    "using because since while after before until during between through come came every everything anything something nothing us yes".split())
KOREAN_STOP = frozenset(
    "그 이 저 것 거 게 건 걸 수 때 때문 등 및 좀 더 덜 잘 안 못 너무 정말 진짜 참 아주 매우 많이 조금 그냥 다 또 더욱 꼭 항상 계속 다시 이번 "
    "저번 다음 처음 오늘 어제 내일 지금 나 저는 제가 제 내 우리 저희 여기 거기 이거 그거 저거 이것 그것 뭐 왜 어떻게 무슨 어떤 그리고 그런데 근데 "
    "하지만 그래서 그러나 만약 혹시 역시 완전 약간 살짝 엄청 굉장히 훨씬 제일 가장 별로 전혀 거의 하나 한번 한 두 분 개 번 정도 부분 경우 "
    "생각 느낌 사람 있 없 같 하 되 주 보 이 아니 싶 좋 감사 부탁 그렇 이렇 저렇 어떻 해 돼 된 함 있음 없음 입니다 이에요 예요 네 예 요 점 쪽 "
    "중 후 전 뒤 위 앞 속 밖 만 만큼 처럼 보다 까지 부터 해주 주세 바라 드리 드려 같은 있는 없는 하는 되는 그런 이런 저런 모두 모든 각 매번 이렇게 그렇게 저렇게 아무리 봤는데 봤 그런대 않 가 오 갔 왔 나오 이거 솔직히 아니라 아니지 말 급 편".split())
# Particles, the copula among them: behind a consonant, behind a vowel, behind either.
BEHIND = {
    True: re.compile(r"(?:이라고|이라서|이라도|이라는|이네요|이에요|이었어요|이었습니다|이지만|이나|이랑|이며|이고|이다|입니다|인데|인데요|으로|으로는|으로도|이|은|을|과)$"),
    False: re.compile(r"(?:라고|라서|라도|라는|예요|였어요|였습니다|입니다|인데|로|로는|로도|가|는|를|와)$"),
}
EITHER = re.compile(r"(?:에서는|에서도|에서|에게는|에게|한테는|한테|까지는|까지도|까지|부터는|부터|처럼|보다|마다|하고|에는|에도|에|의|도|만은|만|들이|들은|들을|들도|들)$")
ENDS_IN_I = re.compile(r"(?:[가-힣](?:볶|걸|잡|받|꽂|맞|놀|밀|깎|벌)|고양|어린|호랑|강아지|주머니|덩어|꼬리|고구|아지|멀)이$")
DO = re.compile(r"(?:하|해|했|한|할|함|합|되|돼|됐|된|될|됨|됩|시키|시켰|시킨|드리|드렸|드립)(?:니다|어요|습니다|네요|고|지|지만|게|는데|은데|데|여|서|요|세요|면|시|으면|기|던|는|다|던데|겠|겠어요|겠습니다|었|줘|주|도|야|자|러|려|려고|지도|지는|ㄴ|ㄹ)*$")
ENDING = re.compile(
    r"(?:었어요|았어요|였어요|었습니다|았습니다|였습니다|었네요|았네요|었는데|았는데|었지만|았지만|었고|았고|었던|았던|었음|았음|었다|았다|"
    r"겠어요|겠습니다|겠네요|습니다|니다|어요|아요|여요|네요|는데요|은데요|는데|은데|지만|더라구요|더라고요|더군요|거든요|군요|는지|은지|을까|을까요|"
    r"어서|아서|으니|으면|으며|어도|아도|어야|아야|지도|지는|지가|지를|려고|으려|도록|면서|는다|은|는|을|게|고|지|기|다|음|어|아|요|네|나|니|면|던|서|며|자|세요|주세요|시고)$")
LONGEST = 24  # letters of a word in a label: longer ones are no words


@dataclass(frozen=True, slots=True)
class Term:
    """A word of an opinion: `key` is the same for all its forms, `shown` as it is written here; not `firm` where it is a Korean
    verb or adjective, which says less by itself."""

    key: str
    shown: str
    firm: bool = True


def terms(texts: Sequence[str], language: Language) -> list[list[Term | None]]:
    """The words of every text in order, None where a word says nothing of what a text is about (so that two terms around it
    are not taken for neighbors)."""
    words = [WORDS.findall(MASK.sub(" ", text)) for text in texts]
    if language == "ko":
        known = korean(Counter(word for each in words for word in each if "가" <= word[0] <= "힣"))
        return [[known.get(word) or latin(word) for word in each] for each in words]
    return [[latin(word) for word in each] for each in words]


@lru_cache(200_000)
def latin(word: str) -> Term | None:
    """A word that is not Hangul as a term; None for a stop word."""
    lower = re.sub(r"['’](?:s|re|ve|ll|d|m)$", "", word.lower())
    if lower in STOP or lower.replace("'", "") in STOP or "가" <= lower[0] <= "힣" or "ㄱ" <= lower[0] <= "ㅣ" or len(lower) > LONGEST or "n't" in lower or "n’t" in lower:
        return None
    if lower.isascii() and len(lower) < 3:
        return None
    return Term(stemmed(lower), lower)


def stemmed(word: str) -> str:
    """An English word without plural and the endings of verbs: deliveries, delivery → deliver; refunded, refund → refund."""
    for ending, left in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + left
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]  # shipped → ship
    return word[:-1] if len(word) > 4 and word[-1] in "ey" else word


def korean(words: Mapping[str, int]) -> dict[str, Term | None]:
    """Every Korean word of a corpus as a term; None for words that say nothing of what a text is about."""
    beginnings = Counter(left for word in words for left in {bare(word), done(word)} if left and left != word)
    return {word: korean_term(word, words, beginnings) for word in words}


def korean_term(word: str, words: Mapping[str, int], beginnings: Mapping[str, int]) -> Term | None:
    """One Korean word; `beginnings` says with how many particles and endings what begins a word occurs."""
    left = bare(word)
    often = beginnings.get(left, 0) + (left in words)
    if left != word and word not in beginnings and (len(left) > 1 or often > 2):
        found = Term(left, left)
    elif word in beginnings:
        found = Term(word, word)
    elif len(made := done(word)) > 1:
        found = Term(made, made)
    else:
        found = Term(f"{made}하" if made else stem(word), word, firm=False)
    silent = len(word) > LONGEST or {word, found.key} & KOREAN_STOP or (len(word) == 1 and not beginnings.get(word))
    return None if silent else found


def bare(word: str) -> str:
    """A word without its particle; as it is where it has none, or nothing would be left."""
    if match := EITHER.search(word):
        return word[: match.start()] or word
    for closed, particles in BEHIND.items():
        match = particles.search(word)
        if match and match.start() and ((ord(word[match.start() - 1]) - 0xAC00) % 28 > 0) == closed and not ENDS_IN_I.search(word):
            return word[: match.start()]
    return word


def done(word: str) -> str:
    """What 하다 is said of: 추천합니다 → 추천. Empty where it is said of nothing."""
    return DO.sub("", word) if DO.search(word) else ""


def stem(word: str) -> str:
    """A verb or an adjective without its ending, its last syllable as open as it can be: 느려요, 느렸어요, 느린 → 느리."""
    left = ENDING.sub("", word) or word
    last = ord(left[-1]) - 0xAC00
    if not 0 <= last < 11172:
        return left
    first, vowel, final = last // 588, last % 588 // 28, last % 28
    closed = 0 if final in (4, 8, 16, 17, 20) else final  # ㄴ ㄹ ㅁ ㅂ ㅆ belong to endings
    opened = {6: 20, 14: 13, 9: 8}.get(vowel, vowel)  # ㅕ → ㅣ, ㅝ → ㅜ, ㅘ → ㅗ
    found = left[:-1] + chr(0xAC00 + first * 588 + opened * 28 + closed)
    return found[:-1] if len(found) > 1 and found.endswith("우") else found  # 아쉬워요, 아쉽네요 → 아쉬


def shown(keys: Iterable[str], texts: Iterable[Sequence[Term | None]]) -> dict[str, str]:
    """How each of the keys is written most often."""
    wanted = set(keys)
    forms: dict[str, Counter[str]] = {key: Counter() for key in wanted}
    for each in texts:
        for term in each:
            if term is not None and term.key in wanted:
                forms[term.key][term.shown] += 1
    return {key: max(count, key=lambda form: (count[form], form)) if count else key for key, count in forms.items()}
