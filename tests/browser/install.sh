#!/bin/sh
# Makes sure that the two browsers which the tests drive are on this machine.
#
#   install.sh                  installs what is missing, or says what to install and exits 1
#   install.sh --where BROWSER  prints the program of `chromium` or `firefox`, or exits 1
#
# Quiet when nothing is missing. Packages come from the distribution only.
set -eu

programs() {
    case $1 in
        chromium) echo "chromium chromium-browser google-chrome google-chrome-stable" ;;
        firefox) echo "firefox-esr firefox" ;;
        *) echo "install.sh: no browser is called '$1' here; it is chromium or firefox" >&2; exit 2 ;;
    esac
}

package() {
    case $1 in
        chromium) echo chromium ;;
        firefox) echo firefox-esr ;;
    esac
}

# a snap cannot read this folder or a fresh profile, and the packages of Ubuntu are only stubs that ask for one
is_snap() {
    case $(readlink -f "$1") in
        /snap/* | */bin/snap) return 0 ;;
    esac
    [ "$(head -c 2 "$1")" = "#!" ] && grep -q "/snap/bin" "$1"
}

where() {
    for program in $(programs "$1"); do
        path=$(command -v "$program") || continue
        is_snap "$path" && continue
        echo "$path"
        return 0
    done
    return 1
}

missing() {
    for browser in chromium firefox; do
        where "$browser" >/dev/null || printf '%s ' "$browser"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

install_from_distribution() {
    # the security archive is newer than the lists of a fresh image, and the extension needs a recent Firefox
    as_root apt-get -qq update || return 1
    packages=""
    for browser in "$@"; do
        package=$(package "$browser")
        if apt-cache show "$package" >/dev/null 2>&1; then packages="$packages $package"; fi
    done
    [ -n "$packages" ] || return 0
    echo "Installing$packages from the distribution; this takes a minute or two." >&2
    # without a font a page has no glyphs to mark; a word per package, so no quotes
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install -y \
        --no-install-recommends $packages fonts-dejavu-core >/dev/null
}

explain() {
    echo "The browser tests need what is missing here: $*" >&2
    if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then
        cat >&2 <<'END'
Ubuntu's own packages chromium-browser and firefox only install a snap, and a snap
cannot open the unpacked extension in this folder. Install the real programs instead:
  Chrome   the .deb file from https://www.google.com/chrome/
  Firefox  https://support.mozilla.org/kb/install-firefox-linux (the part on .deb packages)
END
    else
        packages=""
        for browser in "$@"; do packages="$packages $(package "$browser")"; done
        echo "Install them and run this again. On Debian, as root:" >&2
        echo "  apt-get update && apt-get install --no-install-recommends$packages fonts-dejavu-core" >&2
    fi
}

if [ "${1:-}" = "--where" ]; then
    where "${2:-}"
    exit
fi

absent=$(missing)
[ -n "$absent" ] || exit 0
if may_install; then
    # shellcheck disable=SC2086
    install_from_distribution $absent || echo "apt-get could not install them; its own words are above." >&2
    absent=$(missing)
    [ -n "$absent" ] || exit 0
fi
# shellcheck disable=SC2086
explain $absent
exit 1
