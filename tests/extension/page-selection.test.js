import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { openPage } from "./page.js";

const HTML = `<!doctype html><article><p id="one">The council met. It said nothing.</p><aside><p id="two">“We <b>were</b> there,” she said.</p></aside></article>`;

describe("what the reader has selected", () => {
  let window;
  const select = (from, start, to, end) => window.document.getSelection().setBaseAndExtent(from, start, to, end);
  const textOf = (id) => window.document.getElementById(id).firstChild;
  const read = () => {
    const scope = window.Sourcemark.findScope(window.document);
    return scope && window.Sourcemark.startReading(1, scope);
  };

  beforeEach(() => {
    window = openPage(HTML);
  });

  it("is read instead of the article, exactly, also where it is furniture", () => {
    select(textOf("one"), 17, window.document.querySelector("#two").lastChild, 8);
    const { blocks } = read();
    assert.deepEqual(Array.from(blocks, ({ text }) => text), ["It said nothing.", "“We were there,”"]);
    for (const block of blocks) assert.equal(window.Sourcemark.textOf(window.Sourcemark.rangeFor(block, 0, block.text.length)), block.text);
  });

  it("may be a part of one text", () => {
    select(textOf("one"), 3, textOf("one"), 16);
    assert.deepEqual(Array.from(read().blocks, ({ text }) => text), ["council met."]);
  });

  it("does not count without a sentence", () => {
    select(textOf("one"), 0, textOf("one"), 11);
    assert.equal(read(), null);
  });

  it("is known by its words where the page makes it anew", () => {
    const one = window.document.getElementById("one");
    select(one, 0, one, 1);
    const reading = read();
    const [{ id }] = reading.blocks;
    one.textContent = "The council met. It said nothing.";
    window.Sourcemark.readAgain(reading);
    assert.deepEqual(Array.from(reading.blocks, (block) => block.id), [id]);
  });
});
