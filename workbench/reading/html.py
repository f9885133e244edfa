"""The visible text of HTML.  [lxml: the standard library's parser can hang for minutes]"""

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING

from workbench.nouns import Remark
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
INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])opacity\s*:\s*0(?![.\d]*[1-9])", re.IGNORECASE)
ZERO = re.compile(r"0*\.?0*(?:px|pt)?(?:\s*!important)?$")
WHITE = re.compile(r"\s*(?:white|#fff|#ffffff|rgba?\(\s*255\s*,\s*255\s*,\s*255\s*[,)].*)(?:\s|$)", re.IGNORECASE)
LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
CHARSET = re.compile(rb"""(?:<meta\b[^>]{0,300}?charset|<\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# Names under which a page says when it was written, the most telling first.
DATES = ("article:published_time", "datepublished", "dcterms.created", "dcterms.issued", "dcterms.date", "dc.date",
         "dc.date.issued", "date", "pubdate", "article:modified_time", "dcterms.modified", "datemodified", "last-modified", "time")


def read(data: bytes, name: str) -> list[Part]:
    """The page's visible text with its title and the day it gives; text hidden by its style is counted in the remark. Raises CannotRead for bytes that are
    no text."""
    markup = decode(data, name, charset(data))
    root = parsed(markup)
    if root is None:
        return [Part((without_tags(markup),))]
    text, hidden = seen(root)
    remark = Remark("hidden_text", {"count": hidden}) if hidden else None
    return [Part((text,), title=heading(root), remark=remark, date=published(root))]


def html_text(markup: str) -> str:
    """What a reader sees of markup: blocks on lines of their own, table cells parted by bars."""
    root = parsed(markup)
    return without_tags(markup) if root is None else seen(root)[0]


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


def seen(root: "_Element") -> tuple[str, int]:
    """What a reader sees of a tree, and how many characters are hidden from him by their style. One walk, whatever
    the size."""
    from lxml import etree

    out: list[str] = []
    concealed = preformatted = 0
    looks = [Look(backed=None if styled(root) else False)]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        preformatted += (1 if event == "start" else -1) * (element.tag == "pre")
        wraps = element.tag in WRAPPERS and fills_cell(element)
        if event == "start":
            looks.append(look(element, looks[-1]))
            out.append("" if wraps else BREAKS.get(element.tag, ""))
            text = element.text
        else:
            looks.pop()
            out.append("\n" if element.tag in BLOCKS and not wraps else "")
            text = element.tail
        if text and looks[-1].shows:
            out.append(re.sub(r"[^\S\n]+" if preformatted else r"\s+", " ", text))
        elif text and not looks[-1].folded:
            concealed += sum(map(str.isalnum, text))
    lines = [re.sub(r" +", " ", line).strip(" |") for line in "".join(out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), concealed


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks inside an element: part of what no page shows as text, taken out of sight by its style, without
    size, in white. `backed` is whether a dark ground may lie behind it; None until that is known of a page whose style
    sheets can lay one behind anything."""

    folded: bool = False
    gone: bool = False
    tiny: bool = False
    white: bool = False
    backed: bool | None = False

    @property
    def shows(self) -> bool:
        """Whether anybody can read it."""
        return not (self.folded or self.gone or self.tiny or (self.white and self.backed is False))


def look(element: "_Element", around: Look) -> Look:
    """How text looks inside an element, given how it looks around it."""
    if element.tag in HIDDEN:
        return replace(around, folded=True)
    if not element.attrib:
        return around
    style = {name.strip().lower(): value.strip().lower()
             for name, _, value in (each.partition(":") for each in (element.get("style") or "").split(";"))}
    ground = style.get("background-color") or style.get("background") or element.get("bgcolor") or element.get("background")
    color = style.get("color") or (element.get("color") if element.tag == "font" else None)
    size = style.get("font-size")
    return replace(
        around,
        gone=around.gone or "hidden" in element.attrib or bool(INVISIBLE.search(element.get("style") or "")),
        tiny=bool(ZERO.match(size)) if size and not size.endswith(("em", "%")) else around.tiny,
        white=bool(WHITE.match(color)) if color else around.white,
        backed=not WHITE.match(ground) if ground else around.backed,
    )


def styled(root: "_Element") -> bool:
    """Whether a page has style sheets that may lay a ground behind its text."""
    return any(element.tag == "link" or "background" in (element.text or "") for element in root.iter("style", "link"))


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
    for element in root.iter("time"):
        told = "datepublished" if element.get("itemprop", "").lower() == "datepublished" or "pubdate" in element.attrib else "time"
        said.setdefault(told, element.get("datetime") or "")
    for script in root.iter("script"):
        if found := LINKED_DATE.search(script.text or ""):
            said.setdefault("datepublished", found[1])
    return next((day for key in DATES if key in said and (day := written_day(said[key]))), "")


def without_tags(markup: str) -> str:
    """The words between the tags, for markup that cannot be parsed."""
    bare = re.sub(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->", " ", markup)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare)).split())
