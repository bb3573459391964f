"""Makes the files that the readers are tested with, in every format."""

import html
import io
import zipfile
from pathlib import Path

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

FONT = "STSong-Light"
SEEDS = Path(__file__).parents[2] / "seeds"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def seed_paragraphs():
    """Return the paragraphs of the report that started the project."""
    text = next(SEEDS.glob("*.txt")).read_text("utf-8")
    return [line for line in text.split("\n") if line.strip()]


def squeeze(text):
    return "".join(text.split())


def blocks_of(document):
    return [block.span.of(document.text) for block in document.blocks]


def make_docx(paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def raw_docx(body, **parts):
    """Return a package of a body and of other parts, each as XML without its root."""
    document = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
    relations = "".join(
        f'<Relationship Id="r{name}" Type="http://x/{name}" Target="{name}.xml"/>'
        for name in parts
    )
    members = {
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
    }
    for name, inside in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {_NAMESPACES}>{inside}</w:{name}>"
    return zipped(members)


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return file.getvalue()


def make_html(paragraphs):
    inside = "\n".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    page = f"<html><head><meta charset='gb2312'></head><body>{inside}</body></html>"
    return page.encode("gb18030")


def make_pdf(paragraphs, header="某社区对照检查材料", **options):
    """Return a PDF as an office suite sets it, with running lines on every page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle(
        "body", fontName=FONT, fontSize=16, leading=28, firstLineIndent=32,
        wordWrap="CJK",
    )  # fmt: skip

    def draw_running_lines(canvas, layout):
        canvas.setFont(FONT, 10)
        canvas.drawCentredString(A4[0] / 2, 30, f"— {layout.page} —")
        canvas.drawString(90, 800, header)

    file = io.BytesIO()
    story = [Paragraph(html.escape(p.strip()), style) for p in paragraphs]
    layout = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=80, rightMargin=80, topMargin=100,
        bottomMargin=90, invariant=1, **options,
    )  # fmt: skip
    layout.build(story, draw_running_lines, draw_running_lines)
    return file.getvalue()


def drawn_pdf(*pages):
    """Return a PDF of lines (x, y, text) page by page; None is a picture."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for lines in pages:
        if lines is None:
            canvas.drawImage(ImageReader(_picture()), 100, 100, 300, 300)
        for x, y, text in lines or ():
            canvas.setFont(FONT, 12)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _picture():
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (8, 8), "grey").save(file, "PNG")
    file.seek(0)
    return file
