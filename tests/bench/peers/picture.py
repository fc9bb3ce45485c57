# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The medians as bars, for the README: an SVG that reads on white and on black."""
from xml.sax.saxutils import escape

from report import CASES, OURS, seconds

COLUMN, BAR, GAP, HEAD, NAME, VALUE = 250, 11, 5, 30, 58, 44
# The first colours do on either ground, for a viewer that does not know what it draws on.
STYLE = """
text { font: 11px system-ui, 'Noto Sans', sans-serif; fill: #6e7781 }
.title { font-weight: 600 }
.ours { fill: #2b95d6 } .peer { fill: #a0a9b2 } .us { font-weight: 600; fill: #2083c0 }
@media (prefers-color-scheme: dark) {
  text { fill: #9aa4ae } .title { fill: #e6edf3 }
  .ours { fill: #3daee9 } .peer { fill: #4b535c } .us { fill: #6cc4f3 }
}
"""


def _panel(x, y, title, bars):
    """Bars are (tool, seconds); they are as long as their part of the longest."""
    yield f'<text class="title" x="{x}" y="{y + 14}">{escape(title)}</text>'
    longest = max(value for _, value in bars)
    room = COLUMN - NAME - VALUE - 24
    for number, (tool, value) in enumerate(bars):
        top = y + HEAD - 6 + number * (BAR + GAP)
        length = max(1.0, room * value / longest)
        ours = tool == OURS
        yield f'<text{" class=" + chr(34) + "us" + chr(34) if ours else ""} x="{x}" y="{top + 9}">{escape(tool)}</text>'
        yield (f'<rect class="{"ours" if ours else "peer"}" x="{x + NAME}" y="{top}" width="{length:.1f}" '
               f'height="{BAR}" rx="2"/>')
        yield f'<text x="{x + NAME + length + 5:.1f}" y="{top + 9}">{seconds(value)} s</text>'


def picture(results, transport, what, images, caption):
    """What is "wall" or "cpu"; a row of panels for each case, one panel an image."""
    panels, rows = [], []
    for case in ("push", "pull"):
        row = []
        for image, description in images.items():
            bars = [(tool, median[what]) for tool in results.tools
                    if (median := results.median(transport, case, image, tool))]
            if bars:
                row.append((f"{CASES[case]} {description}", bars))
        if row:
            rows.append(row)
    y = 8
    for row in rows:
        for column, (title, bars) in enumerate(row):
            panels += _panel(12 + column * COLUMN, y, title, bars)
        y += HEAD + max(len(bars) for _, bars in row) * (BAR + GAP) + 8
    width = 12 + COLUMN * max((len(row) for row in rows), default=1)
    panels.append(f'<text x="12" y="{y + 8}">{escape(caption)}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y + 20}" '
            f'viewBox="0 0 {width} {y + 20}" role="img">\n'
            f"<style>{STYLE}</style>\n" + "\n".join(panels) + "\n</svg>\n")
