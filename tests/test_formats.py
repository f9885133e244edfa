"""Word, PowerPoint, Excel, web pages and mailboxes: what goes in comes out, in order, in both languages; bad ones are one sentence."""

import io
import json
import re
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.command import workbench
from workbench import ingest as verb
from workbench.errors import CannotRead
from workbench.reading import READERS, read
from workbench.retrieval.chunking import chunk
from workbench.retrieval.sentences import sentences
from workbench.search import search
from workbench.words import tell

ROOT = Path(__file__).parents[1]
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"


def saved(made) -> bytes:
    """The bytes of what a library made."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def replaced(data: bytes, **parts) -> bytes:
    """A package with parts put in, changed by a function, or taken out (None), `__` for / and `_x_` for the dot."""
    changes = {place.replace("__", "/").replace("_x_", "."): change for place, change in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for place in dict.fromkeys([*old.namelist(), *changes]):
            change = changes.get(place, lambda content: content)
            content = change(old.read(place)) if callable(change) else change
            if content is not None:
                new.writestr(place, content)
    return out.getvalue()


def one(data: bytes, name: str):
    (document,), remarks = read(data, name, "corpus")
    return document, remarks


def refused(data: bytes, name: str) -> str:
    """The code with which a file is refused, told in both languages."""
    with pytest.raises(CannotRead) as caught:
        read(data, name, "corpus")
    for lang in ("en", "ko"):
        sentence = tell(lang, caught.value.remark)
        assert sentence.startswith(name) and "\n" not in sentence and len(sentence) < 350
    return caught.value.remark.code


# Word


def word(*paragraphs: str):
    document = WordDocument()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def body(xml: str) -> bytes:
    """A Word file with a body of our own."""
    return replaced(saved(word()), word__document_x_xml=f'<w:document {WORD}><w:body>{xml}</w:body></w:document>'.encode())


def test_a_word_document_in_its_order():
    document = word()
    document.add_heading("여비 규정", 0)
    document.add_heading("제1장 총칙", 1)
    document.add_paragraph("출장비는 하루 50,000원이다.")
    document.add_heading("Rates", 2)
    document.add_paragraph("domestic", style="List Bullet")
    document.add_paragraph("abroad", style="List Number")
    table = document.add_table(rows=3, cols=3)
    for row, values in enumerate((("구분", "직급", "금액"), ("국내", "사원", "5만"), ("", "부장", "7만"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("The end.")
    document.sections[0].header.paragraphs[0].text = "주식회사 새벽"
    document.sections[0].footer.paragraphs[0].text = "- 1 -"
    assert one(saved(document), "a.docx")[0].text == (
        "주식회사 새벽\n\n# 여비 규정\n\n# 제1장 총칙\n\n출장비는 하루 50,000원이다.\n\n## Rates\n- domestic\n- abroad\n\n"
        "구분 | 직급 | 금액\n국내 | 사원 | 5만\n국내 | 부장 | 7만\n\nThe end.")


def test_title_and_day_of_a_word_document_are_its_own_unless_absurd():
    document = word("text")
    document.core_properties.title, document.core_properties.modified = "규정집", datetime(2024, 3, 5, 9)
    read_back, _ = one(saved(document), "a.docx")
    assert (read_back.title, read_back.date, read_back.kind) == ("규정집", "2024-03-05", "docx")
    document.core_properties.title, document.core_properties.modified = "C:/old.doc", datetime(1601, 1, 1)
    document.core_properties.created = datetime(2019, 12, 31)
    read_back, _ = one(saved(document), "folder/보고.docx")
    assert (read_back.title, read_back.date) == ("보고", "2019-12-31")
    bare = replaced(saved(document), docProps__core_x_xml=None)
    assert one(bare, "a.docx")[0].date == ""
    document.add_heading("Travel rules", 1)
    assert one(saved(document), "a.docx")[0].title == "Travel rules"


def test_text_boxes_notes_and_revisions():
    box = "<w:txbxContent><w:p><w:r><w:t>글상자</w:t></w:r></w:p></w:txbxContent>"
    alternate = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    data = body(
        f"<w:p><w:r><w:t>Before</w:t><mc:AlternateContent {alternate}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        '<w:p><w:r><w:t xml:space="preserve">Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>'
        "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>added</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:p><w:r><w:t>After</w:t></w:r></w:p>'
        '<w:p><w:r><w:footnoteReference w:id="2"/><w:t>again</w:t></w:r></w:p>')
    notes = (f'<w:footnotes {WORD}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
             '<w:footnote w:id="2"><w:p><w:r><w:t>각주: 2024년 기준.</w:t></w:r></w:p></w:footnote></w:footnotes>')
    relation = (b'<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
                b'Target="footnotes.xml"/>')
    data = replaced(data, word__footnotes_x_xml=notes.encode(), **{
        "word/_rels/document.xml.rels": lambda content: content.replace(b"</Relationships>", relation + b"</Relationships>")})
    assert one(data, "a.docx")[0].text == "Before\n\n글상자\n\nKept added\n\n각주: 2024년 기준.\n\nAfter\n\nagain"


def test_a_missing_picture_does_not_cost_the_document():
    relation = (b'<Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
                b'Target="../NULL"/></Relationships>')
    data = replaced(saved(word("The words.")), **{
        "word/_rels/document.xml.rels": lambda content: content.replace(b"</Relationships>", relation)})
    assert one(data, "a.docx")[0].text == "The words."


def test_three_hundred_thousand_paragraphs():
    text = one(body("".join(f"<w:p><w:r><w:t>p{number}</w:t></w:r></w:p>" for number in range(300_000))), "a.docx")[0].text
    assert text.startswith("p0\n\np1\n") and text.endswith("p299999")


@given(st.lists(st.text("가나다 abc.,|#-12", min_size=1).map(str.strip).filter(re.compile(r"\w").search), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_paragraphs_come_out_as_they_went_in(paragraphs):
    text = one(saved(word(*paragraphs)), "a.docx")[0].text
    assert text.split("\n\n") == [paragraph.rstrip() for paragraph in paragraphs]


def test_notes_tables_and_controls_each_go_in_once():
    """Endnotes, a table in a table's cell, a text box in a cell, a content control around a row, three headers."""
    box = "<w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r>"
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner 1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>inner 2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    cells = f"<w:tc><w:p><w:r><w:t>one</w:t></w:r>{box}</w:p></w:tc><w:tc>{inner}<w:p/></w:tc>"
    data = body(
        f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cells}</w:tr></w:sdtContent></w:sdt></w:tbl>"
        '<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink><w:r><w:endnoteReference w:id="3"/></w:r>'
        '<w:commentRangeStart w:id="0"/></w:p></w:sdtContent></w:sdt>')
    notes = f'<w:endnotes {WORD}><w:endnote w:id="3"><w:p><w:r><w:t>미주</w:t></w:r></w:p></w:endnote></w:endnotes>'
    relation = (b'<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes" '
                b'Target="endnotes.xml"/></Relationships>')
    data = replaced(data, word__endnotes_x_xml=notes.encode(), **{
        "word/_rels/document.xml.rels": lambda content: content.replace(b"</Relationships>", relation)})
    assert one(data, "a.docx")[0].text == "one box | inner 1 | inner 2\n\nlinked\n\n미주"
    document = word("words")
    document.add_comment(document.paragraphs[0].runs[0], "뒤에 확인", author="Kim")
    commented, (remark,) = one(saved(document), "a.docx")
    assert (commented.text, remark.code, remark.facts) == ("words", "comments_unread", {"count": 1})
    document = word("words")
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = section.different_first_page_header_footer = True
    for header, text in ((section.header, "새벽"), (section.even_page_header, "새벽"), (section.first_page_header, "첫 쪽")):
        header.paragraphs[0].text = text
    assert sorted(one(saved(document), "a.docx")[0].text.split()) == sorted("새벽 첫 쪽 words".split())


