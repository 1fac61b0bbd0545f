/** What the service is asked about corrections: whether it takes them, to keep one, and to delete it again. */

import { isReceipt } from "../shared/contribution.js";
import { isRecord } from "../shared/messages.js";
import { exchange, isSuccess, reasonOf } from "./server.js";

/** @import { Contribution } from "../shared/contribution.js" */
/** @import { Problem } from "../shared/messages.js" */
/** @import { Reply, Service } from "./server.js" */

const NO_CORRECTION = "urn:sourcemark:problem:no-correction";

/**
 * Ask whether the service keeps corrections. Nothing of the reader's or the page's is sent.
 *
 * @param {Service} service
 * @returns {Promise<boolean>}  false also where it does not say, or does not answer
 */
export async function takesCorrections(service) {
  const reply = await exchange(service, "GET", "/v1/about");
  return "json" in reply && isSuccess(reply) && isRecord(reply.json) && reply.json.corrections === true;
}

/**
 * Give a correction to the service, with the reader's consent.
 *
 * @param {Contribution} contribution
 * @param {Service} service
 * @returns {Promise<{id: string, problem: null} | {id: null, problem: Problem}>}  `id` takes it back
 */
export async function sendCorrection({ model, before, sentence, after, given, proposed }, service) {
  const content = {
    model: model.toWellFormed(),
    consent: true,
    before: before?.toWellFormed() ?? null,
    sentence: sentence.toWellFormed(),
    after: after?.toWellFormed() ?? null,
    given,
    // cards are there for sentences with a label only
    given_state: "labelled",
    proposed,
  };
  const reply = await exchange(service, "POST", "/v1/corrections", content);
  if ("problem" in reply) return { id: null, problem: reply.problem };
  if (!isSuccess(reply)) return { id: null, problem: refusal(reply) };
  const id = isRecord(reply.json) ? reply.json.id : undefined;
  return isReceipt(id) ? { id, problem: null } : { id: null, problem: { kind: "unreadable" } };
}

/**
 * Have a correction deleted.
 *
 * @param {string} id
 * @param {Service} service
 * @returns {Promise<Problem | null>}  null where the service has it no longer
 */
export async function deleteCorrection(id, service) {
  const reply = await exchange(service, "DELETE", `/v1/corrections/${id}`);
  if ("problem" in reply) return reply.problem;
  const isGone = isRecord(reply.json) && reply.json.type === NO_CORRECTION;
  return isSuccess(reply) || isGone ? null : refusal(reply);
}

/**
 * @param {Reply} reply
 * @returns {Problem}
 */
function refusal(reply) {
  const reason = reasonOf(reply);
  return reason === null ? { kind: "unreadable" } : { kind: "refused", reason };
}
