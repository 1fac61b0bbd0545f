/** Which words of _locales tell what happened. No extension API: words are chosen here, looked up in popup.js. */

import { LABEL_IDS } from "../shared/labels.js";
import { CLEAR } from "../shared/messages.js";
import { isOnThisComputer } from "../shared/settings.js";

/** @import { Outcome, Problem, Report } from "../shared/messages.js" */
/** @import { Settings } from "../shared/settings.js" */

/** Problems that have a text `problem_*` of their own. */
export const PROBLEMS = Object.freeze([
  "access_withheld",
  "busy",
  "never_here",
  "no_article",
  "not_ready",
  "page_changed",
  "page_restless",
  "refused",
  "restricted_page",
  "timeout",
  "unreachable",
  "unreadable",
]);

/** Why a correction was not given or taken back, and the text that says it. */
export const GIVING_PROBLEMS = Object.freeze(
  new Map([
    ["access_withheld", "problem_access_withheld"],
    ["refused", "give_refused"],
    ["service_changed", "give_service_changed"],
    ["timeout", "give_timeout"],
    ["unreachable", "problem_unreachable"],
    ["unreadable", "give_unreadable"],
  ]),
);

/**
 * @typedef {[name: string, ...substitutions: string[]]} Words  a text of _locales and what it is filled with
 */

/**
 * Return the sentences that tell the outcome of a request.
 *
 * @param {string} request  the message that was sent
 * @param {Outcome | undefined} outcome  undefined where the background failed
 * @param {string} host  of the service, as a person writes it
 * @returns {Words[]}
 */
export function wordsFor(request, outcome, host) {
  if (!outcome) return [["problem_failed"]];
  const { problem, report, hidden } = outcome;
  if (problem) {
    /** @type {Words} */
    const words = PROBLEMS.includes(problem.kind)
      ? [`problem_${problem.kind}`, problem.reason ?? host]
      : ["problem_failed"];
    return report ? [words, ["status_marks_kept"]] : [words];
  }
  if (report) {
    const words = [wordsForReport(report)];
    if (report.selection) words.push(["status_selection"]);
    if (hidden) words.push(["status_hidden"]);
    return words;
  }
  return [[request === CLEAR ? "status_cleared" : "status_unmarked"]];
}

/**
 * Return the sentences that tell what goes where: always the service that is really set.
 *
 * @param {Pick<Settings, "serviceAddress" | "sendTitle"> & {addressIgnored?: boolean}} settings
 * @returns {Words[]}
 */
export function wordsForDestination({ serviceAddress, sendTitle, addressIgnored = false }) {
  const { host, protocol } = new URL(serviceAddress);
  /** @type {Words[]} */
  const words = [[isOnThisComputer(serviceAddress) ? "destination" : "destination_elsewhere", host]];
  if (!isOnThisComputer(serviceAddress) && protocol === "http:") words.push(["destination_open"]);
  if (sendTitle) words.push(["destination_title"]);
  if (addressIgnored) words.push(["address_ignored", host]);
  return words;
}

/**
 * Return the sentences that tell that a correction was not given.
 *
 * @param {Problem} problem
 * @param {string} host  of the service, as a person writes it
 * @returns {Words[]}
 */
export function wordsForGiving(problem, host) {
  // the service may have kept it, and only its answer is late or lost
  const isUncertain = problem.kind === "timeout" || problem.kind === "unreadable";
  return [[isUncertain ? "give_uncertain" : "give_failed"], wordsForReason(problem, host)];
}

/**
 * Return the sentences that tell that a correction could not be taken back.
 *
 * @param {Problem} problem
 * @param {string} host
 * @returns {Words[]}
 */
export function wordsForTakingBack(problem, host) {
  return [["give_back_failed"], wordsForReason(problem, host)];
}

/**
 * @param {Problem} problem
 * @param {string} host
 * @returns {Words}
 */
function wordsForReason({ kind, reason }, host) {
  return [GIVING_PROBLEMS.get(kind) ?? "give_unreadable", reason ?? host];
}

/**
 * @param {Report} report
 * @returns {Words}
 */
function wordsForReport({ counts, unchecked }) {
  const marked = LABEL_IDS.reduce((sum, id) => sum + (counts[id] ?? 0), 0);
  const checked = marked + (counts.none ?? 0) + (counts.unsure ?? 0);
  if (checked === 0) return ["status_nothing_checked"];
  const total = String(checked + unchecked.sentences);
  return marked === 0 ? ["status_nothing_to_mark", total] : ["status_marked", String(marked), total];
}
