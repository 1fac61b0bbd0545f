/** Trees of every make, and what a reader sees of them: known from how they were made, not from the map. */

import fc from "fast-check";

const BLANKS = [" ", "  ", "\n\t", "\r\n", "\f", "\v", "\u00A0", " \u00A0 ", "\u2003", "\u3000", "\u2028"];
const WIDTHLESS = ["\u00AD", "\u200B", "\u2060", "\uFEFF"];
const WORDS = [
  "The", "minister", "said", "“yes”", "3", "end.", "e\u0301", "🌧", "𝒮", "👨‍👩‍👧", "🏳️‍🌈", "השר", "نمی‌خواهم", "ﬁ", "\u0000",
  // halves of a pair, which a node may hold
  "\uD83C", "\uDF27",
];
const ENTITIES = ["&amp;", "&nbsp;", "&shy;", "&lt;b&gt;", "&ldquo;", "&#x1F327;", "&#x200B;", "&zwj;"];

const FLOWING = ["a", "b", "em", "span", "q", "sup", "time", "ruby", "abbr", "font", "my-word"];
const BLOCKS = ["p", "div", "li", "h2", "blockquote", "figcaption", "section", "dd"];
const TEXTLESS = ["script", "style", "button", "template", "noscript", "textarea", "svg", "select", "title", "iframe"];
const STYLES = ["display:none", "visibility:hidden", "visibility:collapse", "position:absolute;left:-9999px"];

/** Ways to hide an element, each by its tag and its attributes. */
const UNSEEN = [
  ...TEXTLESS.map((tag) => ({ tag, attributes: {} })),
  ...STYLES.map((style) => ({ tag: "span", attributes: { style } })),
  ...STYLES.map((style) => ({ tag: "div", attributes: { style } })),
  { tag: "span", attributes: { hidden: "" } },
  { tag: "p", attributes: { hidden: "until-found" } },
  { tag: "span", attributes: { "aria-hidden": "true" } },
  { tag: "span", attributes: { class: "note sr-only" } },
  { tag: "span", attributes: { class: "is-visually-hidden" } },
];

const data = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 4, arbitrary: fc.constantFrom(...BLANKS) },
      { weight: 1, arbitrary: fc.constantFrom(...WIDTHLESS) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(""));

/** Children of an element; with `shadows`, some of them have an open shadow root. */
function children(shadows) {
  return fc.letrec((tie) => {
    const inside = fc.array(tie("node"), { maxLength: 4, depthIdentifier: "tree" });
    const kinds = [
      { weight: 8, arbitrary: fc.record({ kind: fc.constant("text"), data }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("entity"), html: fc.constantFrom(...ENTITIES) }) },
      { weight: 2, arbitrary: fc.constantFrom({ kind: "br" }, { kind: "wbr" }, { kind: "comment" }, { kind: "initial" }, { kind: "tiny" }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant("flowing"), tag: fc.constantFrom(...FLOWING), inside }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("unseen"), how: fc.constantFrom(...UNSEEN), inside }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("block"), tag: fc.constantFrom(...BLOCKS), inside }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("aside"), inside }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("folded"), inside }) },
    ];
    if (shadows) kinds.push({ weight: 3, arbitrary: fc.record({ kind: fc.constant("shadow"), before: inside, inside, slotted: fc.boolean() }) });
    return { node: fc.oneof({ depthSize: "small", depthIdentifier: "tree" }, ...kinds), all: fc.array(tie("node"), { minLength: 1, maxLength: 6 }) };
  }).all;
}

/** Some paragraphs. */
export function trees({ shadows = false } = {}) {
  const block = fc.record({ kind: fc.constant("block"), tag: fc.constantFrom(...BLOCKS), inside: children(shadows) });
  return fc.array(block, { minLength: 1, maxLength: 3 });
}

/**
 * Build a tree under an element. Returns the flow of every node that is seen: the text nodes and line
 * breaks which one paragraph is made of have the same one.
 */
export function build(parent, tree) {
  const flows = new Map();
  const { defaultView: window } = parent.ownerDocument;
  for (const node of tree) grow(parent, node, { flow: {}, flows, window });
  return flows;
}

function grow(parent, node, { flow, flows, window }) {
  const { document } = window;
  const into = (element, inside, ofInside) => {
    parent.append(element);
    for (const each of inside) grow(element.localName === "template" ? element.content : element, each, { flow: ofInside, flows, window });
  };
  const add = (leaf, itsFlow = flow) => {
    parent.append(leaf);
    if (itsFlow) flows.set(leaf, itsFlow);
  };
  const element = (tag, attributes = {}) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  // what is hidden stays hidden, whatever it holds
  const inner = flow && {};
  switch (node.kind) {
    case "text":
      return add(document.createTextNode(node.data));
    case "entity":
      return add(new window.DOMParser().parseFromString(`.${node.html}`, "text/html").body.firstChild);
    case "br":
      return add(element("br"));
    case "wbr":
      return add(element("wbr"), null);
    case "comment":
      return add(document.createComment(" said the minister. "), null);
    case "initial":
      return into(element("span", { style: "float:left" }), [{ kind: "text", data: "T" }], flow);
    case "tiny":
      return into(element("span", { style: "font-size:0" }), [{ kind: "text", data: "unseen " }], null);
    case "flowing":
      return into(element(node.tag), node.inside, flow);
    case "unseen":
      return into(element(node.how.tag, node.how.attributes), node.inside, null);
    case "block":
      return into(element(node.tag), node.inside, inner);
    case "aside":
      return into(element("span", { style: "float:right" }), [{ kind: "text", data: "A note stands here." }, ...node.inside], inner);
    case "folded":
      return into(element("details"), node.inside, null);
    case "shadow": {
      const host = element("my-word");
      const root = host.attachShadow({ mode: "open" });
      for (const each of node.before) grow(root, each, { flow, flows, window });
      if (node.slotted) root.append(element("slot"));
      return into(host, node.inside, node.slotted ? flow : null);
    }
  }
}

/** What a reader sees of a range in the paragraph that it begins in, blanks and breaks as they are read. */
export function seenIn(range, flows) {
  const start = boundary(range.startContainer, range.startOffset);
  const last = boundary(range.endContainer, range.endOffset - 1);
  const walker = start.ownerDocument.createTreeWalker(start.getRootNode(), 0xffffffff);
  let text = "";
  for (let node = (walker.currentNode = start); node; node = node === last ? null : walker.nextNode()) {
    if (flows.get(node) !== flows.get(start)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : undefined;
    text += node.localName === "br" ? " " : node.data.slice(from, to);
  }
  return asRead(text);
}

/** A text as it is read: what has no width is not there, and any stretch of blanks is one. */
export function asRead(text) {
  return WIDTHLESS.reduce((rest, character) => rest.split(character).join(""), text).split(/\s+/).join(" ");
}

/** The node at a place of a range: the text that it is in, or the element that it is beside. */
function boundary(container, offset) {
  return container.nodeType === 3 ? container : container.childNodes[offset];
}
