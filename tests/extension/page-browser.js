/** What jsdom has not got: the highlight registry, the browser's end of the messages, and its idle time. */

/** What may be missing in a sentence of the service's is there in the background's. */
const UNEXPLAINED = { scores: {}, speaker: null, evidence: [], reason: "" };

/** Give a window all of it, and with it `ask`, `collect`, `paint`, `settle`, `sent`, `reply` and `navigate` for the test. */
export function standIn(window) {
  window.CSS ??= {};
  window.CSS.highlights = new Map();
  window.Highlight = class extends Set {
    constructor(...ranges) {
      super(ranges);
    }
  };
  standInForExtension(window);
  standInForTime(window);
  standInForNavigation(window);
}

function standInForExtension(window) {
  let listener;
  window.sent = [];
  /** What the background answers when the page asks for labels. */
  window.reply = () => undefined;
  window.chrome = {
    i18n: { getMessage: (name) => name, getUILanguage: () => "en" },
    runtime: {
      id: "sourcemark",
      onMessage: { addListener: (added) => (listener = added) },
      async sendMessage(message) {
        if (!window.chrome.runtime.id) throw new Error("Extension context invalidated.");
        window.sent.push(message);
        return window.reply(message);
      },
    },
  };
  window.ask = (type, more = {}, id = "sourcemark") => {
    let answer;
    listener({ type: `background>content:${type}`, ...more }, { id }, (sent) => (answer = sent));
    return answer;
  };
  const askLater = (message) => new Promise((resolve) => listener(message, { id: "sourcemark" }, resolve));
  window.collect = () => askLater({ type: "background>content:collect" });
  window.paint = ({ sentences, ...answer }) =>
    askLater({ type: "background>content:paint", ...answer, sentences: sentences.map((one) => ({ ...UNEXPLAINED, ...one })) });
}

function standInForTime(window) {
  const due = new Map();
  let handles = 0;
  const wait = (callback) => {
    handles += 1;
    due.set(handles, callback);
    return handles;
  };
  window.setTimeout = wait;
  window.requestIdleCallback = wait;
  window.clearTimeout = (handle) => due.delete(handle);
  window.cancelIdleCallback = window.clearTimeout;
  window.scheduler = { yield: () => new Promise(setImmediate) };
  window.waiting = () => due.size;
  /** Let everything happen that waits for its time, and all that follows from it. */
  window.settle = async () => {
    do {
      await new Promise(setImmediate);
      for (const [handle, callback] of [...due]) {
        if (due.delete(handle)) callback();
      }
      await new Promise(setImmediate);
    } while (due.size > 0);
  };
}

function standInForNavigation(window) {
  window.navigation = new window.EventTarget();
  window.navigation.currentEntry = { key: "1" };
  let entries = 1;
  window.navigate = (address, { replace = false } = {}) => {
    window.history[replace ? "replaceState" : "pushState"](null, "", address);
    if (!replace) window.navigation.currentEntry = { key: String((entries += 1)) };
    window.navigation.dispatchEvent(new window.Event("navigatesuccess"));
  };
}
