"""Looks at a page as an auditor would: axe, colours in every mode, reflow, security policy, foreign requests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Request

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "dark", "forced_colors": "active"},
}
# What colours can change. All other rules see the same tree in the dark.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# What a wide window can change. All other rules see the same tree as at 320 px.
LAYOUT_RULES = ["color-contrast", "target-size", "scrollable-region-focusable", "region", "landmark-unique", "bypass"]
# Two frames after the mode was changed, its colours stand. axe takes the colour of text from -webkit-text-fill-color,
# for which Chromium names the colour before it was forced: what it complains about is judged again by `color`.
RUN = """async ([options, within]) => {
  const root = document.documentElement;
  root.style.display = 'none';  // Chromium leaves some inherited colours of the mode before: compute all anew
  void root.offsetHeight;
  root.style.display = '';
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const channel = value => value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = rgb => rgb.map(channel).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const hex = text => [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16));
  const isPaintedWell = ({target, any: [check]}) => {
    const {fgColor, bgColor, expectedContrastRatio} = check?.data ?? {};
    if (!fgColor || !bgColor) return false;
    const painted = getComputedStyle(document.querySelector(target[0])).color.match(/[\\d.]+/g).map(Number);
    if (painted.length !== 3) return false;
    const [low, high] = [luminance(painted), luminance(hex(bgColor))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05) >= parseFloat(expectedContrastRatio);
  };
  const {violations} = await axe.run(within, options);
  for (const violation of violations) violation.nodes = violation.nodes.filter(node => !isPaintedWell(node));
  return violations;
}"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# What sticks out of the page to the right, innermost last; nothing when the page fits.
STICKS_OUT = """() => {
  const {scrollWidth, clientWidth: width} = document.documentElement;
  if (scrollWidth <= width) return [];
  const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1);
  return out.slice(-3).map(e => e.outerHTML.slice(0, 160)).concat(`${scrollWidth} > ${width}`);
}"""


@dataclass
class Inspector:
    """Watches one page from its first request; `findings` is empty when all is well. What is outside of the element
    `within` is somebody else's: the frame of Wagtail's admin."""

    page: Page
    origin: str
    wide: bool = True
    within: str = "html"
    findings: list[str] = field(default_factory=list)
    seen: int = 0

    def __post_init__(self) -> None:
        self.page.context.add_init_script(AXE_SCRIPT)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.findings.append(f"{self._place()}: script error {error}"))
        self.page.on("request", self._watch)

    def _place(self) -> str:
        return self.page.url.removeprefix(self.origin)

    def _hear(self, message: ConsoleMessage) -> None:
        expected = re.match(r"Failed to load resource.*(422|404)", message.text)
        if message.type in {"error", "warning"} and not expected:
            self.findings.append(f"{self._place()}: console says {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.findings.append(f"{self._place()}: asks {request.url}")

    def look(self, what: str = "") -> None:
        """Inspect the page that is open now: at 320 px in light, dark and forced colours, if `wide` also as it is."""
        self.seen += 1
        self.page.wait_for_load_state()
        name = f"{self._place()} {what}".strip()
        self.page.set_viewport_size(NARROW)
        for mode, media in reversed(MODES.items()):  # ends as it began, in light
            self.page.emulate_media(**media)
            all_rules = {"type": "tag", "values": TAGS}
            colours = {"type": "rule", "values": COLOUR_RULES}
            self._axe(f"{name} 320 px {mode}", all_rules if mode == "light" else colours)
        self.findings += [f"{name} 320 px: sticks out: {what}" for what in self.page.evaluate(STICKS_OUT)]
        self.page.set_viewport_size(WIDE)
        if self.wide:
            self._axe(f"{name} wide", {"type": "rule", "values": LAYOUT_RULES})

    def visit(self, path: str, *, status: int = 200, what: str = "") -> None:
        """Open the address, then look."""
        answer = self.page.goto(path)
        if answer is None or answer.status != status:
            self.findings.append(f"{path}: status {answer and answer.status} instead of {status}")
        self.look(what)

    def _axe(self, name: str, only: dict[str, Any]) -> None:
        options = {"runOnly": only, "resultTypes": ["violations"], "preload": False}
        violations = self.page.evaluate(RUN, [options, self.within])
        for violation in violations:
            for node in violation["nodes"][:3]:
                why = " ".join(node.get("failureSummary", "").split())
                self.findings.append(f"{name}: {violation['id']} at {node['target']}: {why}")

    def assert_clean(self) -> None:
        """Fail with everything found, not only the first."""
        assert self.findings == [], f"{len(self.findings)} findings on {self.seen} pages:\n" + "\n".join(self.findings)
