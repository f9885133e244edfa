"""PDFs that hurt, written object by object."""

import random
import zlib
from io import BytesIO

from tests.bad_inputs import Case

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
BOMB_BLOCK = 16 << 20  # bytes
PAGES = 20_000


def assembled(objects: list[bytes], trailer: bytes = b"/Root 1 0 R", prev: bool = False) -> bytes:
    """A PDF of objects numbered from 1; with `prev` its table of places says that it continues itself."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    again = b"/Prev %d" % start if prev else b""
    return bytes(out) + b"trailer\n<</Size %d %s%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, again, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def line(text: bytes) -> bytes:
    """The operators that print a line."""
    return b"BT /F1 12 Tf 20 200 Td (%s) Tj ET" % text


def pages(*contents: bytes, catalog: bytes = b"", more: tuple[bytes, ...] = (), resources: bytes = b"",
          font: bytes = FONT, **written) -> bytes:
    """A page for every content stream: objects 1 catalog, 2 page tree, 3 font, `more` from 4 on, then the pages."""
    first = 4 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * place) for place in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids), font, *more]
    for place, content in enumerate(contents):
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>%s>>>>" % (
            first + 2 * place + 1, resources))
        objects.append(content if content.startswith(b"<<") else stream(content))
    return assembled(objects, **written)


def ten() -> bytes:
    return pages(*(line(b"Words of page %d" % number) for number in range(1, 11)))


def bomb(size: int) -> bytes:
    """As many spaces, packed: one block again and again, which is as good and quicker."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * BOMB_BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * (size // BOMB_BLOCK) + packer.flush()


def nested() -> bytes:
    content = bomb(1 << 30)
    for _ in range(4):
        content = zlib.compress(content)
    return pages(stream(content, b"/Filter[" + b"/FlateDecode" * 5 + b"]"))


def tree(catalog: bytes, top: bytes, *others: bytes) -> bytes:
    return assembled([catalog, top, *others])


