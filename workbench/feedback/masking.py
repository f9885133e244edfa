"""Personal data taken out of a text: mail addresses, telephone, card, resident and account numbers. Pure.

Only what has a form of its own can be found: names and street addresses stay. A card number has to pass Luhn's check; a
Korean resident or foreigner number needs a day of birth that exists (its check digit means nothing since October 2020); an
account number needs a bank or an account beside it, or an IBAN's check digits.
"""

import re
from collections.abc import Callable
from datetime import date

from workbench.nouns import Language
from workbench.nouns.feedback import Private

NAMES: dict[Private, tuple[str, str]] = {
    "mail": ("[e-mail]", "[이메일]"),
    "resident": ("[ID number]", "[주민등록번호]"),
    "card": ("[card number]", "[카드번호]"),
    "account": ("[account number]", "[계좌번호]"),
    "phone": ("[phone number]", "[전화번호]"),
}
MASK = re.compile("|".join(re.escape(name) for both in NAMES.values() for name in both))

DIGITS = r"(?<![\d.,])"  # no number begins inside another
END = r"(?![\d]|[.,]\d)"
DASH = r"[-‐‑–—.·\s]?"
BANK = (
    r"(?:계좌|예금주|입금|송금|환불\s?받|은행|농협|국민|신한|하나|우리|기업|카카오\s?뱅크|카뱅|토스|케이뱅크|새마을|수협|신협|우체국|[Aa]ccount|[Aa]cct|[Bb]ank|IBAN)")
PATTERNS: tuple[tuple[Private, re.Pattern[str]], ...] = (
    ("mail", re.compile(r"(?<![\w.+-])[\w.+-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![A-Za-z])")),
    ("resident", re.compile(rf"{DIGITS}\d{{6}}\s?[-‐‑–—]?\s?[1-8](?:\d{{6}}|[*●xX]{{6}}){END}")),
    ("account", re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b")),
    ("card", re.compile(rf"{DIGITS}\d(?:{DASH}\d){{12,18}}{END}")),
    ("phone", re.compile(
        rf"(?<![\w.,])(?:\+\s?\d{{1,3}}{DASH}(?:\(0?\d{{1,4}}\)|\d{{1,4}})(?:{DASH}\d{{2,4}}){{2,4}}"  # +82 10-1234-5678
        rf"|\(?0\d{{1,2}}\)?{DASH}\d{{3,4}}{DASH}\d{{4}}"  # 010-1234-5678, 02)123-4567
        r"|050\d[-.\s]?\d{3,4}[-.\s]?\d{4}"
        r"|1[568]\d{2}[-.]\d{4}"  # 1588-1234
        r"|\(?[2-9]\d{2}\)?[-.\s]\s?\d{3}[-.]\d{4}"  # (415) 555-0134
        rf"|0\d{{3,4}}[\s-]\d{{3}}[\s-]?\d{{3,4}}|0\d{{9,10}}){END}")),  # 020 7946 0958, 01012345678
    ("account", re.compile(
        rf"(?P<before>{BANK}[^\d\n]{{0,20}}){DIGITS}(?P<number>\d{{2,6}}(?:-\d{{2,8}}){{1,3}}|\d{{8,14}}){END}")),
    ("account", re.compile(rf"{DIGITS}(?P<number>\d{{2,6}}(?:-\d{{2,8}}){{2,3}}|\d{{8,14}})(?=[^\d\n]{{0,6}}{BANK}){END}")),
)


def masked(text: str, language: Language | str = "en") -> tuple[str, list[Private]]:
    """The text with every piece of personal data replaced by its kind in the language, and the kinds."""
    found: list[Private] = []
    if not any(map(str.isdigit, text)) and "@" not in text:
        return text, found
    for kind, pattern in PATTERNS:
        is_so = CHECKS.get(kind)

        def replace(match: re.Match[str], kind: Private = kind, is_so: Callable[[str], bool] | None = is_so) -> str:
            whole = match.groupdict().get("number") or match[0]
            if is_so and not is_so(whole):
                return match[0]
            found.append(kind)
            return (match.groupdict().get("before") or "") + NAMES[kind][language == "ko"]

        text = pattern.sub(replace, text)
    return text, found


def luhn(number: str) -> bool:
    """Whether 13 to 19 digits pass the check of payment cards, and begin as a card's number does."""
    digits = [int(each) for each in re.sub(r"\D", "", number)]
    if not 13 <= len(digits) <= 19 or digits[0] not in (2, 3, 4, 5, 6, 9) or len(set(digits)) == 1:
        return False
    doubled = [2 * each - 9 * (each > 4) if place % 2 else each for place, each in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def resident(number: str) -> bool:
    """Whether six digits are a day of birth, and the seventh a century that can be: 1–4 residents, 5–8 foreigners."""
    digits = re.sub(r"[^\d*●xX]", "", number)
    century = 1900 if digits[6] in "1256" else 2000
    try:
        born = date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return born <= date.today()


def account(number: str) -> bool:
    """Whether it is an account's number: an IBAN's check digits fit; of others the length does."""
    bare = re.sub(r"[\s-]", "", number)
    if bare[:2].isalpha():
        return int("".join(str(int(each, 36)) for each in bare[4:] + bare[:4])) % 97 == 1
    return 8 <= len(bare) <= 14


CHECKS: dict[Private, Callable[[str], bool]] = {"card": luhn, "resident": resident, "account": account}
