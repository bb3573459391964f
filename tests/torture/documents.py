"""Word and PDF files that are made to break what reads them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence

from tests.formats.files import W, drawn_pdf, make_docx, make_pdf, zipped
from tests.torture.case import PASSAGE, Case, checked

_RUN = f"<w:p><w:r><w:t>{PASSAGE}</w:t></w:r></w:p>"
_HEAD = f'<w:document xmlns:w="{W}"><w:body>'
_TAIL = "</w:body></w:document>"


def _package(body: str = _RUN, head: str = "", **parts: str) -> bytes:
    """Return a package of a body, and of parts with whatever is in them."""
    members = {"word/document.xml": f"{head}{_HEAD}{body}{_TAIL}"}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="http://x/{n}" Target="{n}.xml"/>' for n in parts
    )
    members["word/_rels/document.xml.rels"] = f"<R>{relations}</R>"
    members |= {f"word/{name}.xml": inside for name, inside in parts.items()}
    return zipped(members)


def _part(name: str, inside: str) -> str:
    return f'<w:{name} xmlns:w="{W}">{inside}</w:{name}>'


def _entities() -> str:
    """Return a billion laughs."""
    lines = ['<!ENTITY a0 "ha">']
    for n in range(1, 30):
        refers = f"&a{n - 1};" * 10
        lines.append(f'<!ENTITY a{n} "{refers}">')
    return f"<!DOCTYPE x [{''.join(lines)}]>"


def _with_members(*members: tuple[str, bytes], **options: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", options.get("method", zipfile.ZIP_DEFLATED)) as z:
        for name, inside in members:
            z.writestr(name, inside)
    return file.getvalue()


def _lying(size: int) -> bytes:
    """Return a package whose directory says that its text is smaller than it is."""
    body = f"{_HEAD}{_RUN * 20_000}{_TAIL}".encode()
    data = bytearray(zipped({"word/document.xml": body}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", size)
    data[22:26] = struct.pack("<I", size)
    return bytes(data)


def _shared_bytes() -> bytes:
    data = bytearray(zipped({"word/document.xml": "甲" * 99, "b.xml": "乙" * 99}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)
    return bytes(data)


def _encrypted() -> bytes:
    data = bytearray(make_docx([PASSAGE]))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


def _nested(depth: int, name: str, inside: str) -> str:
    return f"<w:{name}>" * depth + inside + f"</w:{name}>" * depth


def _attributes(count: int, name: str) -> str:
    inside = " ".join(f"{name}{n}='b{n}'" for n in range(count))
    return f"<w:p {inside}/>"


def _tables(depth: int) -> str:
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return opened * depth + _RUN + closed * depth


def _word(
    name: str, content: Callable[[], bytes], answer: str = "found", seconds: int = 30
) -> Case:
    return checked(name, ".docx", content, answer, seconds=seconds)


_XML = "<?xml version='1.0' encoding='utf-16'?>"

WORD: Sequence[Case] = (
    _word("no archive", PASSAGE.encode, "D308"),
    _word("an empty archive", _with_members, "D308"),
    _word("no text in it", lambda: _with_members(("a.xml", b"<a/>")), "D308"),
    _word("cut off", lambda: make_docx([PASSAGE])[:-30], "D308"),
    _word(
        "something before it", lambda: b"x" * 999 + make_docx([PASSAGE]), "found|D308"
    ),
    _word("something after it", lambda: make_docx([PASSAGE]) + b"x" * 999),
    _word(
        "another archive", lambda: _with_members(("a.zip", zipped({"b": "c"}))), "D308"
    ),
    _word("encrypted", _encrypted, "D305"),
    _word(
        "a zip bomb", lambda: zipped({"word/document.xml": " " * (200 << 20)}), "D309"
    ),
    _word(
        "ten zip bombs",
        lambda: zipped(
            {f"{n}.xml": " " * (40 << 20) for n in range(10)}
            | {"word/document.xml": "<a/>"}
        ),
        "D309",
    ),
    _word(
        "ten thousand members",
        lambda: zipped({f"{n}.xml": "" for n in range(10_001)}),
        "D309",
    ),
    _word("members that share bytes", _shared_bytes, "D308"),
    _word("a size that lies", lambda: _lying(100), "D308|D309"),
    _word("a size that lies upwards", lambda: _lying(1 << 31), "D309"),
    _word(
        "names that lead out",
        lambda: _with_members(
            ("../../x", b"a"),
            ("/etc/x", b"b"),
            ("word/document.xml", f"{_HEAD}{_RUN}{_TAIL}".encode()),
        ),
    ),
    _word(
        "a method that is none",
        lambda: make_docx([PASSAGE]).replace(b"\x08\x00", b"\x63\x00"),
        "D308",
    ),
    _word(
        "bzip2",
        lambda: _with_members(
            ("word/document.xml", f"{_HEAD}{_RUN}{_TAIL}".encode()),
            method=zipfile.ZIP_BZIP2,
        ),
        "found|D308",
    ),
    _word(
        "a billion laughs",
        lambda: _package("<w:p><w:r><w:t>&a29;</w:t></w:r></w:p>" + _RUN, _entities()),
        "found|D308",
    ),
    _word(
        "an entity of a file",
        lambda: _package(
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>" + _RUN,
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        ),
    ),
    _word(
        "an entity of the net",
        lambda: _package(
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>" + _RUN,
            '<!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd">',
        ),
    ),
    _word(
        "elements in elements",
        lambda: _package(_nested(100_000, "sdt", _RUN)),
        "D308|D309",
    ),
    _word("wrappers in wrappers", lambda: _package(_nested(200, "sdt", _RUN))),
    _word("tables in tables", lambda: _package(_tables(80))),
    _word("more tables in tables", lambda: _package(_tables(5000)), "found|D308"),
    _word(
        "a hundred thousand attributes",
        lambda: _package(_attributes(10**5, "a") + _RUN),
    ),
    _word(
        "namespaces",
        lambda: _package(_attributes(20_000, "xmlns:a") + _RUN),
    ),
    _word("two million paragraphs", lambda: _package("<w:p/>" * 2_000_000), "D309"),
    _word("eight million elements", lambda: _package("<a/>" * 4_100_000), "D309"),
    _word(
        "a hundred thousand runs",
        lambda: _package(
            "<w:p>" + "<w:r><w:t>修</w:t></w:r>" * 20_000 + "</w:p>" + _RUN
        ),
    ),
    _word(
        "a cell over all columns",
        lambda: _package(
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{_RUN}</w:tc></w:tr></w:tbl>"
        ),
    ),
    _word(
        "styles in a circle",
        lambda: _package(
            "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr></w:p>" + _RUN,
            styles=_part(
                "styles",
                "<w:style w:styleId='a'><w:basedOn w:val='b'/></w:style><w:style w:styleId='b'><w:basedOn w:val='a'/></w:style>",
            ),
        ),
    ),
    _word(
        "a header, two thousand times",
        lambda: zipped(
            {
                "word/document.xml": f"{_HEAD}{_RUN}{_TAIL}",
                "word/h.xml": _part("hdr", "<w:p/>" * 10**5),
                "word/_rels/document.xml.rels": "<R>"
                + '<Relationship Type="x/header" Target="h.xml"/>' * 2000
                + "</R>",
            }
        ),
    ),
    _word(
        "itself as its header",
        lambda: zipped(
            {
                "word/document.xml": f"{_HEAD}{_RUN}{_TAIL}",
                "word/_rels/document.xml.rels": '<R><Relationship Type="x/header" Target="document.xml"/></R>',
            }
        ),
    ),
    _word(
        "a target that leads out",
        lambda: zipped(
            {
                "word/document.xml": f"{_HEAD}{_RUN}{_TAIL}",
                "word/_rels/document.xml.rels": '<R><Relationship Type="x/header" Target="../../../../etc/passwd"/></R>',
            }
        ),
    ),
    _word(
        "UTF-16",
        lambda: zipped(
            {"word/document.xml": f"{_XML}{_HEAD}{_RUN}{_TAIL}".encode("utf-16")}
        ),
    ),
    _word("no XML", lambda: zipped({"word/document.xml": b"\0\1\2" * 999}), "D308"),
    _word(
        "another root", lambda: zipped({"word/document.xml": "<a>b</a>"}), "D303|D308"
    ),
    _word("controls", lambda: _package(_RUN.replace("浮", "&#1;")), "D308"),
    _word(
        "fields that do not end",
        lambda: _package(
            "<w:p>"
            + "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * 9999
            + "</w:p>"
            + _RUN
        ),
        "found|D303|EXTR001",
    ),
    _word(
        "text that is hidden",
        lambda: _package(
            _RUN.replace("<w:t>", "<w:rPr><w:vanish/></w:rPr><w:t>")
            + "<w:p><w:r><w:t>另有一段。</w:t></w:r></w:p>"
        ),
        "HIDE001",
    ),
)


def _pdf(*objects: bytes, root: int = 1, tail: bytes = b"") -> bytes:
    """Return a PDF of numbered objects, with a table of where they are."""
    data, places = b"%PDF-1.7\n", []
    for number, inside in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, inside)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    size = len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    data += b"trailer <</Size %d/Root %d 0 R%s>>\n" % (size, root, tail)
    return data + b"startxref\n%d\n%%%%EOF" % start


def _stream(inside: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(inside), inside)


def _flate(inside: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        inside = zlib.compress(inside, 9)
    filters = b"/FlateDecode " * times
    return _stream(inside, b"/Filter[%s]" % filters)


def _page(content: bytes, resources: bytes = b"", *others: bytes) -> bytes:
    """Return a PDF of a page with a content stream; `others` are objects from 6 on."""
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources"
        b"<</Font<</F 5 0 R>>%s>>>>" % resources,
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *others,
    )


_SHOWS = b"BT /F 12 Tf 50 700 Td (The harbour board approved a second ferry.) Tj ET "


def _forms(count: int) -> bytes:
    """Return a page of forms each of which shows the next one twice."""
    forms = [
        _stream(
            b"/X Do /X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
            % (7 + at),
        )
        for at in range(count)
    ]
    last = _stream(_SHOWS, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return _page(_stream(_SHOWS + b"/X Do"), b"/XObject<</X 6 0 R>>", *forms, last)


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (at + 3) for at in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return _pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * count)


def _portable(
    name: str, content: Callable[[], bytes], answer: str = "read", seconds: int = 60
) -> Case:
    return checked(name, ".pdf", content, answer, seconds=seconds)


PORTABLE: Sequence[Case] = (
    _portable("a report", lambda: make_pdf([PASSAGE]), "found"),
    _portable("no PDF", PASSAGE.encode, "D308"),
    _portable("its first line only", lambda: b"%PDF-1.7\n", "D308"),
    _portable("half of it", lambda: make_pdf([PASSAGE])[:900], "D308|D303"),
    _portable(
        "something before it", lambda: b"x" * 500 + make_pdf([PASSAGE]), "found|D308"
    ),
    _portable("pictures only", lambda: drawn_pdf(None), "D304"),
    _portable(
        "pages in a circle",
        lambda: _pdf(
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"
        ),
        "D303|D308",
    ),
    _portable(
        "more pages than there are",
        lambda: _pdf(
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 2000000000>>"
        ),
        "D303|D308|D309",
    ),
    _portable("six thousand pages", lambda: _pages(6000), "D309"),
    _portable(
        "a page without size",
        lambda: _page(_stream(_SHOWS)).replace(b"600 800", b"0 0"),
        "read|D303",
    ),
    _portable(
        "a page beyond size",
        lambda: _page(_stream(_SHOWS)).replace(b"600 800", b"1e38 -1e38"),
        "read|D303",
    ),
    _portable(
        "a stream that swells",
        lambda: _page(_flate(b" " * (300 << 20), 2)),
        "D303|D309|D319",
    ),
    _portable("forms in forms", lambda: _forms(24), "D309|D319|read"),
    _portable(
        "states upon states",
        lambda: _page(_flate(b"q " * 5_000_000 + _SHOWS)),
        "read|D309|D319",
    ),
    _portable(
        "paths",
        lambda: _page(_flate(b"0 0 m 1 1 l S " * 3_000_000 + _SHOWS)),
        "read|D309|D319",
    ),
    _portable(
        "a million letters at one place",
        lambda: _page(
            _flate(b"BT /F 12 Tf " + b"50 700 Td (a) Tj -50 -700 Td " * 300_000 + b"ET")
        ),
        "read|D309|D319|D303",
    ),
    _portable(
        "arrays in arrays",
        lambda: _page(_stream(_SHOWS), b"/A " + b"[" * 10**5 + b"]" * 10**5),
        "read|D308|D303|D319",
    ),
    _portable("an object that is itself", lambda: _page(b"4 0 R"), "D303|D308"),
    _portable(
        "a table of nowhere",
        lambda: _page(_stream(_SHOWS)).replace(b"0000000", b"9999999"),
        "read|D308|D303",
    ),
    _portable(
        "a length that lies",
        lambda: _page(_stream(_SHOWS)).replace(b"/Length 6", b"/Length 99999999996"),
        "read|D308|D303",
    ),
    _portable(
        "a script and a file in it",
        lambda: _page(_stream(_SHOWS)).replace(
            b"/Pages 2 0 R>>",
            b"/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
            1,
        ),
    ),
    _portable("locked", lambda: make_pdf([PASSAGE], encrypt="secret"), "D305"),
)

CASES = (*WORD, *PORTABLE)
