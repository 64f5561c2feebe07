// Sends what waits, from whichever page is open when the network is back, oldest first. What waits, and what became of
// it, is said in the box marked data-waiting, whose attributes hold the words; see components/waiting.html.
//
//   waiting:changed     something waits, or waits no longer
//   waiting:told        detail: [{ tap, answer, says }], what the server made of taps

const { clearPages, drop, everything, keep, stored } = globalThis.waiting;

const box = document.querySelector("[data-waiting]");
const words = box?.dataset ?? {};
const GIVE_UP_AFTER = 10_000; // ms
const AGAIN_AFTER = 5_000;
const MOST_AT_ONCE = 50; // taps; the server takes no more with one request
const REFUSED = new Set([403, 404, 410]); // by the house itself, which says why; a hall's own gate says nothing in JSON
const TOLD_FOR = { ok: 12_000, wait: 60_000 };

let sending = false;
let again = false;
let trouble = ""; // "offline" or "signed-out" since the last try
let token = words.token;
const said = new Set();

function mine() {
  return everything().filter((tap) => tap.by === words.by);
}

async function send() {
  if (sending) {
    again = true;
    return;
  }
  const taps = box ? mine() : [];
  if (!taps.length) return;
  sending = true;
  try {
    for (const to of new Set(taps.map((tap) => tap.to))) await sendTo(to, taps.filter((tap) => tap.to === to));
  } catch {
    trouble = "offline";
  }
  sending = false;
  show();
  if (again) {
    again = false;
    send();
  }
}

async function sendTo(to, taps) {
  for (let first = 0; first < taps.length; first += MOST_AT_ONCE) {
    if (!(await sendSome(to, taps.slice(first, first + MOST_AT_ONCE)))) return;
  }
}

// Whether they were taken in. What was taken back since is not among them.
async function sendSome(to, listed) {
  const taps = listed.map(({ key }) => stored(key)).filter(Boolean);
  if (!taps.length) return true;
  for (const tap of taps) if (!tap.tried) keep({ ...tap, tried: true });
  let response = await post(to, taps);
  if (response.status === 400 && (await freshToken())) response = await post(to, taps);
  if (response.ok) {
    take(taps, (await response.json())[taps[0].kind]);
    return true;
  }
  if (REFUSED.has(response.status) && response.headers.get("Content-Type") === "application/problem+json") {
    const { detail } = await response.json();
    for (const { key } of taps) drop(key);
    trouble = "";
    tell(words.off.replace("{why}", detail), "wait");
    return true;
  }
  trouble = [400, 401].includes(response.status) || response.type === "opaqueredirect" ? "signed-out" : "offline";
  return false;
}

function take(taps, answers) {
  trouble = "";
  const told = [];
  for (const tap of taps) {
    const answer = answers[tap.key];
    if (answer === undefined || (stored(tap.key)?.undone && !tap.undone)) continue; // taken back on its way
    drop(tap.key);
    told.push({ tap, ...(typeof answer === "string" ? { answer } : answer) });
  }
  told.forEach(explain);
  document.dispatchEvent(new CustomEvent("waiting:told", { detail: told }));
  document.dispatchEvent(new CustomEvent("live:ask"));
}

function explain({ tap, answer, says }) {
  if (says && answer === "off") tell(words.off.replace("{why}", says), "wait");
  else if (answer === "off" || answer === "wrong") tell(tap.kind === "marks" ? words.refused : words.wrong, "wait");
  else if (answer === "early") tell(words.early, "wait");
}

// Said once: for a while where there is a place for that, else in the box.
function tell(text, kind) {
  const toasts = document.querySelector(".toasts");
  if (!toasts) {
    said.add(text);
    return;
  }
  const notice = document.createElement("div");
  notice.className = `notice ${kind}`;
  notice.setAttribute("role", "status");
  notice.append(Object.assign(document.createElement("p"), { textContent: text }));
  toasts.classList.remove("gone");
  toasts.append(notice);
  notice.addEventListener("click", () => notice.remove());
  setTimeout(() => notice.remove(), TOLD_FOR[kind]);
}

function post(to, taps) {
  const list = taps.map(({ body, key, at, undone }) => ({ ...body, key, ago: Date.now() - at, ...(undone && { undone }) }));
  return fetch(to, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ by: words.by, [taps[0].kind]: list }),
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(GIVE_UP_AFTER),
  });
}

// A page from before signing in again carries a token that no longer counts; false when nobody is signed in, or somebody
// else, in whose name nothing of ours is sent.
async function freshToken() {
  const response = await fetch(location.pathname, { redirect: "manual", cache: "no-store", headers: { Accept: "text/html" } });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-waiting]")?.dataset;
  if (fresh?.by !== words.by) return false;
  token = fresh.token;
  return true;
}

function show() {
  if (!box) return;
  const count = mine().filter((tap) => !tap.undone).length;
  const lines = [];
  if (count && trouble === "signed-out") lines.push(count === 1 ? words.signInOne : words.signInMany.replace("{count}", count));
  else if (count && (trouble || isCut())) lines.push(count === 1 ? words.one : words.many.replace("{count}", count));
  lines.push(...said);
  const text = box.querySelector("[data-said]");
  if (text.textContent !== lines.join(" ")) text.textContent = lines.join(" ");
  box.querySelector("a").hidden = !(count && trouble === "signed-out");
  box.classList.toggle("sr", !lines.length);
  document.querySelectorAll("[data-kept-note]").forEach((each) => each.remove());
  document.querySelectorAll(".is-kept").forEach((each) => each.classList.remove("is-kept"));
  document.dispatchEvent(new CustomEvent("waiting:changed"));
}

// What waits, beside what it is about, with buttons: [words, what they do].
function note(place, { key }, text, ...buttons) {
  place.classList.add("is-kept");
  const line = Object.assign(document.createElement("div"), { className: "kept-note" });
  line.dataset.keptNote = key;
  line.append(Object.assign(document.createElement("p"), { textContent: text }));
  for (const [textContent, press] of buttons) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn slim", textContent });
    button.addEventListener("click", press);
    line.append(button);
  }
  const presses = place.querySelector(":scope > .presses");
  if (presses) presses.after(line);
  else place.append(line);
  return line;
}

// As far as this page knows: live.js marks it when nothing answers.
function isCut() {
  return !navigator.onLine || document.body.hasAttribute("data-cut");
}

globalThis.sending = { isCut, mine, note, send, show, tell };

window.addEventListener("online", send);
window.addEventListener("offline", show);
document.addEventListener("visibilitychange", () => document.hidden || send());
document.addEventListener("live:laid", show);
document.addEventListener("live:lost", show);
setInterval(send, AGAIN_AFTER);
setTimeout(() => {
  if (location.hash === "#not-sent") {
    history.replaceState(null, "", location.pathname + location.search);
    tell(words.noNetwork, "wait");
  }
  show();
  send();
});
clearPages();
