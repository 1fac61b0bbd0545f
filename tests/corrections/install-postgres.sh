#!/bin/sh
# Makes sure that PostgreSQL is there for the tests of corrections, which start their own.
#
# Installs it from the distribution where the tests run as root, as in a container. The package brings a service, so
# anywhere else it is only said that these tests are left out.
set -eu

command -v initdb >/dev/null && exit 0
# Debian does not put it on the path
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing postgresql from the distribution." >&2
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends \
        postgresql >/dev/null
else
    echo "Without PostgreSQL half of the tests of corrections are left out. On Debian: apt install postgresql" >&2
fi