# PowerPoint


def slides(*titles: str):
    from pptx import Presentation

    presentation = Presentation()
    for title in titles:
        presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = title
    return presentation


def test_a_presentation_by_its_slides():
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    presentation = slides("분기 실적", "Table")
    first, second = presentation.slides
    first.placeholders[1].text = "매출 12억\n영업이익 1억"
    group = first.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 9, 9).text_frame.text = "In a group"
    group.shapes.add_group_shape().shapes.add_textbox(0, 0, 9, 9).text_frame.text = "deeper"
    first.notes_slide.notes_text_frame.text = "여기서 멈춘다."
    table = second.shapes.add_table(3, 3, 0, 0, Inches(3), Inches(2)).table
    for row, values in enumerate((("지역", "지점", "금액"), ("서울", "강남", "5"), ("", "종로", "7"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    figures = CategoryChartData()
    figures.categories = ["1월", "2월"]
    figures.add_series("매출", (1.1 + 2.2, 2))
    second.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(3), Inches(2), figures)
    presentation.core_properties.modified = datetime(2024, 3, 5)
    document, remarks = one(saved(presentation), "실적.pptx")
    assert (document.title, document.date, document.kind, remarks) == ("분기 실적", "2024-03-05", "pptx", ())
    assert document.text == (
        "# 분기 실적\n\n- 매출 12억\n- 영업이익 1억\n\nIn a group\n\ndeeper\n\n여기서 멈춘다.\n\n"
        "# Table\n\n지역 | 지점 | 금액\n서울 | 강남 | 5\n서울 | 종로 | 7\n\n매출 | 1월: 3.3 | 2월: 2")
    assert [document.page_at(document.text.index(words)) for words in ("분기", "멈춘다", "Table", "종로")] == [1, 1, 2, 2]


def test_diagrams_alternatives_and_footers_of_slides():
    spaces = ('xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
              'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
              'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"')

    def shape(text: str, kind: str = "") -> str:
        place = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else "<p:nvPr/>"
        return f"<p:sp><p:nvSpPr>{place}</p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"

    added = (f'<p:grpSp {spaces}>{shape("Footer", "ftr")}{shape("7", "sldNum")}'
             f'<mc:AlternateContent><mc:Choice Requires="a14">{shape("newer")}</mc:Choice><mc:Fallback>{shape("older")}</mc:Fallback></mc:AlternateContent>'
             '<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds r:dm="rId77"/></a:graphicData></a:graphic></p:graphicFrame></p:grpSp>')
    diagram = f'<dgm:dataModel {spaces}><dgm:t><a:p><a:r><a:t>접수</a:t></a:r></a:p><a:p><a:r><a:t>검토</a:t></a:r></a:p></dgm:t></dgm:dataModel>'
    relation = (b'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData" '
                b'Target="../diagrams/data1.xml"/></Relationships>')
    kinds = b'<Default Extension="xml" ContentType="application/xml"/>'
    changes = {"ppt/diagrams/data1.xml": diagram.encode(), "[Content_Types].xml": lambda content: content if kinds in content else content.replace(
        b"<Default ", kinds + b"<Default ", 1)}
    for number in (1, 2):
        changes[f"ppt/slides/slide{number}.xml"] = lambda content: content.replace(b"</p:spTree>", f"{added}</p:spTree>".encode())
        changes[f"ppt/slides/_rels/slide{number}.xml.rels"] = lambda content: content.replace(b"</Relationships>", relation)
    comment = relation.replace(b"diagramData", b"comments").replace(b"rId77", b"rId78").replace(b"diagrams/data1", b"comments/comment1")
    linked = changes["ppt/slides/_rels/slide1.xml.rels"]
    changes["ppt/slides/_rels/slide1.xml.rels"] = lambda content: linked(content).replace(b"</Relationships>", comment)
    changes["ppt/comments/comment1.xml"] = f'<p:cmLst {spaces}><p:cm><p:text>unsaid</p:text></p:cm><p:cm/></p:cmLst>'.encode()
    document, (remark,) = one(replaced(saved(slides("One", "Two")), **changes), "a.pptx")
    assert (remark.code, remark.facts) == ("comments_unread", {"count": 2})
    assert document.text == (
        "# One\n\nFooter\n\nnewer\n\n- 접수\n- 검토\n\n# Two\n\nnewer\n\n- 접수\n- 검토")


# Excel


def test_every_row_is_a_document_where_that_is_wanted():
    book = sheet(("2024년 실적",), (), ("이름", "금액"), ("김", 3), ("이", 5), title="직원")
    sheet(("code", "price"), ("A-1", 5), book=book, title="Prices")
    documents, _ = read(saved(book), "표.xlsx", "corpus", by_row=True)
    assert [(each.title, each.text, each.kind) for each in documents] == [
        ("표 · 직원 #1", "2024년 실적", "xlsx"), ("표 · 직원 #4", "이름: 김 | 금액: 3", "xlsx"),
        ("표 · 직원 #5", "이름: 이 | 금액: 5", "xlsx"), ("표 · Prices #2", "code: A-1 | price: 5", "xlsx")]
    documents, remarks = read(b"name,score\n\nKim,3\nLee,5\nKim,3\n", "a.csv", "corpus", by_row=True)
    assert [(each.title, each.text) for each in documents] == [("a #3", "name: Kim | score: 3"), ("a #4", "name: Lee | score: 5")]
    assert [(remark.code, remark.facts) for remark in remarks] == [("repeated", {"count": 1, "outer": 1})]
    documents, _ = read(b"n\n" + b"\n".join(b"%d" % number for number in range(100_000)), "a.csv", "corpus", by_row=True)
    assert len(documents) == 100_000 and (documents[-1].title, documents[-1].text) == ("a #100001", "n: 99999")
    assert len(read(b"just text", "a.txt", "corpus", by_row=True)[0]) == 1


def test_columns_of_one_name_and_too_many_columns():
    assert one(saved(sheet(("item", "price", "price"), ("x", 1, 2))), "a.xlsx")[0].text == "item: x | price: 1 | price 2: 2"
    assert refused(saved(sheet(range(1_001), range(1_001))), "a.xlsx") == "read_columns"


def sheet(*rows, book=None, title="Sheet"):
    page = book.create_sheet() if book else (book := Workbook()).active
    page.title = title
    for row in rows:
        page.append(list(row))
    return book


def test_a_korean_sheet_with_a_title_and_names_in_two_rows():
    book = sheet(("2024년 지점별 실적",), (None,) * 5 + ("(단위: 천원)",), ("지역", "지점", "1분기", None, "2분기"),
                 (None, None, "매출", "이익률", "매출", "이익률"), ("서울", "강남", 1234.0, 0.125, 1500000, 0.2),
                 (None, "종로", 1000, 0.1, 1100.5, 0.3), ("부산", "해운대", 3, -0.1, 0.1 + 0.2, 1))
    page = book.active
    for area in ("A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "A5:A6"):
        page.merge_cells(area)
    for row in (5, 6, 7):
        page.cell(row, 3).number_format, page.cell(row, 4).number_format = "#,##0", "0.0%"
    assert one(saved(book), "실적.xlsx")[0].text == (
        "2024년 지점별 실적\n(단위: 천원)\n"
        "지역: 서울 | 지점: 강남 | 1분기 매출: 1,234 | 1분기 이익률: 12.5% | 2분기 매출: 1500000 | 2분기 이익률: 0.2\n"
        "지역: 서울 | 지점: 종로 | 1분기 매출: 1,000 | 1분기 이익률: 10.0% | 2분기 매출: 1100.5 | 2분기 이익률: 0.3\n"
        "지역: 부산 | 지점: 해운대 | 1분기 매출: 3 | 1분기 이익률: -10.0% | 2분기 매출: 0.3 | 2분기 이익률: 1")


def test_every_sheet_is_a_document():
    book = sheet(("이름", "금액"), ("김", "3 원"), title="직원")
    hidden = sheet(("code", "price"), ("A-1", 5), book=book, title="Prices")["Prices"]
    hidden.sheet_state = "hidden"
    book.create_sheet("empty")
    book.properties.created = datetime(2024, 1, 2)
    data = replaced(saved(book), docProps__core_x_xml=lambda content: re.sub(rb"<dcterms:modified.*?</dcterms:modified>", b"", content))
    documents, remarks = read(data, "folder/표.xlsx", "corpus")
    assert [(each.title, each.text, each.kind) for each in documents] == [
        ("표 · 직원", "이름: 김 | 금액: 3 원", "xlsx"), ("표 · Prices", "code: A-1 | price: 5", "xlsx")]
    assert not remarks
    assert one(saved(sheet(("a", "b"), (1, 2))), "표.xlsx")[0].title == "표"


@pytest.mark.parametrize(("value", "pattern", "text"), [
    (1234.0, "General", "1234"), (0.1 + 0.2, "General", "0.3"), (1234.5, "#,##0.00", "1,234.50"), (1234567, "#,##0", "1,234,567"),
    (0.125, "0.0%", "12.5%"), (-5, "#,##0;[Red]-#,##0", "-5"), (1100.5, '"₩"#,##0', "₩1,101"), (3000, '#,##0"원"', "3,000원"),
    (30, "_-[$€-407] * #,##0_-", "€30"), (7, "00000", "00007"), (2024, "0", "2024"), (1e20, "General", "1e+20"),
    (12345, "0.00E+00", "12345"), (2.50, "0.##", "2.5"), (True, "General", "TRUE"), (date(2024, 3, 5), "yyyy-mm-dd", "2024-03-05"),
    (datetime(2024, 3, 5, 9, 30), "yyyy-mm-dd h:mm", "2024-03-05 09:30"), ("가\n나", "@", "가 나"), (-0.001, "0.0", "0.0"),
])
def test_values_as_people_see_them(value, pattern, text):
    book = sheet(("a", "b"), ("x", value))
    book.active["B2"].number_format = pattern
    assert one(saved(book), "a.xlsx")[0].text == f"a: x | b: {text}"


def test_two_tables_on_one_sheet_have_names_of_their_own():
    book = sheet(("이름", "나이"), ("김", 30), (), ("비고: 잠정치",), (), ("Team", "Size"), ("Sales", 4), (), ("Support", 5))
    assert one(saved(book), "a.xlsx")[0].text == "이름: 김 | 나이: 30\n비고: 잠정치\nTeam: Sales | Size: 4\nTeam: Support | Size: 5"


def test_formulas_without_a_result_are_told():
    document, remarks = one(saved(sheet(("a", "b"), ("x", "=1+1"), ("y", 3))), "a.xlsx")
    assert document.text == "a: x\na: y | b: 3"
    assert [(remark.code, remark.facts) for remark in remarks] == [("formulas_unread", {"count": 1})]
    assert refused(saved(sheet(("=1+1",))), "a.xlsx") == "read_no_values"
    empty = replaced(saved(sheet(("a", "b"), ("x", "=1+1"))), **{SHEET: lambda content: re.sub(
        rb"</f><v ?/>|</f><v></v>|</f>", b"</f><v></v>", content).replace(b'r="B2"', b'r="B2" t="str"')})
    assert one(empty, "a.xlsx")[1] == ()


def test_a_sheet_that_claims_a_million_rows():
    book = sheet(("a", "b"), (1, 2))
    book.active["XFD1048576"] = "end"
    crowd = b'</sheetData><mergeCells>' + b'<mergeCell ref="A1:XFD1048576"/>' * 1000 + b"</mergeCells>"
    data = replaced(saved(book), **{SHEET: lambda content: content.replace(b"</sheetData>", crowd)})
    assert "end" in one(data, "a.xlsx")[0].text


def test_one_long_cell_in_very_many_rows_is_refused():
    rows = b"".join(b'<row r="%d"><c r="A%d" t="str"><v>%s</v></c></row>' % (number, number, b"word " * 2000) for number in range(1, 3000))
    data = replaced(saved(sheet(("a",))), **{SHEET: lambda content: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + rows + b"</sheetData>", content)})
    assert refused(data, "a.xlsx") == "read_long"


@given(st.lists(st.lists(st.text("가나다abc |:12", min_size=1).filter(re.compile("[가-다a-c]").search), min_size=3, max_size=3), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_cells_come_out_as_they_went_in(rows):
    lines = one(saved(sheet(("이름", "b", "c"), *rows)), "a.xlsx")[0].text.split("\n")
    assert lines == [
        " | ".join(f"{name}: {' '.join(cell.split())}" for name, cell in zip(("이름", "b", "c"), row, strict=True)) for row in rows]


def test_rows_of_a_sheet_are_kept_whole():
    document, _ = one(saved(sheet(("item", "note"), *((f"item {number}", "words " * 20) for number in range(40)))), "a.xlsx")
    chunks = list(chunk(document, lambda text: len(text.split()), 100, 20))
    assert len(chunks) > 5 and all(each.text.startswith("item: ") and each.text.endswith("words") for each in chunks)
    assert len(sentences(document.text, document.kind)) == 40


# Web pages


def test_a_page_is_its_visible_text():
    document, _ = one("""<!DOCTYPE html><html><head><title> 휴가
        안내 </title><meta property="article:published_time" content="2024-03-05T09:00:00+09:00"><style>p{}</style></head><body>
        <nav><a href=/>Home</a></nav><h1>휴가</h1><p>연차는 <b>15일</b>이다.<p style="DISPLAY: none">secret<p hidden>folded</p>
        <table><tr><th><div><p>직급</p></div></th><th>일수</th></tr><tr><td>사원</td><td>15</td></tr></table><pre>one
  two</pre><button>Send</button><script>evil()</script></body>""".encode(), "a.htm")
    assert (document.title, document.date, document.kind) == ("휴가 안내", "2024-03-05", "html")
    assert document.text == "휴가\n\n연차는 15일이다.\n\n직급 | 일수\n사원 | 15\n\none\ntwo"


@pytest.mark.parametrize(("encoding", "label"), [
    ("cp949", '<meta charset="euc-kr">'), ("cp949", '<meta http-equiv=Content-Type content="text/html; charset=ks_c_5601-1987">'),
    ("cp949", ""), ("cp949", '<meta charset="utf-8">'), ("cp949", '<meta charset="iso-8859-1">'), ("utf-8", '<meta charset="euc-kr">'),
    ("utf-8", ""), ("utf-8-sig", '<meta charset="euc-kr">'), ("utf-16", ""), ("utf-8", '<meta charset="utf-16">'),
    ("iso2022_kr", '<meta charset="iso-2022-kr">'), ("cp949", '<?xml version="1.0" encoding="euc-kr"?>'), ("utf-8", "<meta charset=nonsense>")])
def test_encodings_of_pages(encoding, label):
    text = "안녕하세요. 쌀국수 예산은 3,650만 원입니다." + ("" if encoding == "iso2022_kr" else " 똠얌")
    assert one(f"{label}<p>{text}</p>".encode(encoding), "a.html")[0].text == text


@pytest.mark.parametrize(("tag", "day"), [
    ('name="date" content="2024-03-05"', "2024-03-05"), ('name="DCTERMS.modified" content="2024. 3. 5."', "2024-03-05"),
    ('itemprop="datePublished" content="2024년 3월 5일"', "2024-03-05"), ('name="date" content="20240305"', "2024-03-05"),
    ('name="Last-Modified" content="Tue, 05 Mar 2024 09:00:00 GMT"', "2024-03-05"), ('name="date" content="yesterday"', ""),
    ('name="date" content="2024-13-45"', ""), ('name="date" content="1970-01-01"', ""), ('name="date" content="2999-01-01"', "")])
def test_days_of_pages(tag, day):
    assert one(f"<meta {tag}><p>text".encode(), "a.html")[0].date == day


def test_pages_that_hung_parsers():
    assert refused(b"<html>" + b"<a b=" * 200_000, "a.html") == "read_no_text"
    assert one(b"<div>" * 100_000 + b"words", "a.html")[0].text == "words"


# Mailboxes


def mailbox(*messages: str) -> bytes:
    return "".join(f"From someone@example.com Mon Jan  1 10:00:00 2024\n{message}\n\n" for message in messages).encode()


def letter(subject: str, text: str) -> str:
    return f"From: Kim <kim@example.com>\nSubject: {subject}\nDate: Tue, 5 Mar 2024 09:00:00 +0900\n\n{text}"


def test_every_message_is_a_document():
    documents, remarks = read(mailbox(letter("납품 지연", "다음 주에 옵니다."), letter("Invoice", "It is 15 dollars.")), "a.mbox", "corpus")
    assert [(each.title, each.date, each.kind) for each in documents] == [
        ("납품 지연", "2024-03-05", "mbox"), ("Invoice", "2024-03-05", "mbox")]
    assert documents[0].text.endswith("다음 주에 옵니다.") and "15 dollars" in documents[1].text and not remarks


@pytest.mark.parametrize("line", [
    ">From the start", "text\n\nFrom now on we ship on Mondays.", "text\nFrom a@example.com Mon Jan  1 10:00:00 2024",
    "text\n\nFrom the Mon, 3 Jan meeting at 10:00 on", ">>From quoted twice"])
def test_lines_that_begin_with_from_are_no_separators(line):
    documents, _ = read(mailbox(letter("One", f"{line}\n\nthe end"), letter("Two", "b")), "a.mbox", "corpus")
    assert len(documents) == 2 and documents[0].text.endswith(f"{line.removeprefix('>')}\n\nthe end")


@pytest.mark.parametrize("separator", [
    "From - Mon Jan 01 10:00:00 2024", "From 179@xxx Mon Jan 01 10:00:00 +0000 2024", 'From "Kim Lee" Mon Jan  1 10:00:00 2024',
    "From MAILER-DAEMON Thu Jul  1 10:00 2004", "From a@b.c  Sat, 03 Jan 2024 01:05:34 +0900", "From ???@??? Mon Jan 01 00:00:00 2024"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_as_programs_write_them(separator, end):
    data = f"{separator}\n{letter('One', 'a')}\n\n{separator}\n{letter('Two', 'b')}\n".replace("\n", end).encode()
    assert [each.title for each in read(data, "a.mbox", "corpus")[0]] == ["One", "Two"]


def test_a_broken_message_costs_that_message_and_a_repeated_one_is_kept_once():
    same = letter("Same", "again")
    documents, remarks = read(mailbox(same, "no headers at all", letter("Good", "words"), same), "a.mbox", "corpus")
    assert [each.title for each in documents] == ["Same", "Good"]
    assert [(remark.code, remark.facts) for remark in remarks] == [
        ("messages_unread", {"count": 1, "of": 4}), ("repeated", {"count": 1, "outer": 1})]
    assert refused(mailbox("no headers at all"), "a.mbox") == "read_not_mailbox"
    assert refused(b"just text", "a.mbox") == "read_not_mailbox"


def test_ten_thousand_messages():
    data = mailbox(*(letter(f"Order {number}", f"주문 {number}번\n\nFrom now on") for number in range(10_000)))
    documents, _ = read(data, "a.mbox", "corpus")
    assert [each.title for each in documents] == [f"Order {number}" for number in range(10_000)]


# Bad files


LAUGHS = '<!DOCTYPE l [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + level)} "{("&" + chr(97 + level) + ";") * 10}">' for level in range(9)) + "]>"
WORDS, TABLE = saved(word("Hello words")), saved(sheet(("a", "b"), ("x", 1)))


def lying() -> bytes:
    """A package whose directory says 1,000 bytes where 250 million come out."""
    data = bytearray(replaced(WORDS, word__media__a_x_png=b"\0" * 250_000_000))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    return bytes(data)


BAD = {
    "truncated Word": (WORDS[: len(WORDS) // 2], "a.docx", "read_damaged"),
    "truncated Excel": (TABLE[: len(TABLE) // 2], "a.xlsx", "read_damaged"),
    "text called Word": (b"just text", "a.docx", "read_damaged"),
    "Word called Excel": (WORDS, "a.xlsx", "read_other"),
    "Excel called Word": (TABLE, "a.docx", "read_other"),
    "Word called text": (WORDS, "a.txt", "read_other"),
    "Word called HTML": (WORDS, "a.html", "read_other"),
    "PowerPoint called Word": (replaced(WORDS, ppt__a_x_xml=b"", **{DOCUMENT: None}), "a.pdf", "read_other"),
    "old Word": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.docx", "read_other"),
    "old Word by its name": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.doc", "read_saved_as"),
    "old Word called Outlook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.msg", "read_damaged"),
    "old Excel by its name": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.XLS", "read_saved_as"),
    "an Office file called Hangul": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "가.hwp", "read_damaged"),
    "encrypted Word": (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.docx", "read_password"),
    "encrypted Excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "read_password"),
    "no document": (replaced(WORDS, **{DOCUMENT: None}), "a.docx", "read_damaged"),
    "no types": (replaced(WORDS, **{"[Content_Types].xml": None}), "a.docx", "read_damaged"),
    "bad XML": (replaced(WORDS, **{DOCUMENT: b"<w:document"}), "a.docx", "read_damaged"),
    "no body": (replaced(WORDS, **{DOCUMENT: f"<w:document {WORD}/>".encode()}), "a.docx", "read_damaged"),
    "no words": (saved(word()), "a.docx", "read_no_text"),
    "deep": (body("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "a.docx", "read_damaged"),
    "billion laughs in Word": (
        replaced(WORDS, **{DOCUMENT: f"{LAUGHS}<w:document {WORD}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>".encode()}),
        "a.docx", "read_damaged"),
    "billion laughs in Excel": (
        replaced(TABLE, **{SHEET: lambda content: LAUGHS.encode() + content.replace(b"<v>1</v>", b"<v>&j;</v>")}), "a.xlsx", "read_damaged"),
    "bomb": (replaced(WORDS, word__media__a_x_png=b"\0" * 250_000_000), "a.docx", "read_expands"),
    "bomb with a lying directory": (lying(), "a.docx", "read_expands"),
    "no sheet": (replaced(TABLE, **{SHEET: None}), "a.xlsx", "read_no_text"),
    "no workbook": (replaced(TABLE, xl__workbook_x_xml=None), "a.xlsx", "read_damaged"),
    "half a sheet": (replaced(TABLE, **{SHEET: lambda content: content[: len(content) // 2]}), "a.xlsx", "read_damaged"),
    "empty workbook": (saved(Workbook()), "a.xlsx", "read_no_text"),
    "empty archive": (b"PK\x05\x06" + b"\0" * 18, "a.xlsx", "read_damaged"),
    "no page": (b"<script>evil()</script><!-- words -->", "a.html", "read_no_text"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_one_sentence(case):
    data, name, code = BAD[case]
    assert refused(data, name) == code


def test_entities_read_no_file():
    data = replaced(WORDS, **{DOCUMENT: (
        f'<!DOCTYPE l [<!ENTITY a SYSTEM "file://{Path(__file__)}">]><w:document {WORD}><w:body><w:p><w:r><w:t>hello &a;</w:t></w:r></w:p>'
        "</w:body></w:document>").encode()})
    assert one(data, "a.docx")[0].text == "hello"


WHOLE = {
    ".docx": WORDS, ".pptx": saved(slides("제목", "Two")), ".xlsx": TABLE, ".mbox": mailbox(letter("납품", "a"), letter("Two", "b")),
    ".html": "<html><head><meta charset=utf-8><title>제목</title></head><body><p>글<table><tr><td>a<td>b</table></html>".encode()}


@pytest.mark.parametrize("suffix", WHOLE)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_damage_is_text_or_one_sentence(suffix, data):
    """Nothing but CannotRead, whatever bytes are lost, changed or put in: in the file, and in a part of a package."""
    def damaged(content: bytes) -> bytes:
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 40)))
        return content[:start] + data.draw(st.binary(max_size=8)) + (content[end:] if data.draw(st.booleans()) else b"")

    file = WHOLE[suffix]
    if file.startswith(b"PK") and data.draw(st.booleans()):
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            part = data.draw(st.sampled_from([place for place in archive.namelist() if place.endswith((".xml", ".rels"))]))
        file = replaced(file, **{part: damaged})
    else:
        file = damaged(file)
    try:
        documents, _ = read(file, f"a{suffix}", "corpus")
        assert all(document.text for document in documents)
    except CannotRead as error:
        assert str(error)


# Through the doors


def test_a_mailbox_beside_a_message_it_holds(bench, tmp_path):
    (tmp_path / "a.mbox").write_bytes(mailbox(letter("Deposit", "The deposit is 150 dollars."), letter("Hours", "We close at six.")))
    (tmp_path / "b.mbox").write_bytes(mailbox(letter("Hours", "We close at six."), letter("Keys", "The keys are with Kim.")))

    def take_in(name):
        report, = (step.report for step in verb.ingest(bench, [tmp_path / name], "mail") if step.report)
        return report

    assert (take_in("a.mbox").state, take_in("a.mbox").state) == ("ready", "duplicate")
    report = take_in("b.mbox")
    assert report.state == "ready" and report.chunks == 1
    assert [(remark.code, remark.facts) for remark in report.remarks] == [
        ("partly_duplicate", {"count": 1, "of": 2, "names": "a.mbox"})]
    assert [each.title for each in bench.store.documents("mail")] == ["Deposit", "Hours", "Keys"]
    for question, title in (("Who has the keys?", "Keys"), ("How much is the deposit?", "Deposit")):
        hit = search(bench, question, "mail").hits[0]
        assert hit.title == title and hit.chunk.text in next(
            each.text for each in bench.store.documents("mail") if each.id == hit.chunk.document_id)
    (tmp_path / "a.mbox").write_bytes(mailbox(letter("Deposit", "The deposit is 200 dollars."), letter("Hours", "We close at six.")))
    assert take_in("a.mbox").state == "ready" and len(bench.store.documents("mail", "a.mbox")) == 2


def test_one_of_each_through_the_command_line(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "규정.docx").write_bytes(saved(word("출장비는 하루 50,000원이다.")))
    (folder / "prices.xlsx").write_bytes(saved(sheet(("item", "price"), ("grinder", 410), ("scale", 95))))
    (folder / "page.html").write_text("<title>Hours</title><p>The office closes at six.</p>")
    (folder / "old.htm").write_bytes("<meta charset=euc-kr><p>주차장은 지하 2층이다.</p>".encode("cp949"))
    (folder / "mail.mbox").write_bytes(mailbox(letter("납품 지연", "납품은 목요일로 미룬다."), letter("Keys", "The keys are with Kim.")))
    (folder / "locked.xlsx").write_bytes(BAD["encrypted Excel"][0])

    def run(*arguments):
        done = workbench(*arguments, "--corpus", "office", "--json", "--home", tmp_path / "home")
        assert done.returncode == 0, done.stderr
        return done

    report = json.loads(run("ingest", folder).stdout)
    states = {row["name"]: row["state"] for row in report["files"]}
    assert states == {"규정.docx": "ready", "prices.xlsx": "ready", "page.html": "ready", "old.htm": "ready",
                      "mail.mbox": "ready", "locked.xlsx": "failed"}
    assert "password" in next(row["reason"] for row in report["files"] if row["name"] == "locked.xlsx")
    queries = {"출장비는 얼마인가요?": "규정.docx", "What is the price of the grinder?": "prices.xlsx", "When does the office close?": "page.html",
               "주차장은 어디인가요?": "old.htm", "납품은 언제인가요?": "mail.mbox", "Who has the keys?": "mail.mbox"}
    (tmp_path / "queries.jsonl").write_text("\n".join(json.dumps({"query": query}) for query in queries), encoding="utf-8")
    rows = [json.loads(line) for line in run("search", "--queries", tmp_path / "queries.jsonl").stdout.splitlines()]
    assert [row["hits"][0]["source"] for row in rows] == list(queries.values())


def test_every_format_has_a_reader():
    assert {".docx", ".xlsx", ".html", ".htm", ".mbox"} <= set(READERS)
