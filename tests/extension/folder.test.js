import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
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

describe("the extension's folder", () => {
  const manifest = JSON.parse(readExtension("manifest.json"));

  it("asks for no more than it needs", () => {
    assert.deepEqual(manifest.permissions, ["activeTab", "scripting", "storage"]);
    assert.deepEqual(manifest.host_permissions, ["http://127.0.0.1/*"]);
    // asked for one by one, at the click that needs it
    assert.deepEqual(manifest.optional_host_permissions, ["https://*/*", "http://*/*"]);
    for (const key of ["content_scripts", "web_accessible_resources", "optional_permissions"]) {
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

  it("lets only the background talk to the network", () => {
    const files = readdirSync(new URL("../../extension/", import.meta.url), { recursive: true }).filter((name) => name.endsWith(".js"));
    const talking = files.filter((name) => /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource/.test(readExtension(name)));
    assert.deepEqual(talking, ["background/server.js"]);
  });
});
