// The browser's half of a live page. It asks for the page's own address again and again, and lays what changed
// into the regions marked data-live. All words come from the page, so that they are in its language.
//
//   <body data-live-every="5" data-live-etag="…" data-live-zone="America/New_York"
//         data-live-manner="en-US-u-hc-h12">     the language, the region and its clock
//   <section id="now" data-live>…</section>      each region has an id
//   <p data-live-status data-updated="Updated {time}" data-lost="No connection since {time}" …>

const body = document.body;
const every = Number(body.dataset.liveEvery) * 1000;
const LOST_AFTER = 30_000;
const GIVE_UP_AFTER = 10_000;
const GONE = new Set([401, 403, 404, 410]);

let etag = body.dataset.liveEtag ? `W/"${body.dataset.liveEtag}"` : "";
const keptAt = Number(document.documentElement.dataset.keptAt); // when the page was kept, if it is shown without network
let answeredAt = keptAt || Date.now();
let failures = keptAt ? 1 : 0;
let asking = false;
let askAgain = false; // somebody chose something while an answer was on its way
let next = 0;

body.toggleAttribute("data-cut", failures > 0); // nothing answers: what is tapped is kept, see presses.js

const status = document.querySelector("[data-live-status]");
const updated = status?.querySelector("[data-updated]");
const lost = status?.querySelector("[data-lost]");

function saidClock(instant) {
  const clock = new Intl.DateTimeFormat(body.dataset.liveManner || document.documentElement.lang, {
    hour: "numeric", minute: "2-digit", timeZone: body.dataset.liveZone || undefined,
  }).format(instant).replace("\u202f", " ").replace(/\b([ap])\.\s?m\./, "$1.\u00a0m."); // as coordinator/spoken says it
  const named = document.documentElement.lang === "en" && clock.match(/^12:00 ([ap])m$/i); // not on a clock of 24 hours
  return named ? (named[1].toLowerCase() === "p" ? "noon" : "midnight") : clock;
}

globalThis.saidClock = saidClock;

function withClock(words, clock) { // as core/wording.py: "la 1:15", and one period after "p. m."
  return words?.replace("{time}", clock).replace(/\b([Ll])as (?=0?1:)/, "$1a ").replace(/([ap]\.\s?m\.)\.(?!\.)/, "$1");
}

function say(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}

function saySomething(gone = false) {
  const cut = gone || Date.now() - answeredAt >= LOST_AFTER;
  const clock = saidClock(answeredAt);
  say(updated, cut ? "" : withClock(updated?.dataset.updated, clock));
  const words = gone ? lost?.dataset.gone : withClock(lost?.dataset.lost, clock);
  say(lost, cut ? words : "");
}

// Change what differs and leave the rest alone, so that focus, typed words and open menus stay where they are.
function lay(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE || old.isEqualNode(fresh) || old.hasAttribute("data-live-keep")) return;
  layAttributes(old, fresh);
  layChildren(old, fresh);
}

function layAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    const opened = name === "open" && old.nodeName === "DETAILS";
    if (!fresh.hasAttribute(name) && !opened) old.removeAttribute(name);
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function layChildren(old, fresh) {
  let here = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const known = wanted.id ? [...old.children].find((child) => child.id === wanted.id) : null;
    if (known && known !== here) {
      old.insertBefore(known, here);
      here = known;
    }
    if (!here || (here.id && here.id !== wanted.id)) {
      old.insertBefore(wanted, here);
      continue;
    }
    const after = here.nextSibling;
    lay(here, wanted);
    here = after;
  }
  while (here) {
    const after = here.nextSibling;
    here.remove();
    here = after;
  }
}

function layPage(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const region of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(region.id);
    if (fresh) lay(region, document.importNode(fresh, true));
  }
  document.dispatchEvent(new CustomEvent("live:laid"));
}

async function ask() {
  const response = await fetch(location.href, {
    headers: { Accept: "text/html", ...(etag && { "If-None-Match": etag }) },
    credentials: "same-origin",
    redirect: "manual",
    cache: "no-store",
    signal: AbortSignal.timeout(GIVE_UP_AFTER),
  });
  if (response.type === "opaqueredirect" || GONE.has(response.status)) return "gone";
  if (response.status === 304) return "same";
  if (!response.ok) throw new Error(String(response.status));
  const text = await response.text();
  layPage(text);
  etag = response.headers.get("ETag") || "";
  return "changed";
}

async function turn() {
  if (asking || document.hidden) return;
  asking = true;
  clearTimeout(next);
  let found;
  try {
    found = await ask();
    answeredAt = Date.now();
    failures = 0;
  } catch {
    failures += 1;
  }
  asking = false;
  body.toggleAttribute("data-cut", failures > 0);
  if (failures) document.dispatchEvent(new CustomEvent("live:lost"));
  if (askAgain) {
    askAgain = false;
    turn();
    return;
  }
  saySomething(found === "gone");
  if (found !== "gone") later();
}

// A fifth to and fro, so that a hall full of phones does not ask in one breath; slower while nothing answers.
function later() {
  clearTimeout(next);
  const pause = Math.min(every * 2 ** Math.min(failures, 3), Math.max(every, LOST_AFTER / 2));
  next = setTimeout(turn, pause * (0.8 + Math.random() * 0.4));
}

if (every > 0) {
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(next) : turn()));
  window.addEventListener("online", turn);
  document.addEventListener("live:ask", () => (asking ? (askAgain = true) : turn()));
  setInterval(() => !document.hidden && failures && saySomething(), 1000);
  saySomething();
  later();
}
