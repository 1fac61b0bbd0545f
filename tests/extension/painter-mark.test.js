import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openPage } from "./page.js";
import { randomFrom, randomParagraph } from "./paragraphs.js";

const SCRIPTS = ["namespace", "furniture", "text-runs", "text-map", "painter-highlight", "painter-mark"];
const LABELS = ["official_statement", "anonymous_claim", "eyewitness_quote"];

function openBody(html) {
  const window = openPage(`<!doctype html><body>${html}</body>`, SCRIPTS);
  window.Sourcemark.text = (name, ...substitutions) => [name, ...substitutions].join(" ");
  return window;
}

/** Every node of a page, with what it holds: two pages are the same where these are. */
function nodesOf({ document, NodeFilter }) {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
  const nodes = [];
  while (walker.nextNode()) nodes.push([walker.currentNode, walker.currentNode.nodeValue, walker.currentNode.parentNode]);
  return nodes;
}

/** Cut the text of a block into slices, some of which carry a mark. */
function randomMarks(random, window, block) {
  const marks = [];
  let start = 0;
  while (start < block.text.length) {
    const end = Math.min(block.text.length, start + 1 + Math.floor(random() * 12));
    const range = window.Sourcemark.rangeFor(block, start, end);
    const label = LABELS[Math.floor(random() * LABELS.length)];
    if (random() < 0.6) marks.push({ highlight: `sourcemark-${label}`, range, text: block.text.slice(start, end) });
    start = end;
  }
  return marks;
}

describe("marks as elements", () => {
  it("hold the words of their ranges and go without a trace, in paragraphs of every make", () => {
    const random = randomFrom(20261124);
    for (let round = 0; round < 40; round += 1) {
      const html = `<p>${randomParagraph(random)}</p><p>${randomParagraph(random)}</p>`;
      const window = openBody(html);
      const { painters, buildTextMap, textOf } = window.Sourcemark;
      const before = nodesOf(window);
      const marks = buildTextMap(window.document.body).flatMap((block) => randomMarks(random, window, block));
      const places = marks.map(({ range }) => [range.startContainer, range.startOffset, range.endContainer, range.endOffset]);

      painters.mark.paint(marks);
      for (const { range, text } of marks) assert.equal(textOf(range), text, html);
      const marked = (name) => marks.filter(({ highlight }) => highlight === name).map(({ text }) => text).join("");
      for (const name of LABELS.map((label) => `sourcemark-${label}`)) {
        const elements = Array.from(window.document.querySelectorAll(`mark.${name}`), (element) => element.textContent);
        assert.equal(bare(elements.join("")), bare(marked(name)), html);
      }

      painters.mark.clear();
      assert.deepEqual(nodesOf(window), before, html);
      assert.deepEqual(marks.map(({ range }) => [range.startContainer, range.startOffset, range.endContainer, range.endOffset]), places);
    }
  });

  it("are read out with the label at their beginning and at their end, once", () => {
    const window = openBody("<p>He <b>never</b> left the house.</p>");
    const [block] = window.Sourcemark.buildTextMap(window.document.body);
    window.Sourcemark.painters.mark.paint([{ highlight: "sourcemark-anonymous_claim", range: window.Sourcemark.rangeFor(block, 0, block.text.length) }]);
    const marks = [...window.document.querySelectorAll("mark")];
    assert.deepEqual(marks.map(({ dataset }) => "sourcemarkStart" in dataset), [true, false, false]);
    assert.deepEqual(marks.map(({ dataset }) => "sourcemarkEnd" in dataset), [false, false, true]);
    assert.match(marks[0].dataset.sourcemarkStart, /label_anonymous_claim_name/);
  });

  it("leave the page's words alone where it has written into them meanwhile", () => {
    const window = openBody("<p>He never left the house.</p>");
    const [block] = window.Sourcemark.buildTextMap(window.document.body);
    const { mark } = window.Sourcemark.painters;
    mark.paint([{ highlight: "sourcemark-anonymous_claim", range: window.Sourcemark.rangeFor(block, 3, 8) }]);
    window.document.querySelector("mark").firstChild.data = "always";
    mark.clear();
    assert.equal(window.document.body.innerHTML, "<p>He always left the house.</p>");
    mark.clear();
    assert.equal(window.document.body.innerHTML, "<p>He always left the house.</p>");
  });

  it("do not come back where the page has taken the paragraph away", () => {
    const window = openBody("<p>He never left the house.</p>");
    const [block] = window.Sourcemark.buildTextMap(window.document.body);
    const { mark } = window.Sourcemark.painters;
    mark.paint([{ highlight: "sourcemark-anonymous_claim", range: window.Sourcemark.rangeFor(block, 0, 8) }]);
    window.document.querySelector("p").remove();
    mark.clear();
    assert.equal(window.document.body.innerHTML, "");
  });
});

function bare(text) {
  return text.replace(/[\s\u00A0\u00AD\u200B\u2060\uFEFF]+/g, "");
}
