/** "What was sent": the last request, exactly as it left. It is kept in memory until the browser ends. */

import { isRecord } from "../shared/messages.js";
import { element, text } from "../shared/page.js";

export async function showSent() {
  const { lastRequest } = await chrome.storage.session.get("lastRequest");
  const isThere = isRecord(lastRequest);
  element("sent", HTMLElement).hidden = !isThere;
  element("sent-none", HTMLElement).hidden = isThere;
  element("sent-forget", HTMLButtonElement).onclick = () => chrome.storage.session.remove("lastRequest");
  if (!isThere) return;
  const { date, method, address, headers, body, withToken } = lastRequest;
  const time = element("sent-date", HTMLTimeElement);
  time.dateTime = String(date);
  time.textContent = new Date(String(date)).toLocaleString();
  const lines = Object.entries(isRecord(headers) ? headers : {}).map(([name, value]) => `${name}: ${value}`);
  if (withToken === true) lines.push(`Authorization: Bearer … ${text("options_sent_token")}`);
  element("sent-request", HTMLElement).textContent = [`${method} ${address}`, ...lines, "", body].join("\n");
}
