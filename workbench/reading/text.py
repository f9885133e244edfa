"""Plain text and Markdown, and the guess at an encoding that the other readers share.  [charset_normalizer]"""

import codecs

from workbench.errors import CannotRead
from workbench.reading.parts import Part

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
    """The text, titled by its first Markdown heading if there is one."""
    content = decode(data, name)
    heading = next((line for line in content.splitlines()[:20] if line.startswith("# ")), "")
    return [Part((content,), title=heading.removeprefix("# ").strip())]


def decode(data: bytes, name: str, declared: str = "") -> str:
    """Bytes as text: by their mark, else UTF-8, else the encoding they are said to have, else CP949, else
    what the statistics say.

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
    declared = declared.strip().lower()
    unicode = strictly(data, "utf-8")
    if unicode is not None and not (declared and data.isascii()):
        return unicode
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
    """Whether it looks like writing rather than bytes read as such."""
    sample = content[:10_000]
    odd = sum(not (character.isprintable() or character.isspace()) for character in sample)
    return odd <= 0.02 * len(sample)
