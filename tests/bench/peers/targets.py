# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The targets: Tagboat ÷ peer at most this, in wall and in processor seconds; None where none is set."""

# (case, image) → tool → (wall, cpu), over plain HTTP.
TARGETS = {
    ("push", "A"): {"skopeo": (0.55, 0.25), "crane": (1.05, 1.2), "docker": (0.10, 0.02)},
    ("push", "B"): {"skopeo": (0.90, 0.25), "crane": (1.05, 1.2), "docker": (0.12, 0.02)},
    ("push", "C"): {"skopeo": (0.30, 0.35), "crane": (0.90, 1.0), "docker": (0.25, 0.07)},
    ("push", "D"): {"skopeo": (0.25, 0.35), "crane": (0.12, 0.15), "docker": (0.08, 0.10)},
    ("again", "A"): {"skopeo": (0.6, None), "docker": (0.8, None)},
    ("again", "B"): {"skopeo": (0.6, None), "docker": (0.8, None)},
    ("again", "C"): {"skopeo": (0.6, None), "docker": (0.8, None)},
    ("pull", "A"): {"skopeo": (0.70, 0.60), "crane": (0.75, 0.65), "docker": (0.25, None)},
    ("pull", "B"): {"skopeo": (0.55, 0.45), "crane": (0.80, 0.70), "docker": (0.20, None)},
    ("pull", "C"): {"skopeo": (0.60, 0.60), "crane": (1.0, 1.0), "docker": (0.30, None)},
    ("pull", "D"): {"skopeo": (0.75, 0.65), "crane": (0.95, 0.80), "docker": (0.05, None)},
}
# The same through TLS.
TLS_TARGETS = {
    ("push", "A"): {"skopeo": (0.9, None), "crane": (1.1, None)},
    ("pull", "A"): {"skopeo": (0.9, None), "crane": (1.1, None)},
}
AGAIN_OVER_CRANE = 0.060  # seconds more than crane: what a start costs
PEAK = 70.0  # MB of tagboat-cli, whatever it does
PEAK_GROWTH = 8.0  # MB that B may take more than A
PUSHED_SIZE = 1.08  # of skopeo's, for D


def target(transport, case, image, tool):
    table = TARGETS if transport == "http" else TLS_TARGETS if transport == "tls" else {}
    return table.get((case, image), {}).get(tool, (None, None))
