"""Mail with what hangs on it: Outlook messages, attachments, mailboxes, archives; what goes in comes out, once."""

import time
from base64 import b64encode
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from compressed_rtf import compress
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import outlook
from tests.bad_inputs.mail import zipped
from workbench.errors import CannotRead
from workbench.nouns import Document, Remark
from workbench.reading import archive, ole, read
from workbench.words import tell

KOREAN = "안녕하세요. 똠얌 쌀국수 예산은 3,650만 원입니다."
SENT = datetime(2024, 3, 5, 0, 12, tzinfo=UTC)


def letter(text: str = "See the files.", *files: tuple[str, bytes], subject: str = "Report") -> EmailMessage:
    """A message with files attached."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "kim@example.com", subject, "Tue, 5 Mar 2024 09:00:00 +0900"
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def encoded(text: str, charset: str) -> str:
    """An encoded word of CP949 under one of its names."""
    return f"=?{charset}?B?{b64encode(text.encode('cp949')).decode()}?="


def told(remarks: tuple[Remark, ...]) -> dict[str, str]:
    """What was left out, by the code; every remark has words in both languages."""
    assert all(tell(lang, remark) for remark in remarks for lang in ("en", "ko"))
    return {remark.code: str(remark.facts.get("names", remark.facts.get("name", ""))) for remark in remarks}


def titles(documents: list[Document]) -> list[tuple[str, str]]:
    return [(each.title, each.kind) for each in documents]


# Attachments


def test_attachments_are_documents_of_the_mail():
    inner = letter("The inner words.", ("deep.txt", b"Deepest words."), subject="Inner")
    message = letter("See the files.", ("../../표.csv", "품목,금액\n그라인더,410\n".encode("cp949")), ("notes.txt", KOREAN.encode()))
    message.add_attachment(inner)
    documents, remarks = read(message.as_bytes(), "folder/a.eml", "corpus")
    assert titles(documents) == [("Report", "eml"), ("표", "csv"), ("notes", "txt"), ("Inner", "eml"), ("deep", "txt")]
    mail, sheet, notes, forwarded, deep = documents
    assert {each.source for each in documents} == {"folder/a.eml"} and not remarks
    assert (mail.parent, sheet.parent, notes.parent, forwarded.parent, deep.parent) == ("", mail.id, mail.id, mail.id, forwarded.id)
    assert sheet.text == "품목: 그라인더 | 금액: 410" and forwarded.date == "2024-03-05"
    alone, _ = read(KOREAN.encode(), "notes.txt", "corpus")
    assert alone[0].id == notes.id


def test_what_is_not_read_is_named_with_its_reason():
    message = letter("words", ("photo.png", b"\x89PNG" + bytes(40)), ("run.exe", b"MZ"), ("old.doc", b"\xd0\xcf\x11\xe0"),
                     ("broken.docx", b"PK\x03\x04 no package"), ("empty.txt", b" "), ("good.txt", b"Good words."))
    documents, remarks = read(message.as_bytes(), "a.eml", "corpus")
    assert [each.title for each in documents] == ["Report", "good"]
    assert told(remarks) == {"attachments_unread": "photo.png, run.exe", "read_saved_as": "old.doc", "read_damaged": "broken.docx",
                             "read_empty": "empty.txt"}


def test_pictures_in_the_text_are_no_attachments():
    message = letter("words")
    message.add_alternative('<p>words <img src="cid:logo"></p>', subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    assert read(message.as_bytes(), "a.eml", "corpus")[1] == ()


def test_a_pdf_between_two_texts_as_apple_mail_puts_it():
    data = (b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nabove\n--b\n"
            b"Content-Type: text/csv; name=t.csv\nContent-Disposition: inline; filename=t.csv\n\na,b\n1,2\n--b\nContent-Type: text/plain\n\nbelow\n--b--\n")
    documents, remarks = read(data, "a.eml", "corpus")
    assert documents[0].text.endswith("above\n\nbelow") and documents[1].text == "a: 1 | b: 2" and not remarks


@pytest.mark.parametrize("name", [
    f'filename="{encoded("뷁 보고서.txt", "euc-kr")}"', "filename*=utf-8''%EB%B7%81%20%EB%B3%B4%EA%B3%A0%EC%84%9C.txt",
    "filename*=euc-kr''%94%EE%20%BA%B8%B0%ED%BC%AD.txt", 'filename="뷁 보고서.txt"', 'filename="..\\..\\뷁 보고서.txt"'])
def test_names_of_attachments_as_programs_write_them(name):
    for encoding in ("utf-8", "cp949"):
        data = ("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nwords\n--b\n"
                f"Content-Type: application/octet-stream\nContent-Disposition: attachment; {name}\n\nAttached words.\n--b--\n").encode(encoding)
        assert [each.title for each in read(data, "a.eml", "corpus")[0]] == ["x", "뷁 보고서"]


def test_the_same_attachment_in_two_mails_is_one_document():
    box = b"".join(b"From a@example.com Tue Mar  5 09:00:00 2024\n" + letter(text, ("rules.txt", b"The same rules."), subject=text).as_bytes() + b"\n\n"
                   for text in ("One", "Two"))
    documents, remarks = read(box, "a.mbox", "corpus")
    assert titles(documents) == [("One", "mbox"), ("Two", "mbox"), ("rules", "txt")]
    assert documents[2].parent == documents[0].id and [(each.code, each.facts) for each in remarks] == [("repeated", {"count": 1, "outer": 0})]


def test_an_archive_in_a_mail_is_unpacked():
    data = zipped(("folder/one.txt", b"First words."), ("folder/two.bin", b"?"), ("deep.zip", zipped(("three.md", b"# Third\n\nwords"))))
    documents, remarks = read(letter("words", ("files.zip", data), ("bad.zip", b"PK\x03\x04")).as_bytes(), "a.eml", "corpus")
    assert titles(documents) == [("Report", "eml"), ("one", "txt"), ("Third", "md")]
    assert {each.parent for each in documents[1:]} == {documents[0].id}
    assert told(remarks) == {"attachments_unread": "two.bin", "read_damaged": "bad.zip"}


def test_messages_in_messages_are_read_five_deep():
    message = letter("words 20", subject="Level 20")
    for level in reversed(range(20)):
        outer = letter(f"words {level}", subject=f"Level {level}")
        outer.add_attachment(message)
        message = outer
    documents, remarks = read(message.as_bytes(), "a.eml", "corpus")
    assert [each.title for each in documents] == [f"Level {level}" for level in range(6)]
    assert [each.parent for each in documents] == ["", *(each.id for each in documents[:-1])]
    assert told(remarks) == {"attachments_over": "message.eml"}


def test_more_than_a_thousand_attachments():
    parts = "".join(f"\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a{number}.txt\n\nThis is file {number}."
                    for number in range(1100))
    data = f"Subject: many\nContent-Type: multipart/mixed; boundary=b\n\n{parts}\n--b--\n".encode()
    documents, remarks = read(data, "a.eml", "corpus")
    assert len(documents) == 1001 and [(each.code, each.facts["count"]) for each in remarks] == [("attachments_over", 100)]


def test_ten_thousand_messages_with_attachments_take_linear_time():
    def seconds(count: int) -> float:
        files = letter("words", ("0.png", b"\x89PNG"), ("0.txt", b"These are words.")).as_string()
        box = "".join("From a@example.com Tue Mar  5 09:00:00 2024\n" + (
            f"Subject: Order {number}\nFrom: kim@example.com\n\nwords {number}" if number % 20 else files.replace(
                "Report", f"Order {number}").replace(b64encode(b"These are words.").decode(), b64encode(b"Words %d." % number).decode())) + "\n\n"
            for number in range(count)).encode()
        start = time.process_time()
        documents, remarks = read(box, "a.mbox", "corpus")
        taken = time.process_time() - start
        assert len(documents) == count + count // 20
        assert [(each.code, each.facts["count"]) for each in remarks] == [("attachments_unread", count // 20)]
        return taken

    assert seconds(10_000) < 12 * max(seconds(2000), 0.2)


# Headers and encodings


@pytest.mark.parametrize(("raw", "title"), [
    (encoded("뷁 납품", "euc-kr"), "뷁 납품"),
    (encoded("뷁 납품", "ks_c_5601-1987"), "뷁 납품"),
    ("=?utf-8?B?64Kp7Q==?=\n =?utf-8?B?kog=?=", "납품"),
    ("=?utf-8?Q?a=0D=0AX-Evil:_yes?=", "a X-Evil: yes"), ("=?utf-8?B?not base64!?= left", "=?utf-8?B?not base64!?= left"),
    ("=?klingon?Q?words?=", "words"), ("plain =?utf-8?Q?caf=C3=A9?= end", "plain café end"), ("납품 지연", "납품 지연")])
def test_subjects(raw, title):
    for encoding in ("utf-8", "cp949"):
        document, = read(f"Subject: {raw}\nFrom: a@example.com\n\nwords".encode(encoding), "a.eml", "corpus")[0]
        assert document.title == title and document.text.startswith(f"Subject: {title}\n")


def mail(head: str, body: bytes) -> bytes:
    return f"Subject: x\n{head}\n\n".encode() + body


def test_flaws_are_told():
    data = mail("Content-Type: text/plain; charset=x-klingon\nContent-Transfer-Encoding: 8bit", KOREAN.encode("cp949"))
    (document,), remarks = read(data, "a.eml", "corpus")
    assert KOREAN in document.text and told(remarks) == {"encodings_unknown": "x-klingon"}
    (document,), remarks = read(mail("Date: yesterday", b"words"), "a.eml", "corpus")
    assert document.date == "" and told(remarks) == {"dates_unread": "yesterday"}
    (document,), remarks = read(mail("Content-Transfer-Encoding: base64", b"This is plain text, not base64!"), "a.eml", "corpus")
    assert document.text.endswith("This is plain text, not base64!") and told(remarks) == {"contents_garbled": "text/plain"}
    cut = letter(KOREAN, ("a.txt", b"words")).as_bytes()
    (document, *_), remarks = read(cut[: cut.rfind(b"--")], "a.eml", "corpus")
    assert KOREAN in document.text and "messages_cut" in told(remarks)


@pytest.mark.parametrize("charset", ["charset=idna", "charset=hex", "charset*0*=utf-8''utf; charset*1=-8", "charset*=x''klingon", 'charset="', "charset="])
def test_charsets_that_the_library_gives_up_on(charset):
    data = mail(f"Content-Type: text/plain; {charset}\nContent-Transfer-Encoding: 8bit", KOREAN.encode())
    assert KOREAN in read(data, "a.eml", "corpus")[0][0].text
    data = mail("Content-Type: multipart/mixed; boundary=b", b"--b\n\nwords\n--b\nContent-Disposition: attachment; filename=a.txt\n"
                + f"Content-Type: text/plain; {charset}\n\n{KOREAN}\n--b--\n".encode())
    assert read(data, "a.eml", "corpus")[0][1].text == KOREAN


def test_flaws_of_a_mailbox_are_counted():
    box = b"".join(b"From a@example.com Tue Mar  5 09:00:00 2024\n" + mail(f"Date: day {number}", b"words %d" % number) + b"\n\n" for number in range(9))
    assert [(each.code, each.facts) for each in read(box, "a.mbox", "corpus")[1]] == [
        ("dates_unread", {"count": 9, "names": "day 0, day 1, day 2, day 3, day 4 …"})]


# Outlook


def test_an_outlook_message():
    data = outlook.package({
        **outlook.message(sent=SENT, s1000001F=KOREAN.encode("utf-16-le")), **outlook.recipient(0, "이영희", "lee@example.com", 1),
        **outlook.recipient(1, "Park", "park@example.com", 2), **outlook.attached(0, outlook.file("표.csv", b"a,b\n1,2\n")),
        **outlook.attached(1, outlook.file("사진.png", b"\x89PNG"))})
    documents, remarks = read(data, "folder/a.msg", "corpus")
    assert titles(documents) == [("납품 지연", "msg"), ("표", "csv")] and documents[1].parent == documents[0].id
    assert documents[0].text == (
        "Subject: 납품 지연\nFrom: 김민수 <kim@example.com>\nTo: 이영희 <lee@example.com>\nCc: Park <park@example.com>\n"
        f"Date: Tue, 05 Mar 2024 00:12:00 +0000\n\n{KOREAN}")
    assert documents[0].date == "2024-03-05" and told(remarks) == {"attachments_unread": "사진.png"}


@pytest.mark.parametrize("page", [949, 1252, 51949, 99999, 0])
def test_an_outlook_message_of_8_bits(page):
    text = f"뷁 {KOREAN}"
    plain = outlook.message(encoding="cp949", page=page, s1000001E=text.encode("cp949"))
    document, = read(outlook.package(plain), "a.msg", "corpus")[0]
    assert document.title == "납품 지연" and document.text.endswith(text)
    html = outlook.message(encoding="cp949", page=page, s10130102=f"<p>{text}</p>".encode("cp949"))
    assert read(outlook.package(html), "a.msg", "corpus")[0][0].text.endswith(text)


@pytest.mark.parametrize("rtf", [
    r"{\rtf1\ansi\ansicpg949\deff0{\fonttbl{\f0\fcharset129 Batang;}}\f0 \'b3\'b3\'c7\'b0 words\par second \{line\}}",
    r"{\rtf1\ansi\ansicpg949\fromhtml1 \deff0{\fonttbl{\f0\fcharset129 Batang;}}{\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
    r"\'b3\'b3\'c7\'b0 words\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}second \{line\}{\*\htmltag27 </html>}}"])
def test_an_outlook_message_in_rtf_alone(rtf):
    document, = read(outlook.package(outlook.message(s10090102=compress(rtf.encode()))), "a.msg", "corpus")[0]
    assert document.text.endswith("\n\n납품 words\nsecond {line}")
    documents, remarks = read(outlook.package(outlook.message(s10090102=b"no such compression at all")), "a.msg", "corpus")
    assert len(documents) == 1 and told(remarks) == {"read_saved_as": "message.rtf"}


def test_a_message_in_an_outlook_message():
    inner = outlook.message(24, subject="안쪽", s1000001F="Inner words.".encode("utf-16-le"), sent=SENT)
    inner |= outlook.attached(0, outlook.file("deep.txt", "가장 안쪽".encode()))
    data = outlook.package({**outlook.message(s1000001F="Outer words.".encode("utf-16-le")), **outlook.attached(
        0, outlook.inside("__substg1.0_3701000D", inner) | outlook.text("3001", "안쪽"))})
    documents, remarks = read(data, "a.msg", "corpus")
    assert titles(documents) == [("납품 지연", "msg"), ("안쪽", "eml"), ("deep", "txt")] and not remarks
    assert documents[1].date == "2024-03-05" and "Inner words." in documents[1].text and documents[2].parent == documents[1].id


def test_headers_that_came_over_the_wire():
    wire = "Received: from a\r\nFrom: =?utf-8?B?6rmA?= <real@example.com>\r\nTo: lee@example.com\r\nDate: Mon, 4 Mar 2024 23:00:00 +0900\r\n\r\n"
    data = outlook.package(outlook.message(s007D001F=wire.encode("utf-16-le"), s1000001F=b"w\0o\0"))
    assert read(data, "a.msg", "corpus")[0][0].text.startswith("Subject: 납품 지연\nFrom: 김 <real@example.com>\nTo: lee@example.com\nDate: Mon, 4 Mar 2024")


@pytest.mark.parametrize(("stream", "kind"), [("WordDocument", ".doc"), ("Workbook", ".xls"), ("PowerPoint Document", ".ppt"),
                                              ("FileHeader", ".hwp"), ("__properties_version1.0", ".msg"), ("else", ole.OLE)])
def test_what_an_ole_package_is(stream, kind):
    data = outlook.package({stream: b"content", "folder/inner": bytes(5000)})
    assert ole.package(data) == kind
    with pytest.raises(CannotRead) as caught:
        read(data, "a.docx", "corpus")
    assert caught.value.remark.facts["really"] == kind and caught.value.remark.code == "read_other"


def test_streams_that_share_their_bytes_are_refused():
    data = bytearray(outlook.package(outlook.message(s1000001F=bytes(200_000))))
    entry = data.find("__substg1.0_1000001F".encode("utf-16-le"))
    other = data.find("__substg1.0_0037001F".encode("utf-16-le"))
    data[other + 116 : other + 128] = data[entry + 116 : entry + 128]  # the same place and size
    with pytest.raises(CannotRead) as caught:
        read(bytes(data), "a.msg", "corpus")
    assert caught.value.remark.code == "read_damaged"


# Archives


def test_members_of_an_archive():
    data = zipped(("보고서/3월.txt", b"a"), ("../../evil.txt", b"b"), ("/etc/passwd.txt", b"c"), ("C:\\Windows\\d.txt", b"d"), ("__MACOSX/._x.txt", b"-"),
                  (".hidden/x.txt", b"-"), ("folder/", b""), ("Thumbs.db", b"-"), ("inner.zip", zipped(("x/e.txt", b"e"))))
    assert dict(archive.members(data, "a.zip")) == {
        "보고서/3월.txt": b"a", "evil.txt": b"b", "etc/passwd.txt": b"c", "Windows/d.txt": b"d", "inner.zip/x/e.txt": b"e"}


@pytest.mark.parametrize(("stored", "name"), [
    ("보고서 뷁.txt".encode("cp949"), "보고서 뷁.txt"), ("보고서.txt".encode(), "보고서.txt"), ("déjà.txt".encode("cp437"), "déjà.txt")])
def test_names_without_the_flag(stored, name):
    data = zipped(("x" * len(stored), b"words")).replace(b"x" * len(stored), stored)
    assert [path for path, _ in archive.members(data, "a.zip")] == [name]


def test_archives_inside_each_other():
    data = zipped(("end.txt", b"words"))
    for _ in range(5):
        data = zipped(("in.zip", data))
    (path, content), = archive.members(data, "a.zip")
    assert path == "in.zip/in.zip/in.zip" and content[:2] == b"PK"


def test_one_bad_entry_costs_that_entry():
    data = zipped(("a.txt", b"first words " * 50), ("b.txt", b"second"))
    spoilt = bytearray(data)
    spoilt[45] ^= 0xFF
    members = dict(archive.members(bytes(spoilt), "a.zip"))
    assert members["b.txt"] == b"second" and isinstance(members["a.txt"], CannotRead) and members["a.txt"].remark.code == "read_damaged"


def test_two_entries_of_one_name():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.txt", b"one"), ("a.txt", b"two"))
    assert dict(archive.members(data, "a.zip")) == {"a.txt": b"one", "a (2).txt": b"two"}


@pytest.mark.parametrize(("data", "code"), [
    (zipped(("a.txt", b"words"))[:-10], "read_damaged"), (zipped(*((f"{number}.txt", b"") for number in range(5001))), "read_many"),
    (zipped(("a.txt", b"words")).replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0"), "read_password"),
    (zipped(*((f"{number}.txt", bytes(30_000_000)) for number in range(7))), "read_expands"),
    (zipped(("in.zip", zipped(("a.txt", bytes(210_000_000))))), "read_expands")], ids=["cut", "many", "locked", "bomb", "nested bomb"])
def test_archives_that_are_refused(data, code):
    with pytest.raises(CannotRead) as caught:
        list(archive.members(data, "a.zip"))
    assert caught.value.remark.code == code


# Damage


WHOLE = {
    ".eml": letter(KOREAN, ("표.csv", b"a,b\n1,2"), ("b.zip", zipped(("c.txt", b"words")))).as_bytes(),
    ".msg": outlook.package({**outlook.message(sent=SENT, s1000001F=KOREAN.encode("utf-16-le")), **outlook.recipient(0, "Lee", "lee@example.com", 1),
                             **outlook.attached(0, outlook.inside("__substg1.0_3701000D", outlook.message(24, s10090102=compress(b"{\\rtf1 words}"))))})}


@pytest.mark.parametrize("suffix", WHOLE)
@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_damage_is_text_or_one_sentence(suffix, data):
    file = WHOLE[suffix]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(file)))
        end = min(len(file), start + data.draw(st.integers(0, 60)))
        file = file[:start] + data.draw(st.binary(max_size=12)) + (file[end:] if data.draw(st.booleans()) else file[start:])
    try:
        documents, remarks = read(file, f"a{suffix}", "corpus")
        assert documents[0].text and told(remarks) is not None
    except CannotRead as error:
        assert str(error)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_damaged_archives(noise):
    data = zipped(("a.txt", b"words " * 9), ("b.zip", zipped(("c.txt", b"words"))))
    start = sum(noise) % len(data)
    try:
        list(archive.members(data[:start] + noise + data[start + len(noise) // 2 :], "a.zip"))
    except CannotRead as error:
        assert str(error)
