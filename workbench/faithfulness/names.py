"""Names, addresses and codes of a sentence that stand nowhere in its source."""

import re
from collections.abc import Iterator

from workbench.days import expressions
from workbench.faithfulness.source import Source
from workbench.grounding import FUNCTION, named, names, stem
from workbench.nouns.summary import Finding, finding

TITLES = ("님|씨|군|양|과장|대리|부장|차장|팀장|대표|사장|이사|상무|전무|주임|사원|선생|교수|박사|매니저|책임|선임|수석|실장|본부장|원장|기자|의원|"
          "장관|회장|소장|점장|계장|반장|국장|위원|간사|변호사|의사|감독")
KOREAN_NAME = re.compile(rf"(?<![가-힣])([가-힣]{{2,4}}?)\s?(?:{TITLES})(?:님|께)?(?![가-힣]{{3}})|(?<![가-힣])([가-힣])\s(?:{TITLES})님?(?![가-힣]{{3}})")
NOT_A_NAME = frozenset(
    "담당 해당 우리 저희 모든 각 신임 전임 고객 당사 귀사 전체 여러 관련 현장 영업 물류 구매 생산 품질 기술 인사 총무 재무 회계 개발 기획 홍보 마케팅 상담 관리 "
    "지점 매장 본사 지사 부서 이번 다른 같은 어느 어떤 그 이 저 두 세 네 한 전 현 부 총 주".split())
FAMILY = "김이박최정강조윤장임한오서신권황안송류홍전고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염추도소석선설마길연위표명기반왕금옥육인맹제모"
GIVEN = "민서지현준영수진은정성상재동승미경혜선희연주유하윤예우호훈철석용기태길원아나섭식환웅빈율채린규범만숙순옥자남복봉구근혁찬솔별"
FULL_NAME = re.compile(rf"(?<![가-힣])([{FAMILY}][{GIVEN}][{GIVEN}])(?=(?:은|는|이|가|의|을|를|에게|께서|께|와|과|도|님|씨)(?![가-힣]))")
# A capital at the start is no name by itself; before what only people do it is.
PERSON_ACTS = re.compile(
    r"(?:said|says|asked|asks|wants|wanted|wrote|writes|confirmed|confirms|agreed|agrees|sent|sends|requested|requests|suggested|suggests|reported|"
    r"promised|promises|thanked|replied|replies|called|calls|needs|plans|hopes|thinks|believes|told|tells|will|would)\b")


def names_at_fault(sentence: str, source: Source) -> Iterator[Finding]:
    """Names, addresses and codes that stand nowhere."""
    days = {(each.start, each.end) for each in expressions(sentence)}
    for name in names(sentence):
        for match in re.finditer(re.escape(name), sentence):
            if not stands(name, source) and not any(start < match.end() and match.start() < end for start, end in days):
                yield finding("name", sentence, *match.span())
                break
    for name, start in korean_names(sentence):
        if name not in source.everything:
            yield finding("name", sentence, start, start + len(name))
    first = re.match(r"\W*([A-Z][a-zé]+) (\w+)", sentence)
    if first and first[1].lower() not in FUNCTION and stem(first[1]) not in source.words and PERSON_ACTS.match(first[2]):
        yield finding("name", sentence, *first.span(1))


def stands(name: str, source: Source) -> bool:
    """Whether a name stands in the source: all its words in any order, or itself behind digits, as a unit does (`0.7MPa`)."""
    return named(name, source.everything) or re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", source.everything) is not None


def korean_names(sentence: str) -> Iterator[tuple[str, int]]:
    """Korean names and their places: before a title (`홍길동 과장`, `마 팀장`), or by their looks (`김민수는`)."""
    for match in KOREAN_NAME.finditer(sentence):
        name = match[1] or match[0].rstrip("님께")  # one syllable says something together with its title
        if (match[1] or match[2]) not in NOT_A_NAME and (match[1] or match[2] in FAMILY):
            yield name, match.start()
    for match in FULL_NAME.finditer(sentence):
        yield match[1], match.start(1)
