/** Giving the reader's corrections to the service that this page is from, as the extension's background does. */

import { deleteCorrection, sendCorrection, takesCorrections } from "/extension/background/corrections.js";
import { wordsForGiving, wordsForTakingBack } from "/extension/popup/words.js";
import { isReceipt, readContribution } from "/extension/shared/contribution.js";
import { GIVE, RECIPIENT, TAKE_BACK } from "/extension/shared/messages.js";

/** @import { Recipient } from "/extension/shared/messages.js" */

const { host, hostname, origin, protocol } = location;
const SERVICE = { serviceAddress: origin };

/** @param {{type: string} & Record<string, unknown>} message */
export async function answerGiving(message) {
  if (message.type === RECIPIENT) return (await takesCorrections(SERVICE)) ? recipient() : null;
  if (message.type === GIVE) {
    const contribution = readContribution(message.contribution);
    if (contribution === null) return undefined;
    const { id, problem } = await sendCorrection(contribution, SERVICE);
    return { id, words: problem === null ? [] : wordsForGiving(problem, host) };
  }
  if (message.type === TAKE_BACK && isReceipt(message.id)) {
    const problem = await deleteCorrection(message.id, SERVICE);
    return { isGone: problem === null, words: problem === null ? [] : wordsForTakingBack(problem, host) };
  }
  return undefined;
}

/** @returns {Recipient} */
function recipient() {
  const isHere = hostname === "127.0.0.1" || hostname === "localhost";
  return { host, isHere, isEncrypted: isHere || protocol === "https:", withToken: false };
}
