"""Mail that hurts: .eml, .mbox, .msg, and the archives that come with it."""

import io
import struct
import zipfile
from base64 import b64encode
from email.message import EmailMessage

from tests import outlook
from tests.bad_inputs import Case

KOREAN = "뷁 안녕하세요. 쌀국수 예산은 3,650만 원입니다."
HEAD = b"Subject: Report\nFrom: kim@example.com\n"
SEPARATOR = b"From a@example.com Tue Mar  5 09:00:00 2024\n"


def korean(charset: str) -> bytes:
    """A message of 8 bits in CP949 under a name for it, or under none."""
    kind = f"Content-Type: text/plain; charset={charset}\n" if charset else ""
    return HEAD + f"{kind}Content-Transfer-Encoding: 8bit\n\n".encode() + KOREAN.encode("cp949")


def nested() -> bytes:
    """Parts inside parts, five thousand deep."""
    return HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(5000)) + b"\nwords"


def matryoshka() -> bytes:
    """Messages inside messages, twenty deep."""
    message = EmailMessage()
    message["Subject"] = "Level 20"
    message.set_content("The innermost words.")
    for level in reversed(range(20)):
        outer = EmailMessage()
        outer["Subject"], outer["From"] = f"Level {level}", "kim@example.com"
        outer.set_content(f"Words of level {level}.")
        outer.add_attachment(message)
        message = outer
    return message.as_bytes()


def attached(disposition: str, content: bytes = b"Attached words.", kind: str = "text/plain") -> bytes:
    """A message with one file attached."""
    return HEAD + (b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe body.\n--b\n" +
                   f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; {disposition}\n\n".encode() +
                   b64encode(content) + b"\n--b--\n")


def web() -> bytes:
    """A message in HTML alone with all that a page may do."""
    return HEAD + (b'Content-Type: text/html\n\n<p>The visible words.</p><script>fetch("http://example.com/evil")</script>'
                   b'<img src="http://example.com/pixel.png?id=7"><style>p{}</style><iframe src="http://example.com"></iframe>')


def mailbox(count: int) -> bytes:
    """A mailbox of short messages."""
    return b"".join(SEPARATOR + b"Subject: Order %d\nFrom: kim@example.com\n\nThis is order %d.\n\n" % (number, number) for number in range(count))


def cut_mailbox() -> bytes:
    """A mailbox whose last message breaks off in the middle of its file."""
    return mailbox(2) + SEPARATOR + attached("filename=a.txt", b"Attached words. " * 100)[:-900]


