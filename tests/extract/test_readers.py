"""Files become documents whose text is the file's, or are refused with a reason and a way out."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pypdf
import pytest

from extract import readers
from extract.document import Document
from extract.readers import UnreadableDocumentError

GERMAN = (
    "Der Markt für Gartenroboter wächst. Die Orvane GmbH hat im Mai 2031 die Flexura AG übernommen, wie das "
    "Unternehmen am Montag mitteilte. Der Kaufpreis beträgt 12 Millionen Euro. Mit dem Kauf will Orvane in "
    "Österreich wachsen. Das Geschäft soll bis Ende Juni abgeschlossen werden, sagte der Vorstand."
)
FRENCH = (
    "Le marché des robots de jardin progresse. En mai 2031, la société Orvane a acquis Flexura, a annoncé le groupe "
    "lundi. Le prix est de 12 millions d'euros. Avec cet achat, Orvane veut se développer en Autriche et en Suisse. "
    "La transaction doit être conclue à la fin de juin, selon la direction du groupe."
)
ENGLISH = (
    "The garden robot market is growing. In May 2031 Orvane acquired Flexura, as the company announced on Monday. "
    "The price is 12 million euros. With the purchase Orvane wants to grow in Austria and in Switzerland, where it "
    "has been present since 2019."
)
PAGE = f"""<html><head><title>Orvane acquires Flexura</title></head>
<body><nav><a href="/">Home</a><a href="/p">Shop</a></nav>
<article><h1>Orvane acquires Flexura</h1><p>{ENGLISH}</p><p>{ENGLISH.replace("Flexura", "Sylvan Tools")}</p></article>
<footer>Cookie settings</footer></body></html>"""


def of_docx(file: docx.document.Document) -> bytes:
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def of_pdf(prepare: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer, buffer = pypdf.PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    prepare(writer)
    writer.write(buffer)
    return buffer.getvalue()


def with_broken_part(whole: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(whole)) as package, ZipFile(buffer, "w") as broken:
        for name in package.namelist():
            broken.writestr(name, b"<broken" if name == "word/document.xml" else package.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t \n", "is empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "holds no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is binary"),
        ("a.txt", "Orvane wächst".encode("latin-1"), r"is not UTF-8 \(byte 8: 0xe4\); save it as UTF-8"),
        ("a.txt", b"\xff\xfeO\x00r", "is not UTF-16"),
        ("a.txt", GERMAN.encode(), "does not read as English"),
        ("a.md", FRENCH.encode(), "does not read as English"),
        ("a.txt", GERMAN.replace(". ", ".\n").encode(), "does not read as English"),
        ("a.txt", b"word " * 500_000, "more than the 2,000,000 that are read; split it"),
        ("a.xls", b"Orvane", r"\.xls is not a format that is read \(\.docx"),
        ("report", b"Orvane", "no ending is not a format"),
        ("a.pdf", b"%PDF-1.7 cut off", "is no readable PDF"),
        ("a.pdf", b"Orvane", "is no readable PDF"),
        ("a.pdf", of_pdf(lambda writer: writer.add_blank_page(200, 200)), "holds no text; a scanned page needs text"),
        ("a.pdf", of_pdf(lambda writer: writer.encrypt("secret", algorithm="RC4-128")), "not been decrypted"),
        ("a.docx", b"Orvane", "is no readable DOCX"),
        ("a.docx", of_docx(docx.Document())[:3000], "is no readable DOCX"),
        ("a.docx", with_broken_part(of_docx(docx.Document())), "is no readable DOCX"),
        ("a.docx", of_docx(docx.Document()), "holds no text"),
        ("a.html", b"<html></html>", "no article text was found"),
        ("a.html", bytes(200), "no article text was found"),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, raw: bytes, told: str) -> None:
    """Every bad input ends in one kind of error that names the file and what is wrong with it."""
    with pytest.raises(UnreadableDocumentError, match=told) as refused:
        readers.from_bytes(raw, name)
    assert str(refused.value).startswith(name)


def test_files_that_are_none_or_too_large_are_refused(tmp_path: Path) -> None:
    """A missing file, a directory and 50 MB are told apart, and the 50 MB are not read."""
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    for path, told in (
        (tmp_path / "none.txt", "there is no such file"),
        (tmp_path, "is a directory; name the files in it"),
        (large, "50 MB is more than the 20 MB that are read; split it"),
    ):
        with pytest.raises(UnreadableDocumentError, match=told):
            readers.read(path)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Der Markt wächst.",  # too short to tell
        "Key players\n" + "\n".join(f"Orvane {name} Ltd" for name in "ABCDE") + f"\n{ENGLISH}",
    ],
)
def test_english_and_short_texts_are_read(text: str) -> None:
    """Lists of names do not make an English text foreign, and a few words say nothing."""
    assert readers.from_bytes(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffOrvane acquired Flexura.\n",
        "Orvane\r\nacquired\r\n\r\nFlexura.\r\n",
        "Orvane\u00a0AG – “Flexura”®\r",
        "a\tb",
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".md", ".TXT"])
def test_plain_text_is_the_file_unchanged(tmp_path: Path, text: str, ending: str) -> None:
    """Offsets into the text hold in the file: byte order mark, line ends and blanks stay."""
    path = tmp_path / f"a{ending}"
    path.write_bytes(text.encode())
    document = readers.read(path)
    assert document.text == text
    assert document.media_type == ("text/markdown" if ending == ".md" else "text/plain")


def test_utf_16_is_read() -> None:
    """Files of Windows editors with a byte order mark are read."""
    assert readers.from_bytes("Orvane wächst".encode("utf-16"), "a.txt").text == "Orvane wächst"


def test_html_gives_the_article() -> None:
    """The text of a page is its article, without navigation and footer; its title is the page's."""
    document = readers.from_bytes(PAGE.encode(), "page.html")
    assert document.title == "Orvane acquires Flexura"
    assert "In May 2031 Orvane acquired Flexura" in document.text
    assert not any(word in document.text for word in ("Home", "Shop", "Cookie"))
    assert document.media_type == "text/html"


