/**
 * The way from a slice of a block's text back to the page, over trees of every make.
 *
 * "Reads as the slice" means: of the text in the range, without what no reader sees (hidden elements,
 * scripts, controls, what floats in another paragraph's midst) and without what has no width, every
 * stretch of blanks and line breaks being one space, nothing is missing and nothing is left over. Where
 * a tree has none of these, that is `String(range) === block.text.slice(start, end)`.
 *
 * SOURCEMARK_RUNS says how many trees are tried, SOURCEMARK_SEED which.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { openPage } from "./page.js";
import { asRead, build, seenIn, trees } from "./trees.js";

const { SOURCEMARK_RUNS = "200", SOURCEMARK_SEED = "20250301" } = process.env;
const OPTIONS = { numRuns: Number(SOURCEMARK_RUNS), seed: Number(SOURCEMARK_SEED) };

/** jsdom remembers every range there was, so a new page takes the place of the old one now and then. */
const TREES_PER_PAGE = 200;
let page = null;
let Sourcemark;
let document;
let grownTrees = 0;

describe("the range of a slice", () => {
  it("reads as the slice, for every start and end in trees of every make", () => {
    check({}, (block, start, end, flows) => {
      const slice = block.text.slice(start, end);
      const range = Sourcemark.rangeFor(block, start, end);
      assert.equal(seenIn(range, flows), slice);
      if (isPlain(range, flows)) assert.equal(String(range), slice);
      // another paragraph in its midst is another text, and no mark is set
      if (holdsOneFlow(range, flows)) assert.equal(String(Sourcemark.placeIn(block, start, end)), String(range));
    });
  });

  it("reads as the slice where it may be painted, for every start and end in trees with shadow roots", () => {
    check({ shadows: true }, (block, start, end, flows) => {
      const range = Sourcemark.placeIn(block, start, end);
      if (range) assert.equal(seenIn(range, flows), block.text.slice(start, end));
    });
  });
});

describe("the text map", () => {
  it("loses no word that is seen and lets in none that is not, in trees of every make", () => {
    fc.assert(
      fc.property(trees({ shadows: true }), (tree) => {
        const flows = grown(tree);
        const seen = new Map();
        for (const [node, flow] of flows) seen.set(flow, (seen.get(flow) ?? "") + (node.data ?? ""));
        const read = new Map();
        for (const { text, segments } of Sourcemark.textRuns(document.body, { everything: true })) {
          const flow = flows.get(segments[0].node);
          read.set(flow, (read.get(flow) ?? "") + text);
        }
        for (const [flow, text] of seen) assert.equal(withoutBlanks(read.get(flow) ?? ""), withoutBlanks(text));
        assert.ok(!read.has(undefined));
      }),
      OPTIONS,
    );
  });
});

/** Try slices of the blocks of many trees: every single unit, the whole, and whatever fast-check picks. */
function check(make, slice) {
  fc.assert(
    fc.property(trees(make), fc.array(fc.nat(), { maxLength: 6 }), (tree, picked) => {
      const flows = grown(tree);
      const before = document.body.innerHTML;
      for (const block of Sourcemark.buildTextMap(document.body)) {
        const { length } = block.text;
        const cuts = picked.map((cut) => cut % (length + 1)).sort((one, other) => one - other);
        const units = Array.from(block.text, (_, start) => [start, start + 1]);
        const pairs = cuts.flatMap((start, index) => cuts.slice(index).map((end) => [start, end]));
        for (const [start, end] of [[0, length], ...units, ...pairs]) {
          if (start < end) slice(block, start, end, flows);
          else assert.equal(Sourcemark.rangeFor(block, start, end), null);
        }
      }
      assert.equal(document.body.innerHTML, before);
    }),
    OPTIONS,
  );
}

function grown(tree) {
  if (grownTrees % TREES_PER_PAGE === 0) {
    page?.close();
    page = openPage("<!doctype html><body></body>");
    ({ Sourcemark, document } = page);
  }
  grownTrees += 1;
  document.body.replaceChildren();
  return build(document.body, tree);
}

/** Whether the text of a range is read just as it stands. */
function isPlain(range, flows) {
  const { childNodes } = range.cloneContents();
  return holdsOneFlow(range, flows) && [...childNodes].every((node) => node.nodeType === 3) && asRead(String(range)) === String(range);
}

/** Whether no other paragraph stands in the midst of a range's. */
function holdsOneFlow(range, flows) {
  const inside = [...flows].filter(([node]) => range.intersectsNode(node));
  return new Set(inside.map(([, flow]) => flow)).size <= 1;
}

function withoutBlanks(text) {
  return asRead(text).replaceAll(" ", "");
}
