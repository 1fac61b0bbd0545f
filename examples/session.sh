#!/bin/sh
# A session with the service, with nothing but curl. Start `sourcemark serve` first.
#
#   sh examples/session.sh [ADDRESS]
set -eu
service=${1:-http://127.0.0.1:8377}

echo "# Does it run, and can it label?"
curl --silent --show-error --fail "$service/healthz"; echo
curl --silent --show-error --fail "$service/readyz"; echo

echo "# What answers here, what do its labels mean, what does it accept?"
curl --silent --show-error --fail "$service/v1/about"; echo

echo "# Label an article: its paragraphs in order. Offsets count as Python's do."
curl --silent --show-error --fail "$service/v1/label" -H 'Content-Type: application/json' -d '{
  "title": "Two bridges closed",
  "offsets": "code-point",
  "blocks": [
    {"id": "p1", "text": "The ministry said on Tuesday that two bridges had been closed."},
    {"id": "p2", "text": "“I saw the water come over the wall,” said Ana Ruiz, who lives beside the river."}
  ]
}'; echo

echo "# What goes wrong is said in words, in one shape (RFC 9457)."
curl --silent --show-error "$service/v1/label" -H 'Content-Type: application/json' -d '{"blocks": []}'; echo

echo "# No other web page may ask."
curl --silent --show-error "$service/v1/about" -H 'Origin: https://news.example'; echo

echo "# How much was asked so far: counts, for a monitoring program on this computer."
curl --silent --show-error --fail "$service/metrics" | grep '^sourcemark_sentences_total'