def test_docx_gives_paragraphs_lists_and_tables_in_order() -> None:
    """List items keep a bullet and rows their cells, so both are read as what they are."""
    file = docx.Document()
    file.add_heading("Garden Robot Market Report 2031")
    file.add_paragraph("Weeder", style="List Bullet")
    table = file.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "CAGR", "6.4%"
    file.add_paragraph("The market grows.")
    document = readers.from_bytes(of_docx(file), "a.docx")
    assert document.text.split("\n\n") == [
        "Garden Robot Market Report 2031",
        "• Weeder",
        "CAGR\t6.4%",
        "The market grows.",
    ]
    assert document.title == "Garden Robot Market Report 2031"


def test_pdf_gives_the_text_of_its_pages() -> None:
    """Pages follow one another; the title is the file's own where it has one."""
    drawn = b"BT /F 12 Tf 10 100 Td (Orvane acquired Flexura.) Tj ET"
    page = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\n"
        b"endobj\n4 0 obj<</Length 54>>stream\n" + drawn + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"
        b"startxref\n0\n%%EOF\n"
    )
    document = readers.from_bytes(page, "a.pdf")
    assert document.text.strip() == "Orvane acquired Flexura."
    assert document.media_type == "application/pdf"


TOLD = "The garden robot market was worth USD 1 billion in 2030. It is growing fast.\n" * 2


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (
            "Garden Robot Market Size, Share & Trends Report, 2031",
            "Garden Robot Market Size, Share & Trends Report, 2031",
        ),
        ("# Garden Robot Market", "Garden Robot Market"),
        ("\ufeffGarden Robot Market Outlook", "Garden Robot Market Outlook"),
        ("Skip to main content\nSign In\nGarden Robot Market Outlook", "Garden Robot Market Outlook"),
        ("Home > Machines > Garden Robot Market\nGarden Robot Market – Study", "Garden Robot Market – Study"),
        ("HOME | MACHINES | GARDEN ROBOT MARKET\nGarden Robot Market Report", "Garden Robot Market Report"),
        ("Home / Machines / Garden / Garden Robot Market\nGarden Robot Market Report", "Garden Robot Market Report"),
        ("Quill & Vane\n17 May 2031 — 9 minute read\nHow robots took over the lawn", "How robots took over the lawn"),
        ("Skip to main content\nMarket Size (2030)USD 1 Billion\nLargest MarketEurope 1", "garden robot market"),
    ],
)
def test_title_of_a_report(top: str, title: str) -> None:
    """The title says what the report is about: no way to the page, no publisher, date or key figure."""
    assert readers.from_bytes(f"{top}\n\n{TOLD}".encode(), "a.txt").title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Newsroom\nAll news | Funding | Events\nOrvane acquires Flexura for $9 million\n\nGRAZ – Orvane did.",
            "Orvane acquires Flexura for $9 million",
        ),
        (
            "News › Machines\nOrvane to acquire the maker Flexura\nA longer line below it that says more of the same",
            "Orvane to acquire the maker Flexura",
        ),
        ("Orvane acquires Flexura", "Orvane acquires Flexura"),
        ("Orvane acquired Flexura in May 2031.", "Orvane acquired Flexura in May 2031."),
        ("Orvane\nPress", "Orvane"),
    ],
)
def test_title_of_a_release(text: str, title: str) -> None:
    """The title of news is its headline, the first full one."""
    assert readers.from_bytes(text.encode(), "a.txt").title == title


def test_what_a_program_calls_a_file_is_no_title() -> None:
    """A title that is the name of a file or program gives way to the heading."""
    file = docx.Document()
    file.core_properties.title = "Microsoft Word - final_v3.docx"
    file.add_heading("Orvane acquires Flexura for $9 million")
    assert readers.from_bytes(of_docx(file), "a.docx").title == "Orvane acquires Flexura for $9 million"


def test_same_text_is_the_same_document() -> None:
    """A document is known by its text, not by the name or format of its file."""
    one, other = readers.from_bytes(b"Orvane", "a.txt"), readers.from_bytes(b"Orvane", "b.md")
    assert one.id == other.id
    assert isinstance(one, Document)
