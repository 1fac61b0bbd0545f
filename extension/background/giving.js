/**
 * Giving the reader's corrections to the service that they have set. Each is given by a press of theirs, and
 * goes only to the one that the card had named when they pressed.
 */

import { wordsForGiving, wordsForTakingBack } from "../popup/words.js";
import { isOnThisComputer } from "../shared/settings.js";
import { deleteCorrection, sendCorrection, takesCorrections } from "./corrections.js";
import { chosenService } from "./service.js";

/** @import { Contribution } from "../shared/contribution.js" */
/** @import { Problem, Recipient } from "../shared/messages.js" */
/** @import { Words } from "../popup/words.js" */
/** @import { Service } from "./server.js" */

/**
 * Return who would get a correction, or null where nobody takes any.
 *
 * @returns {Promise<Recipient | null>}
 */
export async function recipient() {
  const { service, serviceAddress, token } = await chosenService();
  if (service === null || !(await takesCorrections(service))) return null;
  const { host, protocol } = new URL(serviceAddress);
  const isHere = isOnThisComputer(serviceAddress);
  return { host, isHere, isEncrypted: isHere || protocol === "https:", withToken: token !== "" };
}

/**
 * Give a correction to the service at a host.
 *
 * @param {Contribution} contribution
 * @param {string} host  as the reader was told
 * @returns {Promise<{id: string | null, words: Words[]}>}  `words` say why where it was not given
 */
export async function give(contribution, host) {
  const found = await serviceAt(host);
  const { id, problem } = "kind" in found ? { id: null, problem: found } : await sendCorrection(contribution, found);
  return { id, words: problem === null ? [] : wordsForGiving(problem, host) };
}

/**
 * Take back a correction that was given to the service at a host.
 *
 * @param {string} id
 * @param {string} host
 * @returns {Promise<{isGone: boolean, words: Words[]}>}  `words` say why where it could not be
 */
export async function takeBack(id, host) {
  const found = await serviceAt(host);
  const problem = "kind" in found ? found : await deleteCorrection(id, found);
  return { isGone: problem === null, words: problem === null ? [] : wordsForTakingBack(problem, host) };
}

/**
 * @param {string} host
 * @returns {Promise<Service | Problem>}
 */
async function serviceAt(host) {
  const { service, serviceAddress } = await chosenService();
  // the reader may have set another one since the card was opened
  if (new URL(serviceAddress).host !== host) return { kind: "service_changed" };
  return service ?? { kind: "access_withheld" };
}
