import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DEFAULT_SERVICE_ADDRESS, loadSettings, parseServiceAddress } from "../../extension/shared/settings.js";

const stored = (values) => ({ get: async (name) => (name in values ? { [name]: values[name] } : {}) });

describe("the service's address", () => {
  it("is the default where nothing is stored", async () => {
    assert.deepEqual(await loadSettings(stored({})), { serviceAddress: DEFAULT_SERVICE_ADDRESS, addressIgnored: false });
  });

  it("is the stored one where it is a port on this computer", async () => {
    const settings = await loadSettings(stored({ serviceAddress: "http://127.0.0.1:9000/" }));
    assert.deepEqual(settings, { serviceAddress: "http://127.0.0.1:9000", addressIgnored: false });
  });

  it("is the default, and says so, where the stored one is anywhere else", async () => {
    const settings = await loadSettings(stored({ serviceAddress: "https://sourcemark.example.org" }));
    assert.deepEqual(settings, { serviceAddress: DEFAULT_SERVICE_ADDRESS, addressIgnored: true });
  });

  const refused = [
    "", "127.0.0.1:8377", "http://127.0.0.1", "http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1:080",
    "http://localhost:8377", "https://127.0.0.1:8377", "http://127.0.0.1:8377@evil.example:80", "http://127.0.0.1:8377/v1",
    "http://127.0.0.1:8377?x", "http://user@127.0.0.1:8377", " http://127.0.0.1:8377", "http://127.0.0.1:8377\n",
    "javascript:alert(1)", null, undefined, 8377, {}, ["http://127.0.0.1:8377"],
  ];
  for (const value of refused) {
    it(`is never ${JSON.stringify(value)}`, () => assert.equal(parseServiceAddress(value), null));
  }
});
