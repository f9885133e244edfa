"""A fact as a Korean question. Pure.

Korean asks where the answer stood: the asking word takes its place, its particle follows the new sound, and the ending of the
sentence becomes one that asks. Where the ending is none that can, the question is a blank to fill in.
"""

import re

from workbench.measure.making.facts import Fact

ENDING = re.compile(r"\s*(\S+?)[.!]?$")
UNITS = {"second": "초", "minute": "분", "hour": "시간", "week": "주", "month": "개월", "year": "년", "degree": "도", "l": "L"}
ASKING = {"money": "얼마", "share": "몇 퍼센트", "time": "몇 시", "month": "몇 월", "year": "몇 년", "date": "몇 월 며칠"}
PARTICLES = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로", "이나": "나", "이라도": "라도", "이며": "며", "이고": "고"}
BACK = {vowel: closed for closed, vowel in PARTICLES.items()}
PARTICLE = re.compile(r"(은|는|이|가|을|를|과|와|으로|로|이나|나|이며|며|이고|고)(?=[\s,.]|$)")
TOPIC = re.compile(r"[은는](?=[\s,])")


def question(fact: Fact) -> str:
    """The question."""
    if fact.sort == "cell":
        key, row = fact.key
        return (f"“{fact.document.title}” 표에서 “{key}”{josa(key, '이')} “{row}”인 행의 “{fact.column}”{josa(fact.column, '은')} 무엇인가요?")
    before, after = fact.before, fact.after
    asked, rest = asking(fact, after)
    ended = interrogative(rest, after_asking=asked)
    if not asked or not ended or (fact.sort == "money" and TOPIC.match(after)):
        return f"빈칸에 들어갈 말은 무엇인가요? “{before}____{after}”"
    return f"{before}{asked}{ended}"


def asking(fact: Fact, after: str) -> tuple[str, str]:
    """The words that stand for the answer, and what follows them, its particle in keeping with their sound; no words where
    there are none."""
    answer = fact.answer
    asked = ASKING.get(fact.sort, "")
    if fact.sort == "measure" and fact.quantity:
        asked = "며칠" if fact.noun == "day" else f"몇 {UNITS.get(fact.noun, fact.noun)}"
    elif fact.sort == "count":
        asked = f"몇 {fact.noun}"
    elif fact.sort in ("date", "month") and fact.quantity and fact.quantity.value[0]:
        asked = f"몇 년 {asked}"
    elif fact.sort == "time" and (half := re.match(r"(?:오전|오후|새벽|아침|점심|저녁|밤|낮)\s?", answer)):
        asked = f"{half[0].strip()} 몇 시"
    elif fact.sort == "year" and not answer.endswith("년"):
        asked = "몇 년" if not after.startswith("년") else "몇 "
    if not asked:
        return "", after
    found = PARTICLE.match(after)
    if found:
        after = f"{josa(asked, found[1])}{after[found.end():]}"
    return asked, after


def interrogative(text: str, after_asking: str = "") -> str:
    """The rest of a sentence with an ending that asks, empty where it has none that can."""
    line = text.rstrip(" \"”’')")
    if re.fullmatch(r"(?:이다|다|입니다|이에요|예요)\.?", line.strip()):
        return "인가요?"
    if re.search(r"겠습니다\.$|겠다\.$|세요\.$|십시오\.$", line):
        return ""  # a promise or a wish would become another question
    if found := re.search(r"(\S*)니다\.$", line):
        return f"{line[: found.end(1)]}니까?"
    if line.endswith("요."):
        return f"{line[:-1]}?"
    if not line.endswith("다."):
        return ""
    stem = line[:-2]
    if not stem or not "가" <= stem[-1] <= "힣":
        return ""
    if stem.endswith("이"):
        return f"{stem}ㄴ가?".replace("이ㄴ", "인")
    final = (ord(stem[-1]) - 0xAC00) % 28
    if final == 4 and not stem.endswith("는"):  # 낸다, 한다, 된다
        return f"{stem[:-1]}{chr(ord(stem[-1]) - 4)}는가?"
    if stem.endswith("는"):  # 받는다, 먹는다
        return f"{stem}가?"
    if final == 20 or stem[-1] in "있없":  # 했다, 있다
        return f"{stem}는가?"
    return ""


def josa(word: str, particle: str) -> str:
    """A particle in the form that follows a word: 은 or 는, 이 or 가, 을 or 를, 과 or 와, 으로 or 로."""
    closed = BACK.get(particle, particle)
    open_form = PARTICLES.get(closed, particle)
    word = re.sub(r"[\W_]+$", "", word)
    last = word[-1:]
    if re.search(r"(?<![A-Za-z])(?:[kcm]?m|m?[lL]|GB)$", word):
        return open_form  # 미터, 리터, 바이트
    if "가" <= last <= "힣":
        final = (ord(last) - 0xAC00) % 28
    elif last.isdigit():
        final = {"0": 21, "1": 8, "3": 16, "6": 1, "7": 8, "8": 8}.get(last, 0)
    else:
        final = 1 if last.lower() in "lmnrg" else 0
    if closed == "으로" and final == 8:
        return open_form
    return closed if final else open_form
