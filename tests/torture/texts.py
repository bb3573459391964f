"""Plain text, Markdown and HTML that are hard to decode, to parse or to compare."""

import random
from functools import cache
from itertools import product

from tests.torture.case import PASSAGE, SOURCE, checked

MILLION = 10**6
_GENRE = "坚持以人民为中心的发展思想，"
_random = random.Random(1)
_HAN = [chr(_random.randrange(0x4E00, 0x9FA5)) for _ in range(3000)]


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@cache
def _many() -> str:
    """Return twenty thousand clauses of twelve characters."""
    chosen = random.Random(3)
    return "".join("".join(chosen.choices(_HAN, k=12)) + "。" for _ in range(20_000))


def _huge(length: int = 3_400_000) -> str:
    """Return characters in no order; 10 MB of them."""
    return "".join(random.Random(4).choices(_HAN, k=length))


def _shuffled(text: str) -> str:
    clauses = text.split("。")
    random.Random(2).shuffle(clauses)
    return "。".join(clauses)


def _de_bruijn(letters: str, length: int) -> str:
    """Return a text in which each word of so many letters stands close to all others.

    A concatenation of all Lyndon words whose lengths divide `length`.
    """
    words: list[str] = []
    word = [-1]
    while word:
        word[-1] += 1
        if length % len(word) == 0:
            words.append("".join(letters[at] for at in word))
        word = [word[at % len(word)] for at in range(length)]
        while word and word[-1] == len(letters) - 1:
            word.pop()
    return "".join(words)


ENCODINGS = (
    checked("empty", ".txt", lambda: b"", "D303"),
    checked("blanks only", ".txt", lambda: b" \r\n\t" * MILLION, "D303"),
    checked("zero width only", ".txt", lambda: _utf8("\u200b" * MILLION), "D303"),
    checked("marks only", ".txt", lambda: _utf8("\u0301" * MILLION), "D303|read"),
    checked("NUL amid text", ".txt", lambda: _utf8(f"{PASSAGE}\0{PASSAGE}"), "D306"),
    checked("random bytes", ".txt", lambda: _random.randbytes(MILLION), "D306"),
    checked("surrogates", ".txt", lambda: _utf8("\ud800" * 99 + PASSAGE), "X101"),
    checked("one bad byte", ".txt", lambda: b"\xff" + _utf8(PASSAGE) * 9, "found"),
    checked("cut amid a character", ".txt", lambda: _utf8(PASSAGE)[:-1], "found"),
    checked(
        "two encodings",
        ".txt",
        lambda: _utf8(PASSAGE) + "另一半是国标码。".encode("gb18030") * 9,
        "found|D306|undecodable",
    ),
    checked("UTF-16", ".txt", lambda: PASSAGE.encode("utf-16"), "found"),
    checked(
        "UTF-16 unmarked", ".txt", lambda: PASSAGE.encode("utf-16-le"), "found|D306"
    ),
    checked("UTF-16 odd", ".txt", lambda: PASSAGE.encode("utf-16") + b"\0", "found"),
    checked("UTF-32", ".txt", lambda: PASSAGE.encode("utf-32"), "found|D306"),
    checked("UTF-7", ".txt", lambda: PASSAGE.encode("utf-7"), "read|D306"),
    checked("GB18030", ".txt", lambda: PASSAGE.encode("gb18030"), "found"),
    checked(
        "Big5", ".txt", lambda: PASSAGE.replace("浮桥", "").encode("big5", "ignore")
    ),
    checked(
        "noncharacters", ".txt", lambda: _utf8("\uffff\ufffe" * 99 + PASSAGE), "found"
    ),
    checked("private use", ".txt", lambda: _utf8("\ue000" * 10**5 + PASSAGE), "found"),
    checked(
        "planes 15 and 16",
        ".txt",
        lambda: _utf8("\U00100000" * 10**5 + PASSAGE),
        "found",
    ),
)

