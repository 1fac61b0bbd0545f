// Keeps a page of the workshop up to date: asks every few seconds, changes the words that changed, and loads
// the page again once the facilitator has moved on. Without it the pages work too, by their own links.

const EVERY = 2500;

const { live, mark } = document.body.dataset;
const line = document.getElementById("live");

// a page that is loaded again would take back a form that is on its way
let sent = false;
addEventListener("submit", ({ target }) => {
  sent = /** @type {HTMLFormElement} */ (target).target !== "_blank";
});
addEventListener("pageshow", () => {
  sent = false;
});

if (live) setTimeout(ask, EVERY, live);

/** @param {string} address */
async function ask(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (response.status === 404) {
      // whoever looks at the last page keeps it, and can still print it
      say("The workshop has ended. Its answers are deleted.");
      return;
    }
    if (response.ok) {
      const news = await response.json();
      if (news.mark === mark) {
        say("");
      } else if (typed()) {
        say("There is something new. This page shows it once what you type is saved.");
      } else if (!sent) {
        location.replace(location.pathname);
        return;
      }
      for (const [name, words] of Object.entries(news.words)) change(name, words);
    }
  } catch {
    // the door closes with the workshop, so this is also how most pages learn of its end
    say("The workshop does not answer. If it has ended, its answers are deleted; if not, this page goes on by itself.");
  }
  setTimeout(ask, EVERY, address);
}

/** Whether a field has words that are not saved yet. */
function typed() {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = document.querySelectorAll("input[type=text]");
  return [...fields].some((field) => field.value !== field.defaultValue);
}

/**
 * @param {string} name
 * @param {string} words
 */
function change(name, words) {
  for (const element of document.querySelectorAll(`[data-words="${name}"]`)) {
    if (element.textContent !== words) element.textContent = words;
  }
}

/** @param {string} words */
function say(words) {
  if (line && line.textContent !== words) line.textContent = words;
}
