"""The file around each page: head, policy, style, script, and the two languages."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from detector.messages import Language
from detector.reporters.html.words import message
from detector.reporters.json_report import tool_as_dict

if TYPE_CHECKING:
    from jinja2 import Environment


def filled(template: str, language: Language, **facts: object) -> bytes:
    """Return a page as UTF-8.

    It asks the network for nothing and runs nothing but its own script: the policy in
    its head allows a style and a script by their digests, and no attribute of either.
    """
    from markupsafe import Markup

    style, script = _asset("style.css"), _asset("script.js")
    page = (
        _environment()
        .get_template(template)
        .render(
            language=language,
            style=Markup(style),
            script=Markup(script),
            policy=(
                f"default-src 'none'; style-src '{_digest(style)}'; "
                f"script-src '{_digest(script)}'; img-src data:; base-uri 'none'; "
                "form-action 'none'"
            ),
            tool=tool_as_dict(),
            **facts,
        )
    )
    return page.encode("utf-8", "replace")


def _asset(name: str) -> str:
    return files("detector.reporters.html").joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["w"] = message
    return environment
