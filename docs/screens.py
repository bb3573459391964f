"""Photograph the HTML page of the seed against the demo corpus, to be looked at.

    python docs/screens.py

Needs chromium and chromedriver. Both languages, wide and narrow, light and dark, and
the first pages as they are printed; whoever changes the page looks at them again.
"""

import base64
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By

from detector.pipeline import check_files
from detector.reporters import render

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "screens"
WIDE, NARROW = (1400, 1500), (420, 1500)
COLOURS = 256
"""Of each picture: a small one, in which all can be read."""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    seed = next((ROOT / "seeds").glob("*.txt")).relative_to(ROOT)
    batch = check_files([str(seed)], [str(Path("corpora") / "demo")])
    with TemporaryDirectory() as folder, _browser(folder) as browser:
        page = Path(folder) / "report.html"
        for language in ("zh", "en"):
            page.write_bytes(render(batch, "html", language))
            for name, size in (("wide", WIDE), ("narrow", NARROW)):
                _show(browser, page, size, dark=False)
                _keep(browser.get_screenshot_as_png(), f"{language}-{name}")
        page.write_bytes(render(batch, "html", "zh"))
        _show(browser, page, WIDE, dark=True)
        _keep(browser.get_screenshot_as_png(), "zh-dark")
        repeat = browser.find_element(By.CSS_SELECTOR, ".m.self_repeat")
        browser.execute_script(
            "arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()",
            repeat,
        )
        _keep(browser.get_screenshot_as_png(), "zh-dark-passage")
        _show(browser, page, WIDE, dark=False)
        printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
        for number, sheet in enumerate(_sheets(printed["data"]), 1):
            _keep(sheet, f"zh-print-{number}")


def _browser(folder: str) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for option in ("headless=new", "no-sandbox", "disable-gpu", "hide-scrollbars"):
        options.add_argument(f"--{option}")
    options.add_argument(f"--user-data-dir={folder}/profile")
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    return webdriver.Chrome(options, service)


def _show(
    browser: webdriver.Chrome, page: Path, size: tuple[int, int], *, dark: bool
) -> None:
    """Open the page on a screen of this size, in CSS pixels."""
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    metrics = {"width": size[0], "height": size[1]}
    metrics |= {"deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(page.as_uri())


def _sheets(pdf: str, most: int = 2) -> Iterator[bytes]:
    document = pypdfium2.PdfDocument(base64.b64decode(pdf))
    for sheet in list(document)[:most]:
        file = io.BytesIO()
        sheet.render(scale=1.4).to_pil().save(file, "PNG")
        yield file.getvalue()


def _keep(png: bytes, name: str) -> None:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    small = image.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
