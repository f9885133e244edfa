"""Every row of a table is read, its columns are found with evidence, and personal data goes before anything is shown."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.bench import Bench, Settings
from workbench.errors import BadRequest, CannotRead
from workbench.feedback import rows
from workbench.feedback.cells import days, ratings
from workbench.feedback.columns import columns
from workbench.feedback.masking import masked
from workbench.feedback.units import LONGEST, MOST, units
from workbench.nouns.feedback import Chosen
from workbench.reading import records

CARD = "4111 1111 1111 1111"


def table(head, *lines):
    out = io.StringIO()
    csv.writer(out).writerows([head, *lines])
    return out.getvalue().encode()


def read(bench, path, *, mask=False, **wanted):
    return rows.read(bench, path, Chosen(**wanted), mask)


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """A bench that only reads."""
    bench = Bench(Settings(tmp_path_factory.mktemp("feedback") / "home"), searching=False)
    yield bench
    bench.close()


@pytest.fixture
def file(tmp_path):
    def put(data, name="opinions.csv"):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return put


def test_rows_are_records_with_their_numbers():
    (found,) = records(table(["id", "의견"], ["1", "좋아요\n정말"], ["2"], [], ["3", "a", "more"]), "x.csv")
    assert found.columns == ("id", "의견", "3")
    assert found.rows == ((2, ("1", "좋아요\n정말", "")), (3, ("2", "", "")), (5, ("3", "a", "more")))
    assert [remark.code for remark in found.remarks] == ["rows_ragged"]


def test_a_workbook_with_titles_above_notes_and_two_tables():
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "후기"
    for line in (["2026년 고객 후기"], ["작성: 고객지원팀"], [], ["날짜", "평점", "의견"], ["2026-01-02", 5, "맛있어요"], ["2026-01-03", 1, "늦게 왔어요"],
                 [], ["이상 두 건"]):
        sheet.append(line)
    other = workbook.create_sheet("Codes")
    for line in (["code", "meaning"], ["A", "first"], ["B", "second"]):
        other.append(line)
    out = io.BytesIO()
    workbook.save(out)
    first, second = records(out.getvalue(), "x.xlsx")
    assert (first.title, first.columns, first.outside) == ("후기", ("날짜", "평점", "의견"), 3)
    assert first.rows == ((5, ("2026-01-02", "5", "맛있어요")), (6, ("2026-01-03", "1", "늦게 왔어요")))
    assert (second.title, len(second.rows)) == ("Codes", 2)


def test_columns_are_found_with_what_speaks_for_them(bench, file):
    lines = [[f"c{n}", f"2026-01-{n % 28 + 1:02}", ["North", "South"][n % 2], str(n % 5 + 1), f"The parcel number {n} came late, what a pity"] for n in range(40)]
    held = records(table(["customer", "received", "branch", "rating", "comment"], *lines), "x.csv")[0]
    kinds = {each.name: each.kind for each in columns(held)}
    assert kinds == {"customer": "other", "received": "date", "branch": "group", "rating": "rating", "comment": "text"}
    assert columns(held)[4].filled == 40 and columns(held)[3].numbers == 1.0 and columns(held)[1].days == 1.0
    found = read(bench, file(table(["customer", "received", "branch", "rating", "comment"], *lines)))
    assert found.chosen == Chosen("comment", "rating", "received", "branch", "")
    assert (found.rows[0].rating, found.rows[0].day, found.rows[0].group, found.rows[0].number) == (1.0, "2026-01-01", "North", 2)
    assert found.scale == (1.0, 5.0)
    none = read(bench, file(table(["customer", "received", "branch", "rating", "comment"], *lines)), rating="none", group="customer")
    assert none.chosen.rating == "" and none.scale is None and none.rows[1].group == "c1"


def test_korean_columns(bench, file):
    lines = [["26.01.05", "강남점", "★★★★☆", "배송이 빨라요"], ["26.01.17", "부산점", "★★☆☆☆", "포장이 찢어져 있었어요"]] * 4
    found = read(bench, file(table(["작성일", "지점", "별점", "한줄평"], *lines), "후기.csv"))
    assert found.chosen == Chosen("한줄평", "별점", "작성일", "지점", "")
    assert [row.rating for row in found.rows[:2]] == [4.0, 2.0] and found.scale == (1.0, 5.0)
    assert [row.day for row in found.rows[:2]] == ["2026-01-05", "2026-01-17"] and found.rows[0].language == "ko"


@pytest.mark.parametrize(("cells", "read", "scale"), [
    (["5", "1", "", "x"], [5.0, 1.0, None, None], (1.0, 5.0)),
    (["0", "10", "7"], [0.0, 10.0, 7.0], (0.0, 10.0)),
    (["4/5", "2 out of 5"], [4.0, 2.0], (1.0, 5.0)),
    (["80%", "15 %"], [80.0, 15.0], (0.0, 100.0)),
    (["4,5", "3점", "2.0"], [4.5, 3.0, 2.0], (1.0, 5.0)),
    (["매우 만족", "불만족", "보통"], [5.0, 2.0, 3.0], (1.0, 5.0)),
    (["Very dissatisfied", "neutral"], [1.0, 3.0], (1.0, 5.0)),
    (["⭐⭐⭐", "★"], [3.0, 1.0], (1.0, 5.0)),
])
def test_ratings(cells, read, scale):
    assert ratings(cells) == (read, scale)


@pytest.mark.parametrize(("cells", "iso"), [
    (["2026-01-05", "2026/1/6 10:30", "2026. 1. 7.", "20260108", "2026-13-01", "x", ""],
     ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "", "", ""]),
    (["2026년 3월 5일", "2026-03-06T09:00:00Z"], ["2026-03-05", "2026-03-06"]),
    (["3/4/2026", "25/4/2026"], ["2026-04-03", "2026-04-25"]),  # the second says that days come first
    (["3/4/2026", "4/25/2026"], ["2026-03-04", "2026-04-25"]),
    (["15.07.11", "15.12.24", "15.07.30"], ["2015-07-11", "2015-12-24", "2015-07-30"]),  # the year is what stays
    (["Jan 5, 2026", "12 March 2026", "05-Jan-2026", "Mon, 5 Jan 2026"], ["2026-01-05", "2026-03-12", "2026-01-05", "2026-01-05"]),
])
def test_days_of_a_column(cells, iso):
    assert days(cells) == iso


def test_an_opinion_is_a_sentence_or_a_clause():
    def cut(text):
        return [text[start:end] for start, end in units(text)[0]]

    assert cut("Good with milk, but our regulars find it too dark.") == ["Good with milk", "our regulars find it too dark."]
    assert cut("배송은 빨랐는데 포장이 엉망이었어요 다음엔 신경 써 주세요") == ["배송은 빨랐는데", "포장이 엉망이었어요", "다음엔 신경 써 주세요"]
    assert cut("맛은 좋지만 가격이 비싸요. 그런데 양은 많네요ㅎㅎ 재구매할게요") == ["맛은 좋지만", "가격이 비싸요.", "양은 많네요", "재구매할게요"]
    assert cut("가운데 부분이 찢어져 있었어요") == ["가운데 부분이 찢어져 있었어요"]
    assert cut("Great! The courier was fast; however the box was open") == ["Great! The courier was fast", "the box was open"]
    assert cut("OK") == ["OK"] and cut("…") == []


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_opinions_stand_in_the_text_in_order_and_do_not_overlap(text):
    last = 0
    for start, end in units(text)[0]:
        assert last <= start < end <= len(text) and end - start <= LONGEST and text[start:end].strip() == text[start:end]
        last = end


def test_a_giant_cell_is_cut_and_told(bench, file):
    giant = "배송이 늦었어요. " * 60_000
    assert units(giant)[1] and len(units(giant)[0]) == MOST
    assert len(units("가" * 50_000)[0]) == MOST
    found = read(bench, file(table(["의견"], [giant], ["좋아요 정말"])))
    assert [len(row.text) > 100_000 for row in found.rows] == [True, False]


@pytest.mark.parametrize(("text", "shown", "kinds"), [
    ("메일은 hong@naver.com 이고 번호는 010-1234-5678입니다", "메일은 [이메일] 이고 번호는 [전화번호]입니다", ["mail", "phone"]),
    ("주민번호 900101-1234567, 외국인 850505-6123456", "주민번호 [주민등록번호], 외국인 [주민등록번호]", ["resident", "resident"]),
    ("주민번호 9001011234567", "주민번호 [주민등록번호]", ["resident"]),
    ("없는 날 901341-1234567", "없는 날 901341-1234567", []),
    (f"카드 {CARD}로 결제", "카드 [카드번호]로 결제", ["card"]),
    ("번호 4111 1111 1111 1112", "번호 4111 1111 1111 1112", []),  # fails Luhn's check
    ("국민은행 123456-04-123456 으로 환불해 주세요", "국민은행 [계좌번호] 으로 환불해 주세요", ["account"]),
    ("110-123-456789 신한", "[계좌번호] 신한", ["account"]),
    ("02)123-4567 또는 1588-1234", "[전화번호] 또는 [전화번호]", ["phone", "phone"]),
    ("주문번호 20260105123456, 가격 10,000원", "주문번호 20260105123456, 가격 10,000원", []),
    ("Call (415) 555-0134 or +82 10 1234 5678", "Call [phone number] or [phone number]", ["phone", "phone"]),
    ("IBAN DE89 3704 0044 0532 0130 00", "IBAN [account number]", ["account"]),
    ("Ordered 2026-01-05, version 1.2.3.4567, 12345678 pieces", "Ordered 2026-01-05, version 1.2.3.4567, 12345678 pieces", []),
])
def test_personal_data(text, shown, kinds):
    assert masked(text, "ko" if any("가" <= letter <= "힣" for letter in text) else "en") == (shown, kinds)
    assert masked(shown, "en") == (shown, [])


def test_masked_before_anything_else(bench, file):
    found = read(bench, file(table(["의견", "고객"], [f"카드 {CARD} 결제가 두 번 됐어요", "kim@example.com"], ["좋아요 정말 좋아요", "이"])), mask=True, group="고객")
    assert CARD not in repr(found) and "kim@" not in repr(found) and dict(found.masked) == {"card": 1, "mail": 1}
    assert found.rows[0].text == "카드 [카드번호] 결제가 두 번 됐어요" and found.rows[0].group == "[e-mail]"


def test_what_says_the_same_is_counted_with_the_first(bench, file):
    lines = ["The parcel came late", "배송이 늦었어요", "the parcel  came late", "The parcel came late!!!", "배송이 늦었어요ㅠㅠ", "배송이 안 늦었어요", "The parcel never came late",
             "", "5", "ㅋㅋㅋ", "I waited sixteen days for the boiler and nobody called me back about it", "I waited 60 days for the boiler and nobody called me back about it",
             "I waited sixteen days for the boiler and nobody called me back about  it."]
    found = read(bench, file(table(["n", "comment"], *([str(n), line] for n, line in enumerate(lines)))))
    assert [row.same for row in found.rows] == [-1, -1, 0, 0, 1, -1, -1, -1, -1, -1, -1, -1, 10]
    assert [row.language for row in found.rows][:2] == ["en", "ko"] and [found.rows[n].language for n in (7, 8, 9)] == [""] * 3


@pytest.mark.parametrize(("name", "data", "wanted", "says"), [
    ("x.csv", table(["id", "price"], ["1", "10"], ["2", "20"]), {}, "no column looks like comments (columns: id, price)"),
    ("x.csv", table(["id", "comment"], ["1", ""], ["2", " "]), {"text": "comment"}, "the column “comment” is empty in all 2 rows; fill it in"),
    ("x.csv", table(["id", "comment"], ["1", ""], ["2", " "]), {}, "the column “comment” is empty in all 2 rows; fill it in"),
    ("x.csv", table(["번호", "의견"], ["1", ""], ["2", ""]), {}, "the column “의견” is empty in all 2 rows"),
    ("x.csv", table(["id", "comment"], ["1", "ㅋㅋㅋ"], ["2", "!"]), {"text": "comment"}, "none of the 2 rows has words in the column “comment”"),
    ("x.csv", table(["id", "comment"], ["1", "It is good enough"]), {"text": "remark"}, "no column called “remark”; there are id, comment"),
    ("x.csv", table(["id", "comment"], ["1", "It is good enough"]), {"rating": "stars"}, "no column called “stars”"),
    ("x.csv", table(["id", "comment"], ["1", "It is good enough"]), {"sheet": "Two"}, "no sheet with a table called “Two”"),
    ("x.csv", b"", {}, "the file is empty"),
    ("x.csv", b"one line\n", {}, "needs a row of column names"),
    ("x.xlsx", b"PK\x03\x04 no workbook", {}, "damaged"),
    ("x.txt", b"words", {}, "are no tables; use .csv .tsv .xlsx"),
    ("x.pdf", b"%PDF", {}, "are no tables"),
])
def test_bad_input_says_what_is_wrong(bench, file, name, data, wanted, says):
    with pytest.raises((BadRequest, CannotRead)) as caught:
        read(bench, file(data, name), **wanted)
    assert says in str(caught.value) and caught.value.tell("ko") != str(caught.value)


def test_two_encodings_in_one_file(bench, file):
    data = "의견\n".encode() + "배송이 늦었어요 정말로\n".encode() + "포장이 꼼꼼해서 좋았어요\n".encode("cp949")
    found = read(bench, file(data))
    assert [row.text for row in found.rows] == ["배송이 늦었어요 정말로", "포장이 꼼꼼해서 좋았어요"]
    assert [remark.code for remark in found.remarks] == ["mixed_encodings"]


def test_a_folder_of_texts(bench, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("The parcel came late.")
    (folder / "b.eml").write_text("From: a@b.c\nDate: Mon, 5 Jan 2026 10:00:00 +0000\nSubject: Hello\n\nThe lid is broken.\n\n> earlier words\n")
    (folder / "나.txt").write_text("배송이 늦었어요.", encoding="cp949")
    (folder / "bad.pdf").write_bytes(b"no pdf")
    (folder / "list.csv").write_text("a,b\n1,2\n")
    found = read(bench, folder)
    assert [(row.number, row.source, row.language) for row in found.rows] == [(1, "a.txt", "en"), (2, "b.eml", "en"), (3, "나.txt", "ko")]
    assert "broken" in found.rows[1].text and found.rows[1].day == "2026-01-05"
    assert set(found.missed) == {"bad.pdf", "list.csv"} and {remark.code for remark in found.remarks} >= {"feedback_tables_left"}


def test_texts_that_cannot_be_read_are_told_by_their_own_names(bench, tmp_path):
    def told(folder, *names):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_bytes(b"none such")
        with pytest.raises((BadRequest, CannotRead)) as caught:
            rows.read(bench, tmp_path / folder, Chosen(), False, "계약서.pdf +1")
        return str(caught.value), caught.value.tell("ko")

    english, korean = told("one", "보고서.pdf")
    assert english.startswith("보고서.pdf: ") and korean.startswith("보고서.pdf: ") and "one" not in english.split()
    english, korean = told("two", "계약서.pdf", "b.docx")
    assert english.startswith("계약서.pdf +1: no text could be read of 2 files (b.docx, 계약서.pdf). b.docx: ") and "two" not in english
    assert korean.startswith("계약서.pdf +1: 파일 2개에서")
    assert "holds no file of a type that is read" in told("nothing")[0]
    (tmp_path / "digits").mkdir()
    (tmp_path / "digits" / "a.txt").write_text("12345")
    with pytest.raises(BadRequest, match="digits: 1 text, and no words in it"):
        read(bench, tmp_path / "digits")