def zipped(*files: tuple[str, bytes]) -> bytes:
    """An archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files:
            package.writestr(name, data)
    return out.getvalue()


def lying() -> bytes:
    """An archive whose directory says 1,000 bytes where 210 million come out."""
    data = bytearray(zipped(("a.txt", bytes(210_000_000))))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    return bytes(data)


def crowded() -> bytes:
    """An archive whose directory names one file a hundred thousand times."""
    data = zipped(("a.txt", b"words"))
    place, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    directory = data[place:end] * 100_000
    return data[:place] + directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), place, 0)


def looped() -> bytes:
    """An Outlook message whose table of sectors runs in a circle."""
    data = bytearray(message())
    table = data.rfind(struct.pack("<I", outlook.FAT)) // outlook.SECTOR * outlook.SECTOR
    for place in range(table, table + 4 * (table // outlook.SECTOR - 1), 4):
        data[place : place + 4] = struct.pack("<I", 0)
    return bytes(data)


def message(**streams: bytes) -> bytes:
    """An Outlook message."""
    return outlook.package(outlook.message(**(streams or {"s1000001F": KOREAN.encode("utf-16-le") * 200})))


def inside_each_other() -> bytes:
    """Outlook messages inside each other, twelve deep."""
    streams = outlook.message(24, subject="Level 12", s1000001F="Innermost.".encode("utf-16-le"))
    for level in reversed(range(12)):
        text = f"Words of level {level}.".encode("utf-16-le")
        streams = outlook.message(24 if level else 32, subject=f"Level {level}", s1000001F=text) | outlook.attached(
            0, outlook.inside("__substg1.0_3701000D", streams))
    return outlook.package(streams)


CASES = (
    Case(51, "empty.eml", lambda: b"", ("refused",), ("read_empty",)),
    Case(52, "no-headers.eml", lambda: b"just words\nand more words\n", ("refused",), ("read_not_mail",)),
    Case(53, "nested.eml", nested, ("refused", "warned")),
    Case(54, "unknown-charset.eml", lambda: korean("x-klingon"), ("warned",), ("encodings_unknown",), (KOREAN,)),
    Case(55, "euc-kr.eml", lambda: korean("euc-kr"), ("read",), (), (KOREAN,)),
    Case(56, "ks_c_5601.eml", lambda: korean("ks_c_5601-1987"), ("read",), (), (KOREAN,)),
    Case(57, "undeclared.eml", lambda: korean(""), ("read",), (), (KOREAN,)),
    Case(58, "broken-words.eml", lambda: b"Subject: =?utf-8?B?!!!?= =?utf-8?Q?caf=ZZ?= =?x?=\nFrom: a@example.com\n\nThe words.", ("read",), (), ("The words.",)),
    Case(59, "lines-in-subject.eml", lambda: b"Subject: =?utf-8?Q?one=0D=0ABcc:_evil@example.com?=\nFrom: a@example.com\n\nThe words.",
         ("read",), (), ("Subject: one Bcc: evil@example.com\nFrom",)),
    Case(60, "bad-date.eml", lambda: HEAD + b"Date: Mon, 99 Foo 12345 99:99:99\n\nThe words.", ("warned",), ("dates_unread",), ("The words.",)),
    Case(61, "garbage.eml", lambda: HEAD + b"Content-Transfer-Encoding: base64\n\n\xff%%% no base64 &&& at all ###\n", ("warned",), ("contents_garbled",)),
    Case(62, "slip.eml", lambda: attached('filename="../../../x.txt"; filename*=utf-8\'\'..%2f..%2fx.txt'), ("read",), (), ("Attached words.",)),
    Case(63, "matryoshka.eml", matryoshka, ("warned",), ("attachments_over",), ("Words of level 5.",), ("Words of level 6.",)),
    Case(64, "html.eml", web, ("read",), (), ("The visible words.",), ("http", "evil", "pixel")),
    Case(65, "from-line.mbox", lambda: mailbox(1) + b"From now on we ship on Mondays.\n\n" + mailbox(1), ("read", "warned"), (), ("From now on we ship",)),
    Case(66, "cut.mbox", cut_mailbox, ("warned",), ("messages_cut",), ("This is order 1.", "The body.")),
    Case(67, "no-mailbox.mbox", lambda: b"just words\n" * 100, ("refused",), ("read_not_mailbox",)),
    Case(68, "ten-thousand.mbox", lambda: mailbox(10_000), ("read",), (), ("This is order 9999.",)),
    Case(201, "many-recipients.eml", lambda: HEAD + b"To: " + b"a@example.com, " * 200_000 + b"\n\nThe words.", ("read",), (), ("The words.",)),
    Case(202, "many-headers.eml", lambda: HEAD + b"X-Trace: yes\n" * 200_000 + b"\nThe words.", ("read",), (), ("The words.",)),
    Case(203, "many-parts.eml", lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: image/png; name=a.png\n\n-\n" * 20_000,
         ("warned",), ("attachments_over",)),
    Case(204, "bad-attachment.eml", lambda: attached("filename=a.docx", b"PK\3\4 is no package"), ("warned",), ("read_damaged",), ("The body.",)),
    Case(205, "bomb-attached.eml", lambda: attached("filename=a.zip", lying()), ("warned",), ("read_expands",), ("The body.",)),
    Case(206, "locked-attached.eml", lambda: attached("filename=a.zip", locked()), ("warned",), ("read_password",), ("The body.",)),
    Case(207, "nul.eml", lambda: HEAD + b"\nThe\0 words.\0", ("read",), (), ("The words.",)),
    Case(208, "half-a-letter.eml", lambda: HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + KOREAN.encode() + "원".encode()[:2], ("read", "warned"), (), (KOREAN,)),
    Case(211, "empty.msg", lambda: b"", ("refused",), ("read_empty",)),
    Case(212, "half.msg", lambda: message()[:3000], ("refused",)),
    Case(213, "head.msg", lambda: message()[:512], ("refused",), ("read_damaged",)),
    Case(214, "word.msg", lambda: outlook.package({"WordDocument": bytes(5000)}), ("refused",), ("read_other",)),
    Case(215, "text.msg", lambda: b"just words", ("refused",), ("read_damaged",)),
    Case(216, "looped.msg", looped, ("refused", "warned", "read")),
    Case(217, "inside-each-other.msg", inside_each_other, ("warned",), ("attachments_over",), ("Words of level 5.",), ("Words of level 6.",)),
    Case(218, "rtf-bomb.msg", lambda: message(s10090102=struct.pack("<II4sI", 2**31, 2**31, b"LZFu", 0) + bytes(2_000_000)), ("warned",), ("read_saved_as",)),
    Case(219, "8-bit.msg", lambda: outlook.package(outlook.message(encoding="cp949", page=1252, s1000001E=KOREAN.encode("cp949"))), ("read",), (), (KOREAN,)),
    Case(220, "no-properties.msg", lambda: outlook.package({"__properties_version1.0": b""}), ("refused",), ("read_not_mail",)),
    Case(221, "bomb.zip", lying, ("refused",), ("read_expands",)),
    Case(222, "crowded.zip", crowded, ("refused",), ("read_many",)),
    Case(223, "locked.zip", lambda: locked(), ("refused",), ("read_password",)),
    Case(224, "cut.zip", lambda: zipped(("a.txt", KOREAN.encode() * 99))[:-40], ("refused",), ("read_damaged",)),
    Case(225, "slip.zip", lambda: zipped(("../../evil.txt", b"Attached words.")), ("read",), (), ("Attached words.",)),
    Case(226, "empty.zip", lambda: b"", ("refused",), ("read_empty",)),
    Case(227, "nothing.zip", zipped, ("refused",), ("read_no_files",)),
)


def locked() -> bytes:
    """An archive under a password."""
    return zipped(("a.txt", b"words")).replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0")
