/**
 * Style sheet of our own elements in the page. A string, because a file would have to be opened to
 * every page. Colours and lines are those of shared/page.css and content/highlights.css.
 */
"use strict";

Sourcemark.look = `
/* what is important in here is stronger than what is important on the page */
:host { all: initial !important; display: contents !important; }

* { box-sizing: border-box; margin: 0; padding: 0; }

[hidden] { display: none !important; }

.card, .list {
  color-scheme: light dark;
  --paper: #fcfbf8;
  --ink: #20242a;
  --quiet: #5b626b;
  --rule: #8b9098;
  --focus: #1a66c9;
  position: fixed;
  inset: auto;
  border: 1px solid var(--rule);
  background: var(--paper);
  color: var(--ink);
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  text-align: start;
  overflow: auto;
  overflow-wrap: anywhere;
  scrollbar-color: var(--rule) var(--paper);
  box-shadow: 0 4px 18px rgb(0 0 0 / 22%);
}

@media (prefers-color-scheme: dark) {
  .card, .list { --paper: #1d2024; --ink: #e9e7e2; --quiet: #a9afb6; --rule: #6d747d; --focus: #8ab8ff; }
}

@media (prefers-contrast: more) {
  .card, .list { --quiet: var(--ink); --rule: var(--ink); --focus: var(--ink); }
}

.card { scroll-padding-block: 12px; width: min(400px, calc(100vw - 16px)); max-height: min(80vh, 540px); padding: 12px 14px; border-radius: 8px; }

.list {
  inset: 0 0 0 auto;
  display: flex;
  flex-direction: column;
  gap: 10px;
  width: min(340px, 100vw);
  height: 100%;
  padding: 14px;
  border-block: 0;
  border-inline-end: 0;
  overflow-y: auto;
}

@media (max-width: 640px) {
  .list { inset: auto 0 0 0; width: 100%; height: 45vh; border-inline: 0; border-block-start: 1px solid var(--rule); }
}

h2 { display: flex; align-items: baseline; gap: 8px; font: inherit; font-weight: 600; font-size: 15px; }
h3 { font: inherit; font-weight: 600; }

header { display: flex; align-items: start; justify-content: space-between; gap: 8px; }

.letter {
  flex: none;
  display: inline-block;
  width: 18px;
  border: 1px solid currentColor;
  border-radius: 3px;
  font: 600 11px/16px system-ui, sans-serif;
  text-align: center;
}

.name {
  font-weight: 600;
  text-decoration-line: underline;
  text-decoration-thickness: 2px;
  text-decoration-skip-ink: none;
  text-underline-offset: 0.15em;
}

.official_statement .name { background: rgb(0 114 178 / 14%); text-decoration-style: solid; text-decoration-color: #0072b2; }
.anonymous_claim .name { background: rgb(213 94 0 / 14%); text-decoration-style: dashed; text-decoration-color: #d55e00; }
.eyewitness_quote .name { background: rgb(0 158 115 / 10%); text-decoration-style: dotted; text-decoration-color: #009e73; }

.card p, .card dl, .card fieldset, .card .actions { margin-block-start: 8px; }
.words { display: grid; grid-template-columns: auto 1fr; column-gap: 8px; }
dt { font-weight: 600; }
dd { margin-block-end: 4px; }
dd q { font-style: italic; }
.quiet, .certainty { color: var(--quiet); }
.certainty { font-weight: 400; }

button {
  min-height: 28px;
  padding: 3px 10px;
  border: 1px solid var(--rule);
  border-radius: 6px;
  background: transparent;
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;
}

button:hover { border-color: currentColor; }

:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; border-radius: 4px; }

fieldset { border: 0; }
legend { font-weight: 600; margin-block-end: 4px; }
.choices, .actions { display: flex; flex-wrap: wrap; gap: 6px; }

.giving { margin-block-start: 8px; padding-block-start: 4px; border-block-start: 1px solid var(--rule); }
.giving.empty { padding: 0; border: 0; }
.giving p:empty, .giving .actions:not(:has(:not([hidden]))) { margin: 0; }
.offer { font-weight: 600; }
.preview { margin-block-start: 6px; padding: 2px 10px 10px; border: 1px solid var(--rule); border-radius: 6px; }
.contents { display: grid; grid-template-columns: minmax(5em, auto) 1fr; column-gap: 10px; }

@media (max-width: 640px) {
  .contents { grid-template-columns: 1fr; }
}

label { display: flex; align-items: baseline; gap: 8px; min-height: 24px; }
label .number { margin-inline-start: auto; font-variant-numeric: tabular-nums; }

ol { list-style: none; }
ol button { display: block; width: 100%; padding-block: 6px; border-color: transparent; }
ol button[aria-current] { border-color: currentColor; }
ol .sentence { display: block; margin-block-start: 2px; }

@media print {
  .card, .list { display: none !important; }
}

@media (forced-colors: active) {
  .name { background: none !important; text-decoration-color: CanvasText !important; }
}
`;
