import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as settings from "../../extension/shared/settings.js";

const { DEFAULTS, DEFAULT_SERVICE_ADDRESS, parseServiceAddress, readSettings } = settings;

describe("the settings", () => {
  it("are the defaults where nothing is stored", async () => {
    const loaded = await settings.loadSettings({ get: async () => ({}) });
    assert.deepEqual(loaded, { ...DEFAULTS, addressIgnored: false });
  });

  it("send nothing but the text, and only to this computer, by default", () => {
    assert.equal(DEFAULTS.serviceAddress, "http://127.0.0.1:8377");
    assert.deepEqual([DEFAULTS.sendTitle, DEFAULTS.keepAddress, DEFAULTS.sites], [false, false, {}]);
  });

  it("are the stored ones where they make sense", () => {
    const stored = {
      serviceAddress: "https://sourcemark.example.org/", token: "abc", labels: { anonymous_claim: false }, painter: "mark",
      style: { line: "thick", fill: false }, startHidden: true, sendTitle: true, keepAddress: true,
      sites: { "https://news.example": "always", "http://a.example:8080": "never" },
    };
    assert.deepEqual(readSettings(stored), {
      ...stored,
      serviceAddress: "https://sourcemark.example.org",
      labels: { official_statement: true, anonymous_claim: false, eyewitness_quote: true },
      addressIgnored: false,
    });
  });

  it("are the defaults, one by one, where the stored ones make no sense", () => {
    const rubbish = {
      token: "two words", labels: [], style: "thick", painter: "spray", startHidden: "yes", sendTitle: 1, keepAddress: null,
      sites: { "javascript:x": "always", "https://a.example/path": "always", "https://b.example": "sometimes", "file://": "always" },
    };
    assert.deepEqual(readSettings(rubbish), { ...DEFAULTS, addressIgnored: false });
    assert.deepEqual(readSettings({ style: { line: "wavy", fill: "no" } }).style, DEFAULTS.style);
  });

  it("are stored with their version", async () => {
    const stored = {};
    await settings.saveSettings({ sendTitle: true }, { set: async (values) => Object.assign(stored, values) });
    assert.deepEqual(stored, { sendTitle: true, schemaVersion: settings.SCHEMA_VERSION });
  });

  it("keep one choice for a site", () => {
    const sites = settings.withChoice({ "https://a.example": "never" }, "https://b.example", "always");
    assert.deepEqual(settings.withChoice(sites, "https://a.example", "always"), { "https://b.example": "always", "https://a.example": "always" });
    assert.deepEqual(settings.withChoice(sites, "https://a.example", null), { "https://b.example": "always" });
  });
});

describe("the service's address", () => {
  it("on another computer needs a token; without one the default stands in, and says so", () => {
    const elsewhere = { serviceAddress: "https://sourcemark.example.org" };
    const { serviceAddress, addressIgnored } = readSettings(elsewhere);
    assert.deepEqual([serviceAddress, addressIgnored], [DEFAULT_SERVICE_ADDRESS, true]);
    assert.equal(readSettings({ ...elsewhere, token: "abc" }).serviceAddress, elsewhere.serviceAddress);
  });

  it("is the default, and says so, where the stored one is none", () => {
    const { serviceAddress, addressIgnored } = readSettings({ serviceAddress: "javascript:alert(1)" });
    assert.deepEqual([serviceAddress, addressIgnored], [DEFAULT_SERVICE_ADDRESS, true]);
  });

  const taken = [
    ["http://127.0.0.1:9000/", "http://127.0.0.1:9000"],
    ["http://192.168.1.5:8377", "http://192.168.1.5:8377"],
    ["HTTPS://Sourcemark.Example.ORG", "https://sourcemark.example.org"],
    ["http://[::1]:8377", "http://[::1]:8377"],
  ];
  for (const [value, origin] of taken) {
    it(`may be ${value}`, () => assert.equal(parseServiceAddress(value), origin));
  }

  const refused = [
    "", "127.0.0.1:8377", "http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1:080", "ftp://127.0.0.1:8377",
    "http://127.0.0.1:8377@evil.example:80", "http://127.0.0.1:8377/v1", "http://127.0.0.1:8377?x", "http://127.0.0.1#x",
    "http://user@127.0.0.1:8377", " http://127.0.0.1:8377", "http://127.0.0.1:8377\n", "http://a b", "http://", "https:///x",
    "javascript:alert(1)", null, undefined, 8377, {}, ["http://127.0.0.1:8377"],
  ];
  for (const value of refused) {
    it(`is never ${JSON.stringify(value)}`, () => assert.equal(parseServiceAddress(value), null));
  }

  it("is on this computer only by the one name that cannot be turned elsewhere", () => {
    for (const address of ["http://127.0.0.1:8377", "http://127.0.0.1"]) assert.ok(settings.isOnThisComputer(address));
    for (const address of ["http://localhost:8377", "https://127.0.0.1", "http://127.0.0.1.example", "http://192.168.1.5"]) {
      assert.ok(!settings.isOnThisComputer(address));
    }
  });

  it("asks for a permission that names no port", () => {
    assert.equal(settings.originPattern("https://sourcemark.example.org:8443"), "https://sourcemark.example.org/*");
  });
});
