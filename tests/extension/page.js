/** Pages with the content scripts in them, as the extension injects them: the same files, one scope. */

import { readFileSync } from "node:fs";
import vm from "node:vm";
import { JSDOM, VirtualConsole } from "jsdom";

const EXTENSION = new URL("../../extension/", import.meta.url);

/** The files that touch no extension API, in the order of background/activate.js. */
const PURE = [
  "namespace", "furniture", "text-runs", "text-map", "vendor/Readability", "readability", "article", "frames", "selection", "reading",
];

export function readExtension(path) {
  return readFileSync(new URL(path, EXTENSION), "utf8");
}

/** Every content script, in the order of background/activate.js. */
export const EVERY_SCRIPT = Array.from(
  readFileSync(new URL("background/activate.js", EXTENSION), "utf8").matchAll(/"content\/([\w./-]+)\.js"/g),
  ([, name]) => name,
);

/** Open a page and return its window, with `Sourcemark` in it. */
export function openPage(html, scripts = PURE, prepare = () => {}) {
  // a stylesheet that jsdom cannot read is the page's affair
  const dom = new JSDOM(html, { url: "https://news.example/story", runScripts: "outside-only", virtualConsole: new VirtualConsole() });
  prepare(dom.window);
  inject(dom, scripts);
  return dom.window;
}

function inject(dom, scripts) {
  for (const name of scripts) vm.runInContext(readExtension(`content/${name}.js`), dom.getInternalVMContext());
}

/** Open a page whose whole body is read, and return its window and its blocks. */
export function readBody(html) {
  const window = openPage(`<!doctype html><body>${html}</body>`);
  return { window, blocks: window.Sourcemark.buildTextMap(window.document.body) };
}

/** The texts of the blocks in a body. */
export function textsOf(html) {
  // an array of this realm, so that it can be compared
  return Array.from(readBody(html).blocks, (block) => block.text);
}
