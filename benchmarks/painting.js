/** Runs in the page of painting.py, after the extension's content scripts. */
"use strict";

/** The browser's end of the messages, and what keeps the page waiting or makes it jump. */
const seen = { longtask: [], "layout-shift": [] };
for (const type of Object.keys(seen)) {
  new PerformanceObserver((list) => seen[type].push(...list.getEntries())).observe({ type, buffered: true });
}

/** Ask the content scripts, as the background does, and wait; `took` is in milliseconds. */
async function askLater(type, more = {}) {
  const start = performance.now();
  const made = await new Promise((resolve) => heard({ type: `background>content:${type}`, ...more }, { id: "it" }, resolve));
  return { made, took: performance.now() - start };
}

/** What most highlighters do: an element around every piece of text, from the last range to the first. */
function wrapPlainly(marks) {
  for (const { highlight, range } of marks.toReversed()) {
    for (const piece of pieces(range)) {
      const element = document.createElement("mark");
      element.className = highlight;
      piece.surroundContents(element);
    }
  }
}

function pieces(range) {
  const top = range.commonAncestorContainer;
  const texts = top.nodeType === Node.TEXT_NODE ? [top] : [];
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) texts.push(walker.currentNode);
  return texts
    .map((node) => {
      const piece = document.createRange();
      piece.setStart(node, node === range.startContainer ? range.startOffset : 0);
      piece.setEnd(node, node === range.endContainer ? range.endOffset : node.data.length);
      return piece;
    })
    .filter((piece) => !piece.collapsed);
}

/** Do some work in a task of its own, and the layout that it has made necessary; times are milliseconds. */
function task(work) {
  return new Promise((resolve) =>
    setTimeout(() => {
      const start = performance.now();
      const made = work();
      const worked = performance.now();
      document.body.getBoundingClientRect();
      resolve({ made, work: worked - start, layout: performance.now() - worked });
    }),
  );
}

function nodes() {
  const all = document.createNodeIterator(document, NodeFilter.SHOW_ALL);
  let count = 0;
  while (all.nextNode()) count += 1;
  return count;
}

/** An answer of the service in which every sentence has a label. */
function answerTo({ reading, blocks }) {
  const labels = Object.keys(Sourcemark.letters);
  const sentences = blocks
    .flatMap(({ id, text }) => Array.from(text.matchAll(/\S[^.]*[.]/g), (found) => [id, found.index, found[0].length]))
    .map(([block, start, length], index) => ({
      ...{ block, start, end: start + length, label: labels[index % labels.length], state: "labelled" },
      ...{ scores: {}, speaker: null, evidence: [], reason: "" },
    }));
  return { reading, sentences, unchecked: { paragraphs: 0, sentences: 0 }, model: null };
}

/** Mark the page, then take the marks away and paint them once more in one way: `highlight`, `mark` or `plain`. */
async function measure(way) {
  const read = await askLater("collect");
  const answer = answerTo(read.made);
  const shown = await askLater("paint", answer);

  const { highlight, mark } = Sourcemark.painters;
  const marks = Sourcemark.view.painted().map(({ label, range }) => ({ highlight: `sourcemark-${label}`, range }));
  await task(() => Sourcemark.painter.clear());
  const before = nodes();
  const painted = await task(() => ({ highlight: highlight.paint, mark: mark.paint, plain: wrapPlainly })[way](marks));
  // observers tell of what they saw after a frame
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return {
    words: document.querySelector("article").textContent.split(/\s+/).length,
    marks: marks.length,
    read: read.took,
    show: shown.took,
    paint: painted.work,
    layout: painted.layout,
    nodes: nodes() - before,
    longest: Math.max(0, ...seen.longtask.map(({ duration }) => duration)),
    shift: seen["layout-shift"].reduce((sum, { value }) => sum + value, 0),
  };
}
