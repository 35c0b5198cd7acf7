"""What every page of ours keeps, whatever is on it: one main and one heading, no wider than its window, accessible."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that look at colours: in another theme the others find the same again."""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_STANDS = """() => document.querySelector('h1')
    && !document.querySelector('[aria-label^=Loading], main [aria-busy=true]')"""
_DRAWN = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
_LANDMARKS = """() => Object.entries({main: 'main', h1: 'h1'})
    .map(([name, path]) => [name, document.querySelectorAll(path).length])
    .filter(([, count]) => count !== 1).map(([name, count]) => `${count} ${name}`)"""
# The innermost elements that stick out, unless something around them scrolls or cuts them off by itself.
_SIDEWAYS = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth + 1) return [];
    const out = one => one.getBoundingClientRect().right > page.clientWidth + 1;
    const held = one => { while ((one = one.parentElement) && one !== document.body)
        if (getComputedStyle(one).overflowX !== 'visible') return true; };
    const wide = [...document.body.querySelectorAll('*')].filter(one => out(one) && !held(one));
    const inner = wide.filter(one => !wide.some(other => other !== one && one.contains(other)));
    return inner.slice(0, 5).map(one => `scrolls sideways (${page.scrollWidth}): ${one.outerHTML.slice(0, 160)}`); }"""
_AXE = """async rules => {
    const found = await axe.run({ runOnly: rules, resultTypes: ['violations'] });
    return found.violations.flatMap(one => one.nodes.map(node =>
        `${one.id}: ${node.target.join(' ')}: ${node.html.slice(0, 160)}: ${node.failureSummary}`));
}"""


def stands(page: Page) -> None:
    """Wait until nothing is loading any more."""
    page.wait_for_function(_STANDS)


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    found: list[str] = page.evaluate(_LANDMARKS) + page.evaluate(_SIDEWAYS)
    return found + _axe(page, {"type": "tag", "values": WCAG})


def faults_in_both_themes(page: Page) -> list[str]:
    """The same, and what is wrong with the dark colours; what is wrong in both is told once."""
    found = faults(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate(_DRAWN)  # a script follows the theme, and not before the next frame
    seen = page.evaluate(_SIDEWAYS) + _axe(page, {"type": "rule", "values": _COLOURS})
    page.emulate_media(color_scheme="light")
    return found + [f"dark: {fault}" for fault in seen if fault not in found]


def _axe(page: Page, rules: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_AXE, rules)
    return found


def assert_faultless(found: dict[str, Any]) -> None:
    """`found` is what was found, by where."""
    told = [f"{where}  {fault}" for where, faults in found.items() for fault in faults]
    assert not told, "\n".join(told)
