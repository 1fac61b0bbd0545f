#!/bin/sh
# Makes sure that redis-server is there for the tests of several workers, which start their own.
#
# Installs it from the distribution where the tests run as root, as in a container. The package brings a service, so
# anywhere else it is only said that these tests are left out.
set -eu

command -v redis-server >/dev/null && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing redis-server from the distribution." >&2
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends \
        redis-server >/dev/null
else
    echo "Without redis-server the tests of several workers are left out. On Debian: apt install redis-server" >&2
fi
