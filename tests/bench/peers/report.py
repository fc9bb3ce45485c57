# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Medians, ratios and tables of what was measured."""
import statistics

import targets

ORDER = ["tagboat", "before", "skopeo", "crane", "regctl", "oras", "podman", "docker"]
CASES = {"push": "push", "again": "push again", "pull": "pull"}
OURS = "tagboat"


class Results:
    """The medians of samples, by (transport, case, image, tool)."""

    def __init__(self, samples):
        groups = {}
        for sample in samples:
            key = (sample["transport"], sample["case"], sample["image"], sample["tool"])
            groups.setdefault(key, []).append(sample)
        self._medians = {key: {what: statistics.median(sample[what] for sample in group)
                               for what in ("wall", "cpu", "peak")} for key, group in groups.items()}
        self._groups = groups
        self.tools = sorted({key[3] for key in groups}, key=ORDER.index)
        self.rows = sorted({key[:3] for key in groups},
                           key=lambda row: (row[0] != "http", row[0], list(CASES).index(row[1]), row[2]))
        self.transports = list(dict.fromkeys(row[0] for row in self.rows))

    def median(self, transport, case, image, tool):
        """wall, cpu, peak; None where it was not measured."""
        return self._medians.get((transport, case, image, tool))

    def ratio(self, transport, case, image, tool):
        """Tagboat ÷ tool: wall, cpu; None where either is missing."""
        ours, theirs = (self.median(transport, case, image, name) for name in (OURS, tool))
        if not ours or not theirs:
            return None
        return tuple(ours[what] / max(theirs[what], 1e-3) for what in ("wall", "cpu"))

    def highest_peak(self, image=None):
        """MB that Tagboat took at most, over every run (of an image)."""
        peaks = [sample["peak"] for key, group in self._groups.items() for sample in group
                 if key[3] == OURS and image in (None, key[2])]
        return max(peaks, default=None)

    def pushed(self, image, tool):
        sizes = [sample["pushed"] for key, group in self._groups.items() for sample in group
                 if key[1] == "push" and key[2] == image and key[3] == tool]
        return statistics.median(sizes) if sizes else None


def seconds(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def median_rows(results, transport):
    """A heading and rows of text: wall s / CPU s / peak MB."""
    yield ["wall s / CPU s / peak MB"] + results.tools
    for row in results.rows:
        if row[0] != transport:
            continue
        cells = [f"{CASES[row[1]]} {row[2]}"]
        for tool in results.tools:
            median = results.median(*row, tool)
            cells.append(f"{seconds(median['wall'])} / {seconds(median['cpu'])} / {median['peak']:.0f}" if median
                         else "–")
        yield cells


def verdicts(results, comparable=True):
    """For each row and peer: transport, case, image, tool, ratios, limits, and whether they are met (None: none)."""
    for row in results.rows:
        for tool in results.tools:
            ratio = None if tool == OURS else results.ratio(*row, tool)
            if not ratio:
                continue
            limits = targets.target(*row, tool) if comparable else (None, None)
            met = None
            if comparable and row[0] == "http" and row[1] == "again" and tool == "crane":
                more = results.median(*row, OURS)["wall"] - results.median(*row, tool)["wall"]
                met = more <= targets.AGAIN_OVER_CRANE
            elif limits != (None, None):
                met = all(limit is None or value <= limit for value, limit in zip(ratio, limits))
            yield (*row, tool, ratio, limits, met)


def ratio_rows(results, transport, comparable=True):
    """Tagboat ÷ peer, wall / CPU, with the target where there is one."""
    peers = [tool for tool in results.tools if tool != OURS]
    yield ["Tagboat ÷ peer, wall / CPU"] + peers
    cells = {}
    for row_transport, case, image, tool, ratio, limits, met in verdicts(results, comparable):
        if row_transport != transport:
            continue
        text = f"{ratio[0]:.2f} / {ratio[1]:.2f}"
        if met is not None:
            wanted = " / ".join(f"{limit:.2f}" for limit in limits if limit is not None)
            text += f" (≤ {wanted or '+60 ms'}: {'met' if met else 'MISSED'})"
        cells[case, image, tool] = text
    for row_transport, case, image in results.rows:
        if row_transport == transport:
            yield [f"{CASES[case]} {image}"] + [cells.get((case, image, tool), "–") for tool in peers]


def other_verdicts(results):
    """Sentences about memory and size, each with whether it is as wanted."""
    peak = results.highest_peak()
    if peak is not None:
        yield (f"tagboat-cli took {peak:.0f} MB at most (≤ {targets.PEAK:.0f})", peak <= targets.PEAK)
    small, large = results.highest_peak("A"), results.highest_peak("B")
    if small is not None and large is not None:
        yield (f"B took {large - small:+.0f} MB more than A (≤ {targets.PEAK_GROWTH:.0f})",
               large - small <= targets.PEAK_GROWTH)
    ours, theirs = results.pushed("D", OURS), results.pushed("D", "skopeo")
    if ours and theirs:
        yield (f"D went out with {ours / theirs:.3f} of skopeo's bytes, {ours / 1e6:.0f} MB "
               f"(≤ {targets.PUSHED_SIZE})", ours / theirs <= targets.PUSHED_SIZE)


def text_table(rows):
    rows = list(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def markdown_table(rows):
    rows = list(rows)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def text_report(results, missing, comparable=True, line=None):
    """Comparable: the targets were set for such images and such a line."""
    parts = []
    for transport in results.transports:
        where = transport + (f" over {line}" if line else "")
        parts.append(f"== {where}\n\n" + text_table(median_rows(results, transport)))
        if OURS in results.tools and len(results.tools) > 1:
            parts.append(text_table(ratio_rows(results, transport, comparable)))
    if comparable:
        judged = [verdict for *_, verdict in verdicts(results) if verdict is not None]
        parts.append("\n".join(f"{sentence}: {'met' if met else 'MISSED'}"
                               for sentence, met in other_verdicts(results)))
        parts.append(f"{sum(judged)} of {len(judged)} cells of the target table that were measured are met")
    if missing:
        parts.append("left out, not on PATH: " + ", ".join(missing))
    return "\n\n".join(part for part in parts if part)


def markdown_report(results, missing, machine, command, line=None):
    tools = ", ".join(f"{name} {version}" for name, version in machine["tools"].items())
    parts = []
    for transport in results.transports:
        title = {"http": "Plain HTTP", "tls": "TLS", "h2": "TLS, HTTP/2"}[transport]
        parts.append(f"**{title}{', ' + line if line else ''}**\n\n" + markdown_table(median_rows(results, transport)))
    runs = machine["repetitions"]
    what = f"Medians of {runs} interleaved runs" if runs > 1 else "One run of each"
    parts.append(f"{what}. {machine['cores']} cores ({machine['processor']}), Linux {machine['kernel']}, registry "
                 f"{machine['registry']} on loopback. {tools}." + (f" Left out: {', '.join(missing)}." if missing else "")
                 + " docker and podman unpack what they pull, and compress again what they push."
                 + f"\n\nMade by `{command}`.")
    return "\n\n".join(parts) + "\n"
