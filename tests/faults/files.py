"""An office's files in two states: what stood in the corpus before, and the folder that is ingested while something fails."""

import zipfile
from pathlib import Path

CORPUS = "사무실"
REPLACED = ("계약서.txt", "notes.md", "prices.csv")
LONG = 3800  # sentences: three whole batches and a part of one
DELETED = ("old 1.txt", "old 2.txt", "old 3.txt")


def before(folder: Path) -> None:
    """What the corpus holds at first: files that will be replaced, files that will be deleted, and a twin of one of each."""
    folder.mkdir(parents=True)
    (folder / "계약서.txt").write_text(prose("contract-old", 30), encoding="utf-8")
    (folder / "한 부 더.txt").write_text(prose("contract-old", 30), encoding="utf-8")
    (folder / "notes.md").write_text("# Notes\n\n" + prose("notes-old", 30), encoding="utf-8")
    (folder / "prices.csv").write_text(table("price-old", 40), encoding="utf-8")
    for number, name in enumerate(DELETED, 1):
        (folder / name).write_text(prose(f"secret{number}", 20), encoding="utf-8")
    (folder / "twin of old 1.txt").write_text(prose("secret1", 20), encoding="utf-8")


def after(folder: Path) -> None:
    """New versions of three of them, and new files: several batches, a duplicate, mail, a table, an archive, Korean names."""
    folder.mkdir(parents=True)
    (folder / "계약서.txt").write_text(prose("contract-new", 30), encoding="utf-8")
    (folder / "notes.md").write_text("# Notes\n\n" + prose("notes-new", 30), encoding="utf-8")
    (folder / "prices.csv").write_text(table("price-new", 40), encoding="utf-8")
    (folder / "long.txt").write_text(prose("long", LONG), encoding="utf-8")
    (folder / "long again.txt").write_text(prose("long", LONG), encoding="utf-8")
    (folder / "mail.mbox").write_text("".join(mail(number) for number in range(12)), encoding="utf-8")
    (folder / "회의록 3월.txt").write_text(prose("meeting", 30), encoding="utf-8")
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        archive.writestr("inside.txt", prose("inside", 30))
        archive.writestr("안의 표.csv", table("inner", 20))


# A word, and the files that are found with it after all is done: of twins the one that holds the text.
WORDS = {
    "contractnew": {"계약서.txt"}, "contractold": {"한 부 더.txt"}, "notesnew": {"notes.md"}, "pricenew": {"prices.csv"},
    "long": {"long again.txt"}, "mailed": {"mail.mbox"}, "meeting": {"회의록 3월.txt"},
    "inside": {"archive.zip/inside.txt"}, "inner": {"archive.zip/안의 표.csv"}, "secret1": {"twin of old 1.txt"},
    "secret2": set(), "secret3": set(), "notesold": set(), "priceold": set(),
}


def prose(word: str, sentences: int) -> str:
    """Paragraphs that all hold a word; about a chunk every ten sentences."""
    said = word.replace("-", "")
    return "\n\n".join(
        f"Sentence {number} is about {said}: item {number * 7 % 101} costs {number * 13 % 997} dollars and was ordered "
        f"on day {number % 28} by department {number % 9}, 합계 {number * 13 % 997}달러." for number in range(sentences))


def table(word: str, rows: int) -> str:
    """A row a line."""
    said = word.replace("-", "")
    return "item,price,note\n" + "".join(f"{said} {number},{number * 3},row {number}\n" for number in range(rows))


def mail(number: int) -> str:
    """A message of an mbox."""
    return (f"From a@example.org Thu Jan  1 00:00:00 2026\nFrom: A <a@example.org>\nTo: B <b@example.org>\n"
            f"Subject: Delivery {number}\nDate: Thu, 1 Jan 2026 00:00:{number:02} +0000\n\n"
            f"The parcel {number} was mailed on day {number}.\n\n")
