"""The visible text of HTML.  [lxml: the standard library's parser can hang for minutes]"""

import re
from html import unescape

HIDDEN = frozenset(("script", "style", "head", "title", "template", "noscript"))
LINES = frozenset(("br", "li", "tr"))
BLOCKS = frozenset("p div table ul ol h1 h2 h3 h4 h5 h6 blockquote pre hr section article".split())
CELLS = frozenset(("td", "th"))


def html_text(markup: str) -> str:
    """What a reader sees: blocks on lines of their own, table cells parted by bars. One walk, whatever the size."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    if root is None or any("depth" in error.message for error in parser.error_log):
        return without_tags(markup)  # nested thousands deep: libxml2 gives up, and the words would be lost
    out: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            hidden += element.tag in HIDDEN
            out.append("\n" if element.tag in BLOCKS | LINES else " | " if element.tag in CELLS else "")
            text = element.text
        else:
            hidden -= element.tag in HIDDEN
            out.append("\n" if element.tag in BLOCKS else "")
            text = element.tail
        if text and not hidden:
            out.append(re.sub(r"\s+", " ", text))
    lines = [re.sub(r" +", " ", line).strip(" |") for line in "".join(out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_tags(markup: str) -> str:
    """The words between the tags, for markup that cannot be parsed."""
    bare = re.sub(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->", " ", markup)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare)).split())
