"""The visible text of HTML.  [beautifulsoup4 over lxml: the standard library's parser can hang for minutes]"""

import re

BLOCKS = "p div table ul ol h1 h2 h3 h4 h5 h6 blockquote pre hr section article".split()


def html_text(markup: str) -> str:
    """What a reader sees: blocks on lines of their own, table cells parted by bars."""
    from bs4 import BeautifulSoup, NavigableString

    soup = BeautifulSoup(markup, "lxml")
    for hidden in soup(["script", "style", "head", "title", "template"]):
        hidden.decompose()
    for string in soup.find_all(string=True):
        if type(string) is NavigableString:
            string.replace_with(re.sub(r"\s+", " ", string))
        else:
            string.extract()  # comments, doctypes and the like
    for element in soup.find_all(["br", "li", "tr", *BLOCKS]):
        element.insert_before("\n")
        if element.name in BLOCKS:
            element.insert_after("\n")
    for cell in soup.find_all(["td", "th"]):
        cell.insert_before(" | ")
    lines = [re.sub(r" +", " ", line).strip(" |") for line in soup.get_text().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
