/**
 * Stands in for what the extension's modules ask of a browser. Its texts are the extension's English
 * ones, its messages go from one part of this page to another, and nothing is stored.
 */

/** @typedef {{type: string} & Record<string, unknown>} Message */
/** @typedef {(message: Message, sender: {id: string}, answer: (value: any) => void) => unknown} Listener */
/** @typedef {{message: string, placeholders?: Record<string, {content: string}>}} Text */

const ID = "sourcemark";

/** @type {Record<string, Text>} */
const texts = await (await fetch("/extension/_locales/en/messages.json")).json();

// here nothing of it is kept on disk, and there are no options to find it under
texts.card_kept.message = "Noted on this page: “$LABEL$”. Download it beside the article; closing the page forgets it.";
texts.give_failed.message = "It was not given, and is still noted on this page.";
texts.give_uncertain.message = "It may have been given or not. It is still noted on this page.";

/** @type {Listener | undefined} */
let contentScripts;

/** @type {(message: Message) => unknown} */
let background = () => undefined;

Object.assign(globalThis, {
  chrome: {
    i18n: { getMessage },
    runtime: {
      id: ID,
      onMessage: { addListener: (/** @type {Listener} */ listener) => (contentScripts = listener) },
      sendMessage: async (/** @type {Message} */ message) => background(message),
    },
  },
});

// browsers that are older than the extension's (Firefox ESR 140)
globalThis.scheduler ??= /** @type {Scheduler} */ ({ yield: () => new Promise((resolve) => setTimeout(resolve)) });

/**
 * Tell the content scripts something, as the extension's background does.
 *
 * @param {Message} message
 * @returns {Promise<any>} their answer
 */
export function tell(message) {
  return new Promise((resolve) => contentScripts?.(message, { id: ID }, resolve));
}

/**
 * Say who answers the content scripts.
 *
 * @param {(message: Message) => unknown} answer
 */
export function listen(answer) {
  background = answer;
}

/**
 * @param {string} name
 * @param {string | string[]} [substitutions]
 */
function getMessage(name, substitutions = []) {
  const { message, placeholders = {} } = texts[name] ?? { message: "" };
  const filling = [substitutions].flat();
  return message.replace(/\$(\w+)\$/g, (_, place) => filling[Number(placeholders[place.toLowerCase()].content.slice(1)) - 1] ?? "");
}
