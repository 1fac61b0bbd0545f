/** The report: a marked article to print, to save, and to hand on. It asks nobody anything. */

import { toCsv, toJson, toWebAnnotations } from "../shared/exports.js";
import { LABELS } from "../shared/labels.js";
import { element, fillTexts, text } from "../shared/page.js";
import { isMarkedArticle, passagesByBlock } from "../shared/passages.js";
import { showLegend, showText } from "./passages.js";

/** @import { MarkedArticle } from "../shared/passages.js" */

fillTexts();
const key = location.hash.slice(1);
const { [key]: article } = await chrome.storage.session.get(key);
if (key !== "" && isMarkedArticle(article)) show(article);
else tellThatItIsGone();

/** @param {MarkedArticle} article */
function show(article) {
  const { address, date, model, title } = article;
  const blocks = passagesByBlock(article);
  element("title", HTMLElement).textContent = title || address;
  document.title = [text("report_title"), title || address].join(": ");
  element("address", HTMLElement).textContent = address;
  const time = element("date", HTMLTimeElement);
  time.dateTime = date;
  time.textContent = new Intl.DateTimeFormat(text("language_code"), { dateStyle: "long", timeStyle: "short" }).format(new Date(date));
  element("model", HTMLElement).textContent = model
    ? `${model.name} ${model.version} (${model.id})`
    : text("report_model_unknown");

  showLegend(element("legend", HTMLElement), element("meaning", HTMLTemplateElement), blocks.flat());
  showText(element("text", HTMLElement), blocks);
  offerFiles(article);
  element("print", HTMLButtonElement).addEventListener("click", () => print());
  element("report", HTMLElement).hidden = false;
}

/** @param {MarkedArticle} article */
function offerFiles(article) {
  const labels = Object.fromEntries(
    LABELS.map(({ id }) => [id, { name: text(`label_${id}_name`), caution: text(`label_${id}_caution`) }]),
  );
  const name = `sourcemark-${new URL(article.address).hostname.replace(/[^\w.-]/g, "") || "page"}-${article.date.slice(0, 10)}`;
  const files = [
    { id: "csv", ending: "csv", type: "text/csv;charset=utf-8", content: toCsv(article) },
    { id: "json", ending: "json", type: "application/json", content: toJson(article) },
    { id: "annotations", ending: "jsonld", type: "application/ld+json", content: toWebAnnotations(article, labels) },
  ];
  for (const { id, ending, type, content } of files) {
    const link = element(id, HTMLAnchorElement);
    link.download = `${name}.${ending}`;
    // lives as long as this page
    link.href = URL.createObjectURL(new Blob([content], { type }));
  }
}

function tellThatItIsGone() {
  element("title", HTMLElement).textContent = text("report_gone_title");
  const gone = element("gone", HTMLElement);
  gone.hidden = false;
  gone.textContent = text("report_gone");
}
