/**
 * The article of an HTML page that lies in a file.
 *
 * The extension's modules look for it, and for what a reader would see they need the page laid out. So it
 * stands for a moment in a frame that runs no scripts, stripped of everything that could run or load, and
 * under this page's policy, which lets nothing be fetched from elsewhere. Only its words come out.
 */

/** @import { Article, Paragraph } from "./texts.js" */

const LEFT_OUT =
  "audio, base, canvas, embed, frame, frameset, iframe, link, math, meta, noscript, object, picture, script, source, svg, template, track, video";

/** What says which part of a page is which; no address among them but that of a link, which nobody can press. */
const KEPT = new Set([
  "aria-hidden", "aria-label", "class", "data-component", "data-look", "data-testid", "dir", "hidden", "href", "id", "itemprop",
  "itemtype", "lang", "open", "rel", "role",
]);

/**
 * @param {string} html
 * @returns {Promise<Article>}
 */
export async function articleOfHtml(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const look = [...page.querySelectorAll("style")].map((style) => style.textContent ?? "").join("\n");
  strip(page);
  const frame = await emptyFrame();
  try {
    const inside = /** @type {Document} */ (frame.contentDocument);
    inside.replaceChild(inside.importNode(page.documentElement, true), inside.documentElement);
    wear(inside, look);
    const paragraphs = Sourcemark.buildTextMap(rootOf(inside)).map(paragraph);
    const title = inside.querySelector("h1")?.textContent || inside.title;
    return { title: Sourcemark.normalise(title).trim(), paragraphs };
  } finally {
    frame.remove();
  }
}

/** @param {Document} page */
function strip(page) {
  for (const element of page.querySelectorAll(`style, ${LEFT_OUT}`)) element.remove();
  for (const element of page.querySelectorAll("*")) {
    const style = element.getAttribute("style");
    if (style !== null) element.setAttribute("data-look", style);
    for (const { name } of [...element.attributes]) {
      if (!KEPT.has(name) || (name === "href" && element.localName !== "a")) element.removeAttribute(name);
    }
  }
}

/** @returns {Promise<HTMLIFrameElement>} */
function emptyFrame() {
  const frame = document.createElement("iframe");
  // without "allow-scripts": it can be read from here, and does nothing by itself
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.srcdoc = "<!doctype html>";
  frame.className = "unseen";
  frame.inert = true;
  return new Promise((resolve) => {
    frame.addEventListener("load", () => resolve(frame), { once: true });
    document.body.append(frame);
  });
}

/**
 * Lay the page out by its own rules, so that what they hide is not read.
 *
 * @param {Document} inside
 * @param {string} look
 */
function wear(inside, look) {
  // rules and styles that a script sets are not the markup's, which the policy forbids
  Sourcemark.adoptSheet(inside)?.replaceSync(look);
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (inside.querySelectorAll("[data-look]"))) {
    element.style.cssText = element.dataset.look ?? "";
  }
}

/** @param {Document} inside */
function rootOf(inside) {
  // a page that is too short for an article is read as it is: the reader has chosen it
  return Sourcemark.atOnce(Sourcemark.searchArticle(inside)) ?? inside.body;
}

/**
 * @param {TextBlock} block
 * @returns {Paragraph}
 */
function paragraph({ text, segments }) {
  const { node } = segments[0];
  const around = /** @type {Element | null} */ ("closest" in node ? node : node.parentElement);
  const tag = around?.closest("p, li, figcaption, h2, h3, h4, blockquote")?.localName ?? "p";
  return { tag: tag === "h2" || tag === "h3" || tag === "h4" || tag === "blockquote" ? tag : "p", text };
}