SHAPES = (
    checked(
        "10 MB of one line",
        ".txt",
        lambda: _utf8(_huge() + PASSAGE),
        "found",
        seconds=180,
    ),
    checked(
        "10 MB of one character", ".txt", lambda: _utf8("人" * 3_400_000), seconds=180
    ),
    checked(
        "10 MB of one phrase", ".txt", lambda: _utf8(_GENRE * 240_000), seconds=180
    ),
    checked(
        "more than a file may have", ".txt", lambda: b"a" * ((64 << 20) + 1), "D309"
    ),
    checked(
        "a million lines", ".txt", lambda: _utf8("\n" * MILLION + PASSAGE), "found"
    ),
    checked("a million CR", ".txt", lambda: _utf8("\r" * MILLION + PASSAGE), "found"),
    checked("very many lines", ".txt", lambda: b"a\n" * 5 * MILLION, "D309"),
    checked("as many lines as may be", ".txt", lambda: b"a\n" * 190_000, seconds=60),
    checked(
        "one name without end", ".txt", lambda: _utf8("社区村" * 300_000), seconds=60
    ),
    checked("one word without end", ".txt", lambda: b"a" * MILLION),
    checked("one number without end", ".txt", lambda: b"9" * MILLION),
    checked("one Han number without end", ".txt", lambda: _utf8("九" * 300_000)),
    checked("figures and dots", ".txt", lambda: b"1." * MILLION),
    checked("figures and commas", ".txt", lambda: b"1," * MILLION),
    checked("percentages", ".txt", lambda: "百分之".encode() * 300_000),
    checked("years", ".txt", lambda: _utf8("2024年" * 300_000), seconds=120),
    checked("years beyond", ".txt", lambda: _utf8("99999999年13月45日至" * 30_000)),
    checked("days", ".txt", lambda: _utf8("2023年2月30日。" * 50_000), seconds=120),
    checked("headings", ".txt", lambda: _utf8("一、\n" * 190_000), seconds=120),
    checked(
        "headings that nest",
        ".txt",
        lambda: _utf8("一、甲\n（一）乙\n1.丙\n" * 50_000),
        seconds=120,
    ),
    checked("articles", ".txt", lambda: _utf8("第一条" * 200_000)),
    checked("titles that open", ".txt", lambda: _utf8("《" * MILLION), "D303"),
    checked("quotes that open", ".txt", lambda: _utf8("“" * MILLION), "D303"),
    checked(
        "quotes that nest",
        ".txt",
        lambda: _utf8("“‘《（" * 50_000 + "）》’”" * 50_000),
        "D303",
    ),
    checked("brackets that open", ".txt", lambda: _utf8("（" * MILLION), "D303"),
    checked("placeholders that open", ".txt", lambda: _utf8("×" * MILLION), "D303"),
    checked("underlines", ".txt", lambda: b"_" * MILLION, "D303"),
    checked("numbers of documents", ".txt", lambda: _utf8("国发〔2024〕" * 60_000)),
    checked("sources of quotes", ".txt", lambda: _utf8("（摘自《" * 60_000)),
    checked(
        "notes to leave it alone",
        ".txt",
        lambda: _utf8("<!-- detector: ignore " * 40_000),
    ),
    checked("full stops", ".txt", lambda: _utf8("。" * MILLION), "D303"),
    checked(
        "blanks amid",
        ".txt",
        lambda: _utf8("柳" + " " * MILLION + "树" + PASSAGE),
        "found",
    ),
    checked("ideographic blanks", ".txt", lambda: _utf8("柳\u3000" * 300_000)),
    checked("what NFKC makes eighteen of", ".txt", lambda: _utf8("\ufdfa" * 300_000)),
    checked("marks upon marks", ".txt", lambda: _utf8("a" + "\u0301" * MILLION)),
    checked(
        "marks out of order", ".txt", lambda: _utf8("a" + "\u0315\u0300" * 150_000)
    ),
    checked(
        "bidi controls", ".txt", lambda: _utf8("\u202e" * MILLION + PASSAGE), "HIDE001"
    ),
    checked("variation selectors", ".txt", lambda: _utf8("柳\ufe00" * 300_000)),
    checked(
        "emoji in families",
        ".txt",
        lambda: _utf8("👩\u200d👩\u200d👧" * 100_000),
        "D303",
    ),
    checked("syllables of Jamo", ".txt", lambda: _utf8("\u1100\u1161\u11a8" * 200_000)),
    checked(
        "zero width amid", ".txt", lambda: _utf8("\u200b".join(PASSAGE)), "HIDE001"
    ),
    checked(
        "rare characters",
        ".txt",
        lambda: _utf8("".join(map(chr, range(0x20000, 0x2A6D0)))),
    ),
    *(
        checked(
            f"period {period}",
            ".txt",
            lambda p=period: _utf8("".join(_HAN[:p]) * (400_000 // p)),
        )
        for period in (2, 3, 7, 12, 50, 997)
    ),
    checked("every word of two letters", ".txt", lambda: _utf8(_de_bruijn("天地", 18))),
    checked(
        "every pair of words",
        ".txt",
        lambda: _utf8(" ".join(map(" ".join, product("abcdefghijklmnop", repeat=4)))),
    ),
)

COMPARED = (
    checked(
        "one phrase against itself",
        ".txt",
        lambda: _utf8(_GENRE * 70_000),
        source=lambda: _GENRE * 70_000,
        seconds=120,
    ),
    checked(
        "one character against itself",
        ".txt",
        lambda: _utf8("人" * MILLION),
        source=lambda: "人" * MILLION,
        seconds=120,
    ),
    checked(
        "the passage, very often",
        ".txt",
        lambda: _utf8(PASSAGE * 10_000),
        source=lambda: PASSAGE * 10_000,
        seconds=120,
    ),
    checked(
        "twenty thousand matches",
        ".txt",
        lambda: _utf8(_many()),
        source=lambda: _shuffled(_many()),
        seconds=120,
    ),
    checked(
        "two letters against themselves",
        ".txt",
        lambda: _utf8(_de_bruijn("天地", 18)),
        source=lambda: _de_bruijn("地天", 18),
        seconds=120,
    ),
    checked(
        "every other character",
        ".txt",
        lambda: _utf8(
            "".join(map("".join, zip(PASSAGE * 999, _huge(80_000), strict=False)))
        ),
        source=lambda: PASSAGE * 999,
    ),
    checked(
        "the source amid noise",
        ".txt",
        lambda: _utf8(_huge(MILLION) + SOURCE + _huge(MILLION)[::-1]),
        "found",
        seconds=120,
    ),
)

MARKDOWN = (
    checked(
        "quotes in quotes",
        ".md",
        lambda: _utf8(">" * 10**5 + PASSAGE),
        "found|D308|D309",
    ),
    checked(
        "lists in lists",
        ".md",
        lambda: _utf8("".join(f"{' ' * 2 * n}- 甲\n" for n in range(500)) + PASSAGE),
        "found|D308|D309",
    ),
    checked(
        "brackets in brackets",
        ".md",
        lambda: _utf8("[" * 10**5 + "\n\n" + PASSAGE),
        "found",
    ),
    checked(
        "links that do not close",
        ".md",
        lambda: _utf8("[a](" * 10**5 + "\n\n" + PASSAGE),
        "found",
    ),
    checked(
        "emphasis that does not close",
        ".md",
        lambda: _utf8("*a **" * 10**5 + "\n\n" + PASSAGE),
        "found",
    ),
    checked(
        "backticks of all lengths",
        ".md",
        lambda: _utf8("".join("`" * n + "a" for n in range(1000)) + "\n\n" + PASSAGE),
        "found",
    ),
    checked(
        "a table of many columns",
        ".md",
        lambda: _utf8(
            "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + "|b" * 5000 + "|\n\n" + PASSAGE
        ),
        "found",
    ),
    checked(
        "references",
        ".md",
        lambda: _utf8(
            "".join(f"[{n}]: /{n}\n" for n in range(50_000)) + "\n" + PASSAGE
        ),
        "found",
    ),
    checked(
        "entities",
        ".md",
        lambda: _utf8("&#x5;&nbsp;&" * 10**5 + "\n\n" + PASSAGE),
        "found",
    ),
    checked("a fence that does not close", ".md", lambda: _utf8("```\n" + PASSAGE)),
    checked(
        "front matter without end",
        ".md",
        lambda: _utf8("---\n" + "a: b\n" * 10**5 + PASSAGE),
    ),
    checked(
        "front matter that refers",
        ".md",
        lambda: _utf8(
            "---\na: &a [x,x]\n"
            + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(30))
            + "---\n"
            + PASSAGE
        ),
        "found",
    ),
    checked(
        "front matter that calls",
        ".md",
        lambda: _utf8(
            "---\ntitle: !!python/object/apply:os.system [id]\n---\n" + PASSAGE
        ),
        "found",
    ),
    checked(
        "HTML in Markdown",
        ".md",
        lambda: _utf8("<div>" * 10**5 + PASSAGE),
        "found|EXTR001",
    ),
)


def _page(inside: str, head: str = "") -> bytes:
    return _utf8(
        f"<html><head><meta charset=utf-8>{head}</head><body>{inside}</body></html>"
    )


HTML = (
    checked(
        "elements in elements",
        ".html",
        lambda: _page("<div>" * 10**5 + f"<p>{PASSAGE}</p>"),
        "D309",
    ),
    checked(
        "255 elements",
        ".html",
        lambda: _page("<div>" * 255 + PASSAGE + "</div>" * 255),
        "found",
    ),
    checked(
        "600 elements",
        ".html",
        lambda: _page("<div>" * 600 + PASSAGE + "</div>" * 600),
        "found|EXTR001",
    ),
    checked(
        "fonts that do not close",
        ".html",
        lambda: _page("<b><i><font>" * 20_000 + PASSAGE),
        "found|EXTR001|D308|D309",
    ),
    checked(
        "tables in tables",
        ".html",
        lambda: _page("<table><tr><td>" * 5000 + PASSAGE),
        "found|EXTR001|D308|D309",
    ),
    checked(
        "attributes",
        ".html",
        lambda: _page(
            "<p " + " ".join(f"a{n}=1" for n in range(10**5)) + f">{PASSAGE}</p>"
        ),
        "D309",
    ),
    checked(
        "a style for each element",
        ".html",
        lambda: _page(
            f"<p style='display:block'>{PASSAGE}</p>"
            + "<p style='color:red'>甲</p>" * 50_000,
            "<style>"
            + "".join(f".c{n}{{display:none}}" for n in range(20_000))
            + "</style>",
        ),
        "found",
    ),
    checked(
        "a comment without end",
        ".html",
        lambda: _page(f"<p>{PASSAGE}</p><!--" + "-" * 10**6),
        "found",
    ),
    checked(
        "a script without end",
        ".html",
        lambda: _page(f"<p>{PASSAGE}</p><script>" + "<" * 10**6),
        "found",
    ),
    checked(
        "plain text without end",
        ".html",
        lambda: _page(f"<p>{PASSAGE}</p><plaintext>" + "<p>" * 10**5),
        "found",
    ),
    checked(
        "entities without end",
        ".html",
        lambda: _page(f"<p>{PASSAGE}</p>" + "&amp" * 10**6),
        "found",
    ),
    checked(
        "a figure that is no character",
        ".html",
        lambda: _page(f"&#x110000;&#0;&#xD800;&#{'9' * 5000};<p>{PASSAGE}</p>"),
        "found",
    ),
    checked(
        "NUL in a page", ".html", lambda: _page(f"<p>\0{PASSAGE}</p>"), "found|D306"
    ),
    checked(
        "an encoding that is none",
        ".html",
        lambda: _page(f"<p>{PASSAGE}</p>", "<meta charset='x-user-defined'>"),
        "found",
    ),
    checked(
        "another encoding than declared",
        ".html",
        lambda: f"<meta charset=utf-8><p>{PASSAGE}".encode("gb18030"),
        "found",
    ),
    checked(
        "hidden text",
        ".html",
        lambda: _page(f"<p>{PASSAGE}</p><p style='display:none'>{PASSAGE * 9}</p>"),
        "HIDE001|EXTR001",
    ),
    checked(
        "a cell over all columns",
        ".html",
        lambda: _page(
            f"<table><tr><td colspan=999999999 rowspan=999999999>{PASSAGE}</table>"
        ),
        "found",
    ),
)

CASES = (*ENCODINGS, *SHAPES, *COMPARED, *MARKDOWN, *HTML)
