#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""
Measures tagboat-cli against other tools on this machine: push, push again and pull of made images, at a real
docker-registry, interleaved, every result verified. tests/bench/peers/run starts this where all of it is installed.

Each push has a fresh registry, "push again" is the same push right after it, and all pulls are of one image that
skopeo has pushed. Before each measurement the disks are synced; the page cache stays warm. Processor seconds are user
and system, of the tool and its children; of docker also those of the bench's own dockerd. Peaks are of the largest
process. podman and docker push from their own storage, which is filled before and not counted; they are not asked for E
(they pull one platform only), oras not to push D (it reads no docker-archive). On a machine that others use too, trust
ratios and processor seconds.
"""
import argparse
import fcntl
import json
import os
import pathlib
import shutil
import signal
import sys

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
import machine  # noqa: E402
import namespace  # noqa: E402
import report  # noqa: E402
from copiers import Before, Crane, Oras, Regctl, Skopeo, Tagboat  # noqa: E402
from engines import Docker, Podman  # noqa: E402
from images import WHAT  # noqa: E402
from line import LINES, Proxy  # noqa: E402
from picture import picture  # noqa: E402
from rounds import CASES, Rounds  # noqa: E402
from servers import Certificates  # noqa: E402

TOOLS = {tool.name: tool for tool in (Tagboat, Skopeo, Crane, Regctl, Oras, Podman, Docker)}
TRANSPORTS = ("http", "tls", "h2")
SOURCE = pathlib.Path(__file__).resolve().parents[3]


def choice(of):
    def parse(text):
        chosen = [word for word in text.split(",") if word]
        for word in chosen:
            if word not in of:
                raise argparse.ArgumentTypeError(f"no such thing: {word} ({', '.join(of)})")
        return chosen
    return parse


def arguments():
    images = "\n".join(f"  {name}  {what}" for name, what in WHAT.items())
    parser = argparse.ArgumentParser(description=__doc__.strip(), epilog=f"images:\n{images}",
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=choice(WHAT), help="A,B,C,D,E (all)")
    parser.add_argument("--tools", type=choice(TOOLS), default=list(TOOLS),
                        help=f"{','.join(TOOLS)} (those that are on PATH)")
    parser.add_argument("--cases", type=choice(CASES), default=list(CASES), help="push,again,pull, and together: A to D "
                        "at once, in one process of tagboat-cli (all)")
    parser.add_argument("--transport", type=choice(TRANSPORTS), help="http, tls (through nginx), h2 (the same with "
                        "HTTP/2) (http,tls)")
    parser.add_argument("--repetitions", type=int, help="of each (5)")
    parser.add_argument("--quick", action="store_true", help="images of a tenth of the size, without B, one "
                        "repetition, plain HTTP: whether everything works")
    parser.add_argument("--build", default=SOURCE / "build/release", type=pathlib.Path,
                        help="where bin/tagboat-cli is (build/release)")
    parser.add_argument("--before", metavar="DIR", type=pathlib.Path,
                        help="another build, measured with the others as \"before\"")
    parser.add_argument("--work", default=SOURCE / "build/bench", type=pathlib.Path,
                        help="for images, registries and results (build/bench); about 15 GB are written and removed")
    parser.add_argument("--json", metavar="FILE", type=pathlib.Path, help="all samples (WORK/peers.json)")
    parser.add_argument("--markdown", metavar="FILE", type=pathlib.Path, help="the medians as a table for the README")
    parser.add_argument("--picture", metavar="FILE", type=pathlib.Path, help="the walls as bars, in SVG")
    parser.add_argument("--line", choices=LINES, help="over a line of that speed, round trip and loss, plain HTTP; "
                        "images A and C unless others are asked for, at a size that suits it")
    return parser.parse_args()


def settle(options):
    """What was not asked for."""
    few = options.quick or options.line
    usual = ["A", "C"] if options.line else ["A", "C", "D", "E"] if options.quick else list(WHAT)
    options.images = options.images or usual
    options.transport = options.transport or (["http"] if few else ["http", "tls"])
    options.repetitions = options.repetitions or (1 if options.quick else 5)
    options.work = options.work.resolve()
    if options.before:
        Before.build = options.before.resolve()
        TOOLS[Before.name] = Before
        options.tools.insert(1, Before.name)
    options.line = LINES[options.line] if options.line else None
    if options.line and options.transport != ["http"]:
        sys.exit("peers: a line is measured by plain HTTP only")


def slow_down(line):
    """The proxy that stands for the line, if one is needed, and what is to be said of it."""
    if not line:
        return None, None
    if namespace.enter_shaped(line):
        return None, f"{line.name} (netem)"
    return Proxy(line), (f"{line.name} (this kernel has no netem: a proxy of the bench's own stands for the line, and may "
                         "not reach its rate while the machine is busy)")


def scale_of(image, options):
    scale = options.line.scale(image) if options.line else 1.0
    return scale * (0.1 if options.quick else 1.0)


def write_results(rounds, about, missing, line, options):
    scales = {image: scale_of(image, options) for image in options.images}
    # Against a target stand the images and the loopback that it was set for.
    comparable = not line and not options.quick
    record = {"command": "tests/bench/peers/run " + " ".join(sys.argv[1:]), "machine": about, "line": line,
              "scales": scales, "leftOut": missing, "failures": rounds.failures, "samples": rounds.samples}
    (options.json or options.work / "peers.json").write_text(json.dumps(record, indent=1) + "\n")
    results = report.Results(rounds.samples)
    print(report.text_report(results, missing, comparable, line))
    if options.markdown:
        options.markdown.write_text(report.markdown_report(results, missing, about, record["command"].strip(), line))
    if options.picture:
        titles = {"A": "5 × 200 MB", "C": "60 × 1 MB", "D": "1 GB of files"}
        if not comparable:
            titles = {image: image for image in options.images}
        where = line or "loopback"
        caption = f"Seconds over {where}, medians; docker and podman also unpack what they pull"
        options.picture.write_text(picture(results, options.transport[0], "wall", titles, caption))


def claim(work):
    """The folder for this run alone, empty but for the images; its lock, which is to be kept."""
    work.mkdir(parents=True, exist_ok=True)
    lock = open(work / "lock", "w")  # pylint: disable=consider-using-with
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(f"peers: another run is using {work}; give this one another by --work")
    for folder in ("tools", "registries"):
        shutil.rmtree(work / folder, ignore_errors=True)
    return lock


def main():
    options = arguments()
    if os.geteuid() != 0:
        sys.exit("peers: this wants root; start it by tests/bench/peers/run")
    settle(options)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # by way of what ends the daemons
    os.environ["PATH"] = f"{options.build.resolve()}/bin:{os.environ['PATH']}"
    missing = [name for name in options.tools if not TOOLS[name].path()]

    lock = claim(options.work)  # until the end
    namespace.enter(options.work)
    proxy, line = slow_down(options.line)
    tools = [TOOLS[name](options.work) for name in options.tools if name not in missing]
    rounds = Rounds(options.work, tools, Certificates(options.work / "certificates"), proxy)
    is_cut_short = False
    try:
        for tool in tools:
            tool.start()
        for name in options.images:
            rounds.image(name, scale_of(name, options), options.transport, options.cases, options.repetitions)
        if "together" in options.cases and not options.line:
            rounds.together("ACD" if options.quick else "ABCD", scale_of("A", options), options.transport,
                            options.repetitions)
    except (KeyboardInterrupt, SystemExit):
        is_cut_short = True  # what was measured until then is worth telling
    finally:
        for tool in tools:
            tool.stop()
    write_results(rounds, machine.describe(tools, options.repetitions), missing, line, options)
    for failure in rounds.failures:
        print(f"failed: {failure['case']} {failure['image']} {failure['transport']} {failure['tool']}", file=sys.stderr)
    if is_cut_short:
        print("cut short", file=sys.stderr)
    lock.close()
    return 1 if rounds.failures or is_cut_short else 0


if __name__ == "__main__":
    sys.exit(main())
