import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { LABELS } from "../../extension/shared/labels.js";
import { readExtension } from "./page.js";

describe("the marks", () => {
  it("have the lines that the labels name, in the page and in the content scripts", () => {
    const css = readExtension("content/highlights.css");
    const namespace = readExtension("content/namespace.js");
    for (const { highlight, line } of LABELS) {
      const rule = css.match(new RegExp(`::highlight\\(${highlight}\\) \\{([^}]*)\\}`))[1];
      assert.match(rule, new RegExp(`text-decoration: underline ${line} 2px`));
      assert.doesNotMatch(rule, /[^-]color:\s/);
      assert.ok(namespace.includes(`"${highlight}"`));
    }
    assert.equal(new Set(LABELS.map(({ line }) => line)).size, LABELS.length);
  });
});

const EXTENSION = new URL("../../extension/", import.meta.url);

describe("the extension's folder", () => {
  const manifest = JSON.parse(readExtension("manifest.json"));

  it("asks for no more than it needs", () => {
    assert.deepEqual(manifest.permissions, ["activeTab", "scripting", "storage"]);
    assert.deepEqual(manifest.host_permissions, ["http://127.0.0.1/*"]);
    // asked for one by one, at the click that needs it
    assert.deepEqual(manifest.optional_host_permissions, ["https://*/*", "http://*/*"]);
    for (const key of ["content_scripts", "web_accessible_resources", "optional_permissions", "externally_connectable", "sandbox"]) {
      assert.equal(manifest[key], undefined);
    }
  });

  it("injects every content script, and only files that exist", () => {
    const lists = ["background/activate.js", "background/sites.js"].map(readExtension).join("");
    const listed = Array.from(lists.matchAll(/"content\/([\w./-]+)"/g), ([, name]) => name);
    const files = readdirSync(new URL("../../extension/content/", import.meta.url), { recursive: true, withFileTypes: true });
    const names = files.filter((file) => file.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`.split("/content/")[1].replace(/^\//, ""));
    assert.deepEqual(listed.sort(), names.filter((name) => /\.(js|css)$/.test(name)).sort());
  });

  it("has every permission justified in docs/store/permissions.md, and no other", () => {
    const page = readFileSync(new URL("../../docs/store/permissions.md", import.meta.url), "utf8");
    const rows = Array.from(page.matchAll(/^\| (optional: )?(`.+`) \| (.+) \|$/gm), ([, optional, names, why]) => ({ optional, names, why }));
    const named = (isOptional) => rows.filter(({ optional }) => Boolean(optional) === isOptional).flatMap(({ names }) => names.match(/[^`, ]+/g));
    assert.deepEqual(named(false), [...manifest.permissions, ...manifest.host_permissions]);
    assert.deepEqual(named(true), manifest.optional_host_permissions);
    for (const { why } of rows) assert.match(why, /^\p{Lu}.{40,}\.$/u);
    const [, refused] = page.match(/\*\*Not asked for:\*\* (.+)/);
    for (const [, name] of refused.matchAll(/`(\w+)`/g)) assert.ok(!manifest.permissions.includes(name));
    for (const kind of manifest.browser_specific_settings.gecko.data_collection_permissions.required) assert.ok(page.includes(`\`${kind}\``));
  });

  it("names no code but its own, and lets no text become code", () => {
    const policy = manifest.content_security_policy.extension_pages.split("; ");
    // a service may be anywhere; nothing else comes from outside, and nothing goes there
    assert.deepEqual(policy.filter((rule) => !/ '(?:self|none)'$/.test(rule)), ["connect-src http: https:"]);
    for (const rule of ["default-src 'none'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"]) assert.ok(policy.includes(rule));
    const names = readdirSync(EXTENSION, { recursive: true });
    for (const name of names.filter((one) => one.endsWith(".js"))) {
      const code = readExtension(name);
      for (const [, source] of code.matchAll(/(?:^import\b[^;"']*|^export\b[^;"'=]*\bfrom |\bimport\s*\(\s*)["'`]([^"'`]+)/gm)) assert.match(source, /^\.{1,2}\//, name);
      assert.doesNotMatch(code, /\beval\s*\(|\bFunction\s*\(|importScripts|createElement\(["'`]script|\bworld:\s*["'`]MAIN|\.(?:func|code):/, name);
    }
    for (const name of names.filter((one) => one.endsWith(".html"))) {
      const page = readExtension(name);
      for (const [, attributes, inside] of page.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)) {
        assert.match(attributes, /^ type="module" src="[\w.-]+\.js"$/, name);
        assert.equal(inside, "", name);
      }
      // attributes that are programs, and what a page could be taken over by
      assert.doesNotMatch(page, /\son\w+\s*=|javascript:|<(?:iframe|object|embed|base)\b/i, name);
      for (const [, source] of page.matchAll(/\b(?:src|href)="([^"]*)"/g)) assert.doesNotMatch(source, /^(?:\w+:)?\/\//, `${name}: ${source}`);
    }
    for (const name of names.filter((one) => one.endsWith(".css"))) assert.doesNotMatch(readExtension(name), /@import|url\(/, name);
  });

  it("lets only the background talk to the network", () => {
    const files = readdirSync(EXTENSION, { recursive: true }).filter((name) => name.endsWith(".js"));
    const talking = files.filter((name) => /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource/.test(readExtension(name)));
    assert.deepEqual(talking, ["background/server.js"]);
  });
});
