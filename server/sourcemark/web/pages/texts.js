/** What the reader brings, made into an article: a title and its paragraphs. Text stays text, whatever it holds. */

import { articleOfHtml } from "./html.js";

/**
 * @typedef {object} Paragraph
 * @property {"p" | "h2" | "h3" | "h4" | "blockquote"} tag
 * @property {string} text
 *
 * @typedef {object} Article
 * @property {string} title
 * @property {Paragraph[]} paragraphs
 */

/** A saved page with its pictures inside is large; what is larger than this is no article. */
const LARGEST_FILE = 20 * 1024 * 1024;

/** A file that cannot be read; the message says why, and what to do. */
export class FileError extends Error {}

/**
 * A blank line parts paragraphs, a single line break is a space. Where there is no blank line, long lines
 * are paragraphs, as word processors paste them.
 *
 * @param {string} pasted
 * @param {string} title
 * @returns {Article}
 */
export function articleOfText(pasted, title) {
  const lines = pasted.toWellFormed().replace(/\r\n?/g, "\n");
  const hasLongLines = lines.split("\n").some((line) => line.length > 200);
  const gap = /\n\s*\n/.test(lines.trim()) || !hasLongLines ? /\n\s*\n/ : /\n/;
  return { title, paragraphs: paragraphs(lines.split(gap)) };
}

/** @param {readonly string[]} texts */
export function paragraphs(texts) {
  const trimmed = texts.map((text) => text.replace(/\s*\n\s*/g, " ").trim());
  return trimmed.filter((text) => text !== "").map((text) => ({ tag: /** @type {const} */ ("p"), text }));
}

/**
 * @param {File} file
 * @returns {Promise<Article>}
 * @throws {FileError}
 */
export async function articleOfFile(file) {
  if (file.size > LARGEST_FILE) throw new FileError(`“${file.name}” is too large to be an article.`);
  const content = decode(await file.arrayBuffer());
  if (content.includes("\0")) {
    throw new FileError(`“${file.name}” is neither text nor HTML. Save the article as a web page or as plain text, and take that.`);
  }
  const isHtml = /\.x?html?$/i.test(file.name) || /^(?:text\/html|application\/xhtml)/.test(file.type);
  const article = isHtml ? await articleOfHtml(content) : articleOfText(content, file.name);
  if (article.paragraphs.length === 0) throw new FileError(`There is no text in “${file.name}”.`);
  return { ...article, title: article.title || file.name };
}

/**
 * Read UTF-8, UTF-16 with its mark, or what a page says of itself; failing that, what old pages are in.
 *
 * @param {ArrayBuffer} bytes
 */
function decode(bytes) {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const head = new TextDecoder("latin1").decode(bytes.slice(0, 2048));
    const [, charset] = head.match(/charset\s*=\s*["']?([\w-]+)/i) ?? [];
    return new TextDecoder(isKnown(charset) ? charset : "windows-1252").decode(bytes);
  }
}

/** @param {string | undefined} charset */
function isKnown(charset) {
  try {
    return new TextDecoder(charset).encoding !== "utf-8";
  } catch {
    return false;
  }
}