def forms() -> bytes:
    """Eight forms that draw each other ten times: a hundred million lines."""
    drawn = [stream(b"/X%d Do " % (level + 1) * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<</X%d %d 0 R>>>>" % (
        level + 1, 5 + level)) for level in range(8)]
    last = stream(line(b"lol"), b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</Font<</F1 3 0 R>>>>")
    return pages(b"/X0 Do", more=(*drawn, last), resources=b"/XObject<</X0 4 0 R>>")


def mutated(seed: int) -> bytes:
    """Fifteen bytes changed."""
    chance = random.Random(seed)
    data = bytearray(ten())
    for place in chance.sample(range(8, len(data)), 15):
        data[place] = chance.randrange(256)
    return bytes(data)


def mapped(code: bytes) -> bytes:
    """A page whose font says that its B stands for a character that text cannot hold."""
    table = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <0041> <42> <%s> endbfchar endcmap" % code
    font = FONT.replace(b">>", b"/ToUnicode 4 0 R>>")
    return pages(line(b"ABA"), font=font, more=(stream(table),))


def encrypted(user: str, owner: str | None, algorithm: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(ten())))
    writer.encrypt(user, owner, algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def one_bad_page() -> bytes:
    contents = [line(b"Words of page %d" % number) for number in range(1, 11)]
    contents[3] = stream(contents[3], b"/Filter/NoSuchFilter")
    return pages(*contents)


def loaded() -> bytes:
    """A script that runs at the opening, and a program inside."""
    return pages(
        line(b"Plain words"), catalog=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Names<</EmbeddedFiles<</Names[(setup.exe) 4 0 R]>>>>",
        more=(b"<</Type/Filespec/F(setup.exe)/EF<</F 5 0 R>>>>", stream(b"MZ evil", b"/Type/EmbeddedFile")))


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>"
LIMITED = ("read_damaged", "read_slow", "read_memory")

CASES = (
    Case(1, "empty.pdf", lambda: b"", ("refused",), ("read_empty",)),
    Case(2, "header only.pdf", lambda: b"%PDF-1.7\n", ("refused",), ("read_damaged",)),
    Case(3, "truncated.pdf", lambda: ten()[: len(ten()) // 2], ("refused", "warned"), ("read_damaged", "pages_unread")),
    Case(4, "no end.pdf", lambda: ten().replace(b"%%EOF\n", b""), ("refused",), ("read_damaged",)),
    Case(5, "random.pdf", lambda: random.Random(5).randbytes(100_000), ("refused",), ("read_damaged",)),
    Case(6, "page.pdf", lambda: b"<!DOCTYPE html><html><body><p>Hello words</p></body></html>", ("refused",), ("read_damaged",)),
    Case(7, "junk before.pdf", lambda: b"\0junk\n" * 50 + ten(), ("read",), holds=("page 1\n", "page 10")),
    Case(8, "wrong start.pdf", lambda: ten().replace(b"startxref\n", b"startxref\n99"), ("read",), holds=("page 10",)),
    Case(9, "bomb.pdf", lambda: pages(stream(bomb(1 << 30), b"/Filter/FlateDecode")), ("refused",), LIMITED),
    Case(10, "nested bomb.pdf", nested, ("refused",), LIMITED),
    Case(11, "cyclic tree.pdf", lambda: tree(CATALOG, b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>"), ("refused",), ("read_damaged",)),
    Case(12, "cyclic parent.pdf", lambda: tree(
        CATALOG, b"<</Type/Pages/Count 1/Kids[4 0 R]/Parent 3 0 R>>", b"<</Type/Pages/Parent 2 0 R>>", b"<</Type/Page/Parent 3 0 R>>"),
        ("refused",), ("read_damaged", "read_scan")),
    Case(13, "deep array.pdf", lambda: pages(line(b"Words"), b"[" * 200_000 + b"]" * 200_000),
         ("read", "warned", "refused"), ("pages_unread", *LIMITED)),
    Case(14, "deep dictionary.pdf", lambda: pages(b"<</A" * 50_000 + b" 1" + b">>" * 50_000), ("refused",), ("read_scan", *LIMITED)),
    Case(15, "no root.pdf", lambda: assembled([PAGE], trailer=b""), ("refused",), ("read_damaged",)),
    Case(16, "no tree.pdf", lambda: tree(b"<</Type/Catalog/Pages null>>", b"null"), ("refused",), ("read_damaged",)),
    Case(17, "wrong count.pdf", lambda: tree(CATALOG, b"<</Type/Pages/Count 1000000/Kids[]>>"), ("refused",), ("read_damaged",)),
    Case(18, "loop of tables.pdf", lambda: pages(line(b"Hello words"), prev=True), ("read",), holds=("Hello words",)),
    Case(19, "absurd length.pdf", lambda: ten().replace(b"/Length 47", b"/Length 99"), ("read",), holds=("page 10",)),
    Case(20, "three million operators.pdf", lambda: pages(stream(
        zlib.compress(b"BT " + b"(a)Tj\n" * 3_000_000), b"/Filter/FlateDecode")), ("refused",), LIMITED),
    Case(21, "scan.pdf", lambda: pages(b"q 300 0 0 300 0 0 cm /I Do Q", resources=b"/XObject<</I 4 0 R>>", more=(
        stream(b"\x80" * 100, b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8"),)),
        ("refused",), ("read_scan",)),
    Case(22, "twenty thousand pages.pdf", lambda: pages(*(line(b"Words of page %d" % number) for number in range(1, PAGES + 1))),
         ("warned",), ("pages_cut",), holds=("page 2000",), lacks=("page 2001",)),
    Case(23, "forms of forms.pdf", forms, ("read", "warned", "refused"), ("read_damaged", "read_long", "read_slow", "read_memory")),
    *(Case(24 + seed, f"mutated {seed}.pdf", lambda seed=seed: mutated(seed), ("read", "warned", "refused")) for seed in range(5)),
    Case(29, "lone surrogate.pdf", lambda: mapped(b"D800"), ("read",), holds=("A",), lacks=("\ud800",)),
    Case(30, "NUL.pdf", lambda: mapped(b"0000"), ("read",), holds=("A",), lacks=("\0",)),
    Case(31, "password, RC4.pdf", lambda: encrypted("secret", None, "RC4-128"), ("refused",), ("read_password",)),
    Case(32, "password, AES.pdf", lambda: encrypted("secret", None, "AES-256"), ("refused",), ("read_password",)),
    Case(33, "empty password.pdf", lambda: encrypted("", None, "AES-256"), ("read",), holds=("page 10",)),
    Case(34, "owner's password.pdf", lambda: encrypted("", "secret", "AES-256"), ("read",), holds=("page 10",)),
    Case(35, "one bad page.pdf", one_bad_page, ("warned",), ("pages_unread",), holds=("page 3", "page 5"), lacks=("page 4",)),
    Case(36, "script and program.pdf", loaded, ("warned",), ("files_inside", "scripts_inside"), holds=("Plain words",), lacks=("evil", "alert")),
)
