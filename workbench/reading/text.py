"""Plain text and Markdown, and the guess at an encoding that the other readers share.  [charset_normalizer]"""

import codecs
import re
from unicodedata import category

from workbench.errors import CannotRead
from workbench.nouns import Remark
from workbench.reading import properties
from workbench.reading.parts import Part

SAMPLE = 20_000  # bytes that tell what the whole is
FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,10000}?)\n---[ \t]*\r?\n", re.DOTALL)

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Korean programs write these names and mean CP949, which holds more syllables.
KOREAN_NAMES = {"euc-kr", "euckr", "ks_c_5601-1987", "ks_c_5601", "ksc5601", "cp949", "uhc", "windows-949", "x-windows-949"}
LATIN = ("us-ascii", "ascii", "iso-8859", "latin", "windows-125", "cp125")


def read(data: bytes, name: str) -> list[Part]:
    """The text, titled by its first Markdown heading if there is one; title and day of a front matter come first.

    Raises CannotRead for what is no text.
    """
    content = decode(data, name)
    if not printable(content):
        raise CannotRead("read_encoding", name=name, tried="UTF-8, CP949")
    heading = next((line for line in content.splitlines()[:20] if line.startswith("# ")), "")
    front = front_matter(content)
    return [Part(
        (content,),
        title=properties.title(front.get("title")) or heading.removeprefix("# ").strip(),
        remark=mixed(data, content),
        date=properties.written_day(front.get("date", "")),
    )]


def front_matter(content: str) -> dict[str, str]:
    """What a text says of itself between two lines of hyphens at its head, by name in small letters."""
    found = FRONT.match(content)
    pairs = (line.partition(":") for line in (found[1] if found else "").splitlines())
    return {name.strip().lower(): value.strip().strip("\"'") for name, _, value in pairs}


def decode(data: bytes, name: str, declared: str = "") -> str:
    """Bytes as text: by their mark, else UTF-16 or UTF-32 by their NULs, else UTF-8, else the encoding they are said to
    have, else CP949, else the one of the two that each line is in, else what the statistics say.

    UTF-8 comes first because hardly anything else passes for it, and labels lie; only bytes that are ASCII
    throughout may be another encoding in disguise (ISO-2022). A Latin label gives way to Korean text: it
    fits any bytes, and programs put it on everything. Raises CannotRead where nothing gives writing.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise CannotRead("read_encoding", name=name, tried=encoding) from error
    if (wide := unmarked(data)) is not None:
        return wide
    declared = declared.strip().lower()
    unicode = strictly(data, "utf-8")
    if unicode is not None and not (declared and data.isascii()):
        return unicode
    if apart := by_lines(data) if unicode is None else None:
        return apart[0]
    as_said = strictly(data, "cp949" if declared in KOREAN_NAMES else declared) if declared else None
    for content in (korean(data) if declared.startswith(LATIN) else None, as_said, unicode, korean(data)):
        if content is not None:
            return content
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:200_000]).best()
    if guess is None or not printable(str(guess)):
        raise CannotRead("read_encoding", name=name, tried="UTF-8, CP949")
    try:
        return data.decode(guess.encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise CannotRead("read_encoding", name=name, tried=f"UTF-8, CP949, {guess.encoding}") from error


def unmarked(data: bytes) -> str | None:
    """The bytes as UTF-16 or UTF-32 without a mark, None where they are neither: believed where it gives ASCII and
    Hangul almost throughout, which the wrong order of bytes and bytes of another kind do not."""
    if b"\0" not in data[:SAMPLE]:
        return None
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        sample = data[:SAMPLE].decode(encoding, "ignore")
        common = sum(" " <= letter <= "~" or letter in "\t\r\n" or "가" <= letter <= "힣" for letter in sample)
        if common > 0.8 * len(sample) and (content := strictly(data, encoding)) is not None:
            return content
    return None


def by_lines(data: bytes) -> tuple[str, int, int] | None:
    """Text of lines in UTF-8 among lines in CP949, how many are the latter, and of how many; None where not every line
    is one of them, or one of the two gives no Hangul."""
    lines = data.split(b"\n")
    texts = [strictly(line, "utf-8") for line in lines]
    old = [number for number, text in enumerate(texts) if text is None]
    if not old or korean(b"\n".join(lines[number] for number in old)) is None:
        return None
    if not any("가" <= letter <= "힣" for text in texts if text for letter in text):
        return None
    for number in old:
        texts[number] = lines[number].decode("cp949")
    return "\n".join(text or "" for text in texts), len(old), len(lines)


def mixed(data: bytes, content: str) -> Remark | None:
    """That the lines of a text are in two encodings, where they are; `content` is what `decode` made of it."""
    apart = None if strictly(data, "utf-8") is not None else by_lines(data)
    return Remark("mixed_encodings", {"count": apart[1], "of": apart[2]}) if apart and apart[0] == content else None


def strictly(data: bytes, encoding: str) -> str | None:
    """The bytes in an encoding, None where they are not in it or there is none of that name."""
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def korean(data: bytes) -> str | None:
    """The bytes as CP949, which holds all of EUC-KR and more; believed only where it gives Hangul."""
    content = strictly(data, "cp949")
    letters = [character for character in content or "" if ord(character) > 127]
    return content if letters and sum("가" <= letter <= "힣" for letter in letters) >= 0.5 * len(letters) else None


def printable(content: str) -> bool:
    """Whether it looks like writing rather than bytes read as such. What joins emoji and turns the direction of
    writing is part of it."""
    sample = content[:10_000].strip("\0")
    odd = sum(category(character) in ("Cc", "Cn", "Co", "Cs") and not character.isspace() for character in sample)
    return odd <= 1 + 0.02 * len(sample)
