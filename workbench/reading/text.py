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


def read(data: bytes, name: str) -> list[Part]:
    """The text, titled by its first Markdown heading if there is one."""
    content = decode(data, name)
    heading = next((line for line in content.splitlines()[:20] if line.startswith("# ")), "")
    return [Part((content,), title=heading.removeprefix("# ").strip())]


def decode(data: bytes, name: str) -> str:
    """Bytes as text: by their mark, else UTF-8, else CP949, else what the statistics say.

    CP949 holds all of EUC-KR and more; it is tried strictly, and only believed where it gives Hangul.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise CannotRead("read_encoding", name=name, tried=encoding) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        korean = data.decode("cp949")
        letters = [character for character in korean if ord(character) > 127]
        if sum("가" <= character <= "힣" for character in letters) >= 0.5 * len(letters):
            return korean
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:200_000]).best()
    if guess is None or not printable(str(guess)):
        raise CannotRead("read_encoding", name=name, tried="UTF-8, CP949")
    try:
        return data.decode(guess.encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise CannotRead("read_encoding", name=name, tried=f"UTF-8, CP949, {guess.encoding}") from error


def printable(content: str) -> bool:
    """Whether it looks like writing rather than bytes read as such."""
    sample = content[:10_000]
    odd = sum(not (character.isprintable() or character.isspace()) for character in sample)
    return odd <= 0.02 * len(sample)
