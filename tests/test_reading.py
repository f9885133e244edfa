"""Every format in, every bad file one clear sentence."""

import io
from email.message import EmailMessage

import pytest

from workbench.corpora import SAMPLES
from workbench.errors import CannotRead
from workbench.reading import clean, read
from workbench.words import tell

KOREAN = "안녕하세요. 똠얌 쌀국수 예산은 3,650만 원입니다."


def one(data: bytes, name: str):
    (document,), remarks = read(data, name, "corpus")
    return document, remarks


def pdf(pages: list[str], *, password: str | None = None, algorithm: str = "AES-256") -> bytes:
    """A PDF with a line of Latin text a page."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica")})
    for text in pages:
        page = writer.add_blank_page(300, 300)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode() if text else b"")
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject({
            NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})})
    if password is not None:
        writer.encrypt(password, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949", "utf-32"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_korean_encodings(encoding, name):
    assert one(KOREAN.encode(encoding), name)[0].text == KOREAN


def test_latin_text_in_an_old_encoding():
    text = "Le café coûte trois euros à l’hôtel. Très bien, déjà payé, voilà."
    assert "café" in one(text.replace("’", "'").encode("latin-1"), "a.txt")[0].text


def test_markdown_is_titled_by_its_heading_and_a_text_by_its_name():
    assert one(b"# Returns policy\n\nText.", "x.md")[0].title == "Returns policy"
    assert one(b"Text.", "folder/my notes.txt")[0].title == "my notes"


def test_pages_of_a_pdf():
    document, _ = one(pdf(["First page here", "Second page here"]), "a.pdf")
    assert document.page_at(document.text.index("Second")) == 2
    assert document.page_at(0) == 1


def test_a_pdf_with_an_empty_password_opens():
    assert "Hello" in one(pdf(["Hello there"], password=""), "a.pdf")[0].text


def mail(**headers) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Kim <kim@example.com>", "lee@example.com"
    message["Subject"] = headers.get("subject", "납품 지연")
    return message


def test_mail_headers_body_and_attachments():
    message = mail()
    message.set_content(KOREAN)
    message.add_attachment(b"1,2", maintype="text", subtype="csv", filename="../../표.csv")
    document, remarks = one(message.as_bytes(), "a.eml")
    assert document.title == "납품 지연" and KOREAN in document.text and "From: Kim" in document.text
    assert remarks[0].code == "read_no_rows" and remarks[0].facts["name"] == "표.csv"


@pytest.mark.parametrize("charset", ["euc-kr", "ks_c_5601-1987", "cp949", ""])
def test_korean_mail_holds_cp949_whatever_it_says(charset):
    head = f"Content-Type: text/plain; charset={charset}\n" if charset else ""
    data = f"Subject: test\nFrom: a@example.com\n{head}Content-Transfer-Encoding: 8bit\n\n".encode() + KOREAN.encode("cp949")
    assert KOREAN in one(data, "a.eml")[0].text


def test_html_mail_is_its_visible_text():
    message = mail()
    message.set_content(
        "<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body><!-- no --><p>One<br>two</p>"
        "<script>evil()</script><table><tr><td>A</td><td>5</td></tr></table></body></html>", subtype="html")
    text = one(message.as_bytes(), "a.eml")[0].text
    assert "One\ntwo" in text and "A | 5" in text
    assert not any(word in text for word in ("evil", "html", "no -->", "p{}"))


def test_an_empty_plain_part_gives_way_to_the_html_one():
    message = mail()
    message.set_content("\n")
    message.add_alternative("<p>The real words</p>", subtype="html")
    assert "The real words" in one(message.as_bytes(), "a.eml")[0].text


def test_a_message_without_text_says_so():
    data = b"Subject: Invitation\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n"
    assert one(data, "a.eml")[1][0].facts == {"count": 1, "names": "text/calendar"}


def test_size_alone_takes_no_minutes():
    """Each of these was quadratic once: at these sizes that would be hours."""
    assert clean("a" + " " * 2_000_000 + "b")
    people = ", ".join(f"person{number}@example.com" for number in range(50_000))
    page = "<div>" * 5_000 + "deep" + "</div>" * 5_000 + "<p>hello world</p>" * 60_000
    data = f"Subject: x\nTo: {people}\nContent-Type: text/html\n\n{page}".encode()
    text = one(data, "a.eml")[0].text
    assert "person1@example.com" in text and "deep" in text and text.count("hello world") == 60_000


def test_a_table_is_a_record_a_line():
    document, _ = one("이름;금액\n김;3 원\n\"이;박\";\"두\n줄\"\n".encode("cp949"), "a.csv")
    assert document.text == "이름: 김 | 금액: 3 원\n이름: 이;박 | 금액: 두 줄"


def test_excels_note_to_itself_is_no_row():
    assert one(b"sep=;\na;b\n1,5;2\n", "a.csv")[0].text == "a: 1,5 | b: 2"


def test_a_ragged_table_loses_nothing():
    assert one(b"a,b\n1,2,3\n4\n", "a.csv")[0].text == "a: 1 | b: 2 | 3: 3\na: 4"


def test_titles_and_empty_lines_above_a_table():
    lines = "2024년 지점별 실적 (단위: 천원)\n,,\n\n지역,지점,매출\n서울,강남,\"1,000\"\n부산,해운대,2\n"
    assert one(lines.encode(), "a.csv")[0].text == (
        "2024년 지점별 실적 (단위: 천원)\n지역: 서울 | 지점: 강남 | 매출: 1,000\n지역: 부산 | 지점: 해운대 | 매출: 2")


@pytest.mark.parametrize(("table", "text"), [
    ("Name;Preis\nApfel, rot;1,50\nBirne;2,30\n", "Name: Apfel, rot | Preis: 1,50\nName: Birne | Preis: 2,30"),
    ("이름\t금액\n김\t1,000\n이\t2,000\n", "이름: 김 | 금액: 1,000\n이름: 이 | 금액: 2,000"),
    ("a|b|c\n1,5|2|x, y\n3|4|z\n", "a: 1,5 | b: 2 | c: x, y\na: 3 | b: 4 | c: z"),
    ("feedback\nGood, but slow\nNice\nBad; really\n", "feedback: Good, but slow\nfeedback: Nice\nfeedback: Bad; really"),
    ("a,b\r1,2\r3,4", "a: 1 | b: 2\na: 3 | b: 4"),
    ('"na\nme",b\n1,"x\ny"', "na me: 1 | b: x y")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_separators_are_found(table, text, encoding):
    assert one(table.encode(encoding), "a.csv")[0].text == text


@pytest.mark.parametrize(("table", "text", "code", "facts"), [
    ("Price,Price,Price 2\n1,2,3\n", "Price: 1 | Price 3: 2 | Price 2: 3", "columns_repeated", {"names": "Price"}),
    ("a,b,c\n1,2,3\n1,2\n1,2,3,\n", "a: 1 | b: 2 | c: 3\na: 1 | b: 2\na: 1 | b: 2 | c: 3", "rows_ragged",
     {"count": 1, "rows": "3", "columns": 3}),
    ('a,b\n1,"x, y"\n2,"open\n3,z', 'a: 1 | b: x, y\na: 2 | b: "open\na: 3 | b: z', "quote_open", {"rows": "3"}),
    ('a,b\n1,"open\n2,"fine, text"\n3,"so" it is\n4,"two\nlines"\n',
     'a: 1 | b: "open\na: 2 | b: fine, text\na: 3 | b: "so" it is\na: 4 | b: two lines', "quote_open", {"rows": "2, 4"})])
def test_slips_in_a_table_are_told(table, text, code, facts):
    document, (remark,) = one(table.encode(), "a.csv")
    assert (document.text, remark.code, remark.facts) == (text, code, facts)


def test_what_people_typed_onto_a_page_is_read():
    """A filled field of a form and a text laid over the page; the letters of ligatures."""
    from tests.bad_inputs.pdf import FONT, line, pages, stream

    table = stream(b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <42> <FB01> endbfchar endcmap")
    data = pages(line(b"BBB"), font=FONT.replace(b">>", b"/ToUnicode 4 0 R>>"), more=(
        table, b"[<</Subtype/Widget/FT/Tx/T(name)/V(Kim)>><</Subtype/Widget/Parent<</FT/Ch/T(city)/V(Seoul)>>>>"
               b"<</Subtype/FreeText/Contents(approved)>><</Subtype/Link>>null]")).replace(b"/MediaBox", b"/Annots 5 0 R/MediaBox")
    assert one(data, "a.pdf")[0].text == "fififi\nname: Kim\ncity: Seoul\napproved"


BAD = {
    "empty": (b"", "a.txt", "read_empty"),
    "only white space": (b" \n\t", "a.md", "read_empty"),
    "no words": (b"-- ** --", "a.txt", "read_no_text"),
    "unknown ending": (b"text", "a.xyz", "read_format"),
    "no ending": (b"text", "README", "read_format"),
    "a PDF called text": (b"%PDF-1.4 ...", "a.txt", "read_other"),
    "a ZIP called PDF": (b"PK\x03\x04....", "a.pdf", "read_other"),
    "random bytes": (bytes(range(128, 256)) * 40, "a.txt", "read_encoding"),
    "text called PDF": (b"just some text", "a.pdf", "read_damaged"),
    "truncated PDF": (pdf(["Hello"])[:200], "a.pdf", "read_damaged"),
    "encrypted PDF": (pdf(["Hello"], password="secret"), "a.pdf", "read_password"),
    "encrypted PDF, RC4": (pdf(["Hello"], password="secret", algorithm="RC4-128"), "a.pdf", "read_password"),
    "PDF with a lock of its own": (
        pdf(["Hello"], password="x").replace(b"/Filter /Standard", b"/Filter /OtherDRM"), "a.pdf", "read_password"),
    "scanned PDF": (pdf(["", ""]), "a.pdf", "read_scan"),
    "no mail": (b"Just a note without headers", "a.eml", "read_not_mail"),
    "header row only": (b"a,b,c\n", "a.csv", "read_no_rows"),
    "50 MB of text": (b"word " * 10_000_000, "a.txt", "read_long"),
    "101 MB": (b"x" * 101_000_000, "a.txt", "read_large"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_one_sentence_with_its_name(case):
    data, name, code = BAD[case]
    with pytest.raises(CannotRead) as caught:
        read(data, name, "corpus")
    assert caught.value.remark.code == code
    for lang in ("en", "ko"):
        sentence = tell(lang, caught.value.remark)
        assert sentence.startswith(name) and "\n" not in sentence and len(sentence) < 300


def test_a_damaged_page_costs_that_page(monkeypatch):
    from pypdf import PageObject

    whole = PageObject.extract_text
    monkeypatch.setattr(
        PageObject, "extract_text", lambda page: 1 / 0 if page.page_number == 1 else whole(page))
    document, remarks = one(pdf(["First", "Second", "Third"]), "a.pdf")
    assert "First" in document.text and "Third" in document.text and "Second" not in document.text
    assert remarks[0].facts["pages"] == "2" and document.page_at(document.text.index("Third")) == 3


def test_text_is_cleaned():
    assert clean("a\x00b\x07c\ud800d\r\ne \t\n\n\n\nf\u200b") == "abc?d\ne\n\nf"
    assert clean("한국") == "한국"


def test_the_same_text_in_two_corpora_is_two_documents():
    assert read(b"text", "a.txt", "one")[0][0].id != read(b"text", "a.txt", "two")[0][0].id
    assert read(b"text", "a.txt", "one")[0][0].id == read("text".encode("utf-16"), "b.txt", "one")[0][0].id


def test_folded_headers_of_korean_mail_are_whole():
    """A line break between encoded words belongs to neither; address lists break over it."""
    (document,), _ = read((SAMPLES / "saebyeok-foods/documents/cs-0387-고객불만-답변.eml").read_bytes(), "a.eml", "x")
    assert document.title == "Re: [문의] 닭갈비 양념이 다 샜습니다 - 처리 결과 안내"
    assert "=?" not in document.text.split("\n\n")[0] and "연소희 <yeon.sohui@example.co.kr>, 용지현 <" in document.text
