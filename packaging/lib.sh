# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Where Tagboat is built on this machine, for the scripts beside this file: in the system itself where its Qt is new
# enough (Debian 13, Ubuntu 25.04, Fedora 41), in the devroot elsewhere. TAGBOAT_BUILD_IN=system|devroot decides by hand.

packaging=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_tree=$(dirname "$packaging")

# Compiler output is shared between checkouts at different paths.
export CCACHE_BASEDIR=$source_tree CCACHE_NOHASHDIR=1

say() { echo "$(basename "$0"): $*" >&2; }

os_release() { (. /etc/os-release 2>/dev/null && eval "echo \"\${$1:-}\""); }

# "system", "devroot", or "fedora" (system, packages by hand).
build_place() {
    local version
    if [ -n "${TAGBOAT_BUILD_IN:-}" ]; then
        echo "$TAGBOAT_BUILD_IN"
        return
    fi
    if [ "${TAGBOAT_DEVROOT:-}" = 1 ]; then
        echo devroot # and already in it
        return
    fi
    version=$(os_release VERSION_ID)
    case $(os_release ID) in
    debian)
        # Testing and unstable have no number.
        if [ -z "$version" ] || [ "${version%%.*}" -ge 13 ]; then echo system; else echo devroot; fi
        ;;
    ubuntu) if [ "${version/./}" -ge 2504 ]; then echo system; else echo devroot; fi ;;
    fedora) if [ "$version" -ge 41 ]; then echo fedora; else echo devroot; fi ;;
    *) echo devroot ;;
    esac
}

packages_of() {
    local level
    for level in "$@"; do sed -e 's/#.*//' "$packaging/packages/$level"; done | xargs
}

install_with_apt() {
    local package missing=() sudo=()
    # shellcheck disable=SC2046
    for package in $(packages_of "$@"); do
        dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^.i' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || sudo=(sudo)
    say "installing ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Nothing is installed there for the user, but he is told what to install.
require_fedora_packages() {
    local package missing=()
    # shellcheck disable=SC2046
    for package in $(packages_of fedora); do rpm -q --quiet --whatprovides "$package" || missing+=("$package"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "packages are missing; install them and start again:"
    say "    sudo dnf install ${missing[*]}"
    exit 1
}

# in_build_place LEVEL [--as-root] COMMAND...: LEVEL is build, test or develop, as of packaging/packages. --as-root is
# for what container daemons need and means nothing where the system itself is the place.
in_build_place() {
    local level=$1 option=()
    shift
    if [ "${1:-}" = --as-root ]; then
        option=(--as-root)
        shift
    fi
    case $(build_place) in
    system)
        case $level in
        build) install_with_apt build ;;
        test) install_with_apt build test ;;
        develop) install_with_apt build test develop ;;
        esac
        "$@"
        ;;
    fedora)
        require_fedora_packages
        "$@"
        ;;
    *) "$packaging/devroot" --level "$level" "${option[@]}" -- "$@" ;;
    esac
}
