"""File names, 97–104: what a file is called, and what it is shown as."""

from unicodedata import normalize

NAMES = (
    (97, "../../evil.txt", "evil.txt"),
    (97, "a/../../b/./evil.txt", "a/b/evil.txt"),
    (98, "C:\\Windows\\x.pdf", "Windows/x.pdf"),
    (98, "\\\\server\\share\\x.pdf", "server/share/x.pdf"),
    (99, "가" * 300 + ".txt", "가" * 170 + "…" + "가" * 25 + ".txt"),
    (100, normalize("NFD", "회의록 각주.txt"), "회의록 각주.txt"),
    (101, "CON.txt. . ", "CON.txt"),
    (101, "...", "?"),
    (102, "two\r\nlines\u2028.txt", "two lines .txt"),
    (102, "invoice\u202efdp.txt", "invoicefdp.txt"),
    (102, "\ud800\x1b[31m.txt", "? [31m.txt"),
    (103, "<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
)
