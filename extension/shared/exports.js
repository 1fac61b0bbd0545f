/** A marked article as a file: a table, plain data, and annotations that other programs can read. */

import { LABEL_IDS } from "./labels.js";
import { evidenceOf, passagesByBlock } from "./passages.js";

/** @import { MarkedArticle, Passage } from "./passages.js" */

/** UTF-16 units of text around a quotation, as many as Hypothesis takes. */
const CONTEXT = 32;

/** Spreadsheets of some languages read a number from full-width signs, too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * Return a table with a row for every passage, as CSV (RFC 4180).
 *
 * It begins with a byte order mark, without which Excel takes UTF-8 for something else. A cell that a
 * spreadsheet would run as a formula gets an apostrophe in front; `toJson` keeps every text as it is.
 *
 * @param {MarkedArticle} article
 * @returns {string}
 */
export function toCsv(article) {
  const { address, title, date, model } = article;
  const version = model ? `${model.name} ${model.version} (${model.id})` : "";
  const rows = passagesByBlock(article).flatMap((passages, index) =>
    passages.map((passage) => [
      ...[address, title, date, version],
      ...[index + 1, passage.start, passage.end, passage.text, passage.state, passage.label ?? ""],
      ...SCORES.map((id) => passage.scores[id] ?? ""),
      ...[passage.speaker?.name ?? "", passage.reason ?? ""],
      ...["source", "cue"].map((kind) => evidenceOf(article, passage, kind).join(" | ")),
    ]),
  );
  return "\ufeff" + [COLUMNS, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}

const SCORES = Object.freeze([...LABEL_IDS, "none"]);
const COLUMNS = Object.freeze([
  ...["address", "title", "date", "model"],
  ...["paragraph", "start_utf16", "end_utf16", "text", "state", "label"],
  ...SCORES.map((id) => `score_${id}`),
  ...["speaker", "reason", "source_words", "cue_words"],
]);

/** @param {string | number} value */
function cell(value) {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Return everything that is known of an article, as JSON.
 *
 * @param {MarkedArticle} article
 * @returns {string}
 */
export function toJson(article) {
  const { address, title, date, model, blocks } = article;
  const sentences = passagesByBlock(article).flat();
  return pretty({ format: "sourcemark-article", version: 1, address, title, date, model, offsets: "utf-16", blocks, sentences });
}

/**
 * Return the marks of an article as W3C Web Annotations[1], one annotation a mark.
 *
 * `items` is an AnnotationPage of the standard. Hypothesis writes such annotations, but its "Import" reads
 * only the form of its own exports[2]; so the same marks stand once more under `annotations`, a key that
 * is outside the standard's context and that JSON-LD readers pass over.
 *
 * [1] https://www.w3.org/TR/annotation-model/
 * [2] https://github.com/hypothesis/client/blob/main/src/sidebar/helpers/import.ts
 *
 * @param {MarkedArticle} article
 * @param {Record<string, {name: string, caution: string}>} labels  what to call each label, by id
 * @param {() => string} [newId]  makes the name of an annotation, an IRI
 * @returns {string}
 */
export function toWebAnnotations(article, labels, newId = () => `urn:uuid:${crypto.randomUUID()}`) {
  const { address, title, date, model } = article;
  const creator = { type: "Software", name: model ? `Sourcemark, model ${model.name} ${model.version} (${model.id})` : "Sourcemark" };
  const marks = passagesByBlock(article)
    .flat()
    .flatMap((passage) => (passage.label === null ? [] : [{ passage, ...labels[passage.label] }]));

  const items = marks.map(({ passage, name, caution }) => ({
    id: newId(),
    type: "Annotation",
    motivation: "classifying",
    created: date,
    creator,
    body: [
      { type: "TextualBody", purpose: "tagging", value: name, format: "text/plain" },
      { type: "TextualBody", purpose: "describing", value: [passage.reason, caution].filter(Boolean).join(" "), format: "text/plain" },
    ],
    target: { source: address, selector: selectors(article, passage) },
  }));
  const annotations = marks.map(({ passage, name, caution }) => ({
    uri: address,
    document: { title: [title] },
    user: "acct:sourcemark@localhost",
    tags: [name],
    // Hypothesis reads Markdown, in which the service's words could do more than stand there
    text: caution,
    target: [{ source: address, selector: selectors(article, passage) }],
  }));
  return pretty({ "@context": "http://www.w3.org/ns/anno.jsonld", id: newId(), type: "AnnotationPage", items, annotations });
}

/**
 * @param {MarkedArticle} article
 * @param {Passage} passage
 */
function selectors({ blocks }, { block: id, start, end, text, position }) {
  const around = blocks.find((block) => block.id === id)?.text ?? "";
  const quote = {
    type: "TextQuoteSelector",
    exact: text,
    // half a character is no text, and JSON readers refuse it
    prefix: around.slice(Math.max(0, start - CONTEXT), start).replace(/^[\udc00-\udfff]/, ""),
    suffix: around.slice(end, end + CONTEXT).replace(/[\ud800-\udbff]$/, ""),
  };
  return position ? [quote, { type: "TextPositionSelector", start: position.start, end: position.end }] : [quote];
}

/** @param {unknown} value */
function pretty(value) {
  return JSON.stringify(value, null, 2) + "\n";
}
