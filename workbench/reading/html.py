"""The visible text of HTML.  [lxml: the standard library's parser can hang for minutes]"""

import re
from html import unescape
from typing import TYPE_CHECKING

from workbench.reading.parts import Part
from workbench.reading.properties import title, written_day
from workbench.reading.text import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

# What holds no reading: code, what is folded away, and the controls of a page.
HIDDEN = frozenset(
    "script style head title template noscript nav button select option datalist svg iframe object audio video".split())
LINES = frozenset(("br", "li", "tr"))
BLOCKS = frozenset("p div table ul ol h1 h2 h3 h4 h5 h6 blockquote pre hr section article".split())
CELLS = frozenset(("td", "th"))
WRAPPERS = frozenset(("p", "div"))
DEPTH = 4  # wrappers inside each other that a cell may have
BREAKS = {tag: "\n" for tag in BLOCKS | LINES} | {tag: " | " for tag in CELLS}
INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CHARSET = re.compile(rb"""(?:<meta\b[^>]{0,300}?charset|<\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# Names of the meta tags that say when a page was written, the most telling first.
DATES = ("article:published_time", "datepublished", "dcterms.created", "dcterms.issued", "dcterms.date", "dc.date",
         "dc.date.issued", "date", "pubdate", "article:modified_time", "dcterms.modified", "datemodified", "last-modified")


def read(data: bytes, name: str) -> list[Part]:
    """The page's visible text with its title and the day its meta tags give. Raises CannotRead for bytes that are
    no text."""
    markup = decode(data, name, charset(data))
    root = parsed(markup)
    if root is None:
        return [Part((without_tags(markup),))]
    return [Part((visible(root),), title=heading(root), date=published(root))]


def html_text(markup: str) -> str:
    """What a reader sees of markup: blocks on lines of their own, table cells parted by bars."""
    root = parsed(markup)
    return without_tags(markup) if root is None else visible(root)


def charset(data: bytes) -> str:
    """The encoding a page names in its first kilobytes. UTF-16 is none that could be read there, so it is not believed."""
    found = CHARSET.search(data[:4096])
    named = found[1].decode("ascii", "replace") if found else ""
    return "" if named.lower().startswith(("utf-16", "utf-32")) else named


def parsed(markup: str) -> "_Element | None":
    """The tree of markup, None where there is none to be had: nested thousands deep libxml2 gives up, and the
    words would be lost."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    return None if root is None or any("depth" in error.message for error in parser.error_log) else root


def visible(root: "_Element") -> str:
    """What a reader sees of a tree. One walk, whatever the size."""
    from lxml import etree

    out: list[str] = []
    hidden = preformatted = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        change = 1 if event == "start" else -1
        hidden += change * unseen(element)
        preformatted += change * (element.tag == "pre")
        wraps = element.tag in WRAPPERS and fills_cell(element)
        if event == "start":
            out.append("" if wraps else BREAKS.get(element.tag, ""))
            text = element.text
        else:
            out.append("\n" if element.tag in BLOCKS and not wraps else "")
            text = element.tail
        if text and not hidden:
            out.append(re.sub(r"[^\S\n]+" if preformatted else r"\s+", " ", text))
    lines = [re.sub(r" +", " ", line).strip(" |") for line in "".join(out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def fills_cell(element: "_Element") -> bool:
    """Whether an element is all that a table cell holds: mail programs put a paragraph into each, which would break
    the row."""
    parent = element.getparent()
    for _ in range(DEPTH):
        if parent is None or len(parent) != 1:
            return False
        if parent.tag in CELLS:
            return True
        parent = parent.getparent()
    return False


def unseen(element: "_Element") -> bool:
    """Whether an element shows no text of its own or of what it holds."""
    return element.tag in HIDDEN or "hidden" in element.attrib or bool(INVISIBLE.search(element.get("style") or ""))


def heading(root: "_Element") -> str:
    """The title of a page, its first heading where it has none."""
    for tag in ("title", "h1"):
        for element in root.iter(tag):
            if said := title(" ".join("".join(element.itertext()).split())):
                return said
    return ""


def published(root: "_Element") -> str:
    """The ISO day a page says it is of, empty where it says none."""
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        said.setdefault(key.strip().lower(), element.get("content") or "")
    return next((day for key in DATES if key in said and (day := written_day(said[key]))), "")


def without_tags(markup: str) -> str:
    """The words between the tags, for markup that cannot be parsed."""
    bare = re.sub(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->", " ", markup)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare)).split())
