// Presses of the night on a phone that loses the network. A form is sent by a fetch, so that a dead network never ends at
// the browser's error page. A press that gets no answer is kept with the instant of the tap, and waits (waiting.js,
// sending.js); it is shown on its card and in the bar, where it can be taken back. While nothing answers, the sheet that
// the server would show is made here, without its preview. Words come from data attributes of #press-words.

const { drop, keep, newKey } = globalThis.waiting;
const { isCut, mine, note, send, show, tell } = globalThis.sending;

const words = document.querySelector("#press-words").dataset;
const bar = document.querySelector("[data-waiting]");
const PATIENCE = 5_000; // ms until a press is kept that gets no answer
const PRESS = /\/show\/([^/]+)\/(start|end|late|extend|cancel|restore)$/;
const HERE = /\/show\/here\/([^/]+)$|\/people\/([^/]+)\/here$/;
const MARK = /\/volunteers\/tonight\/(\d+)\/(here|not_here)$/;
const OPPOSITE = { here: "not_here", not_here: "here" };
const DECIDE = new Set(["start", "end", "cancel", "restore"]); // after these, the card's own buttons are no use
const STEPS = [5, 10, 15];
const native = new WeakSet(); // forms that go as they are
const busy = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || native.delete(form)) return;
  event.preventDefault();
  if (!busy.has(form)) submit(form, event.submitter);
});

async function submit(form, submitter) {
  const press = pressOf(form);
  const tap = { key: newKey(), at: Date.now() };
  if (press && isCut() && keepPress(press, tap)) return;
  busy.add(form);
  const response = await post(form, submitter, tap.key).catch(() => null);
  busy.delete(form);
  if (response?.ok) return go(response);
  if (response && !(press && isNoAnswer(response))) return sendAsItIs(form, submitter);
  if (!press) return tell(bar.dataset.noNetwork, "wait");
  if (!keepPress(press, { ...tap, tried: true })) tell(bar.dataset.noNetwork, "wait");
}

// Signed out meanwhile, nobody is there, or the house stumbled over it: none says what became of the press.
function isNoAnswer({ status }) {
  return status === 401 || status >= 500;
}

function post(form, submitter, key) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  body.append("key", key);
  const signal = AbortSignal.timeout(PATIENCE);
  return fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" }, signal });
}

function sendAsItIs(form, submitter) {
  native.add(form);
  form.dataset.resent = ""; // no second tap, as press.js would take it
  form.requestSubmit(submitter);
  delete form.dataset.resent;
}

async function go(response) {
  const { to } = await response.json().catch(() => ({}));
  const page = new URL(to ?? location.href, location.href);
  const isHere = page.pathname + page.search === location.pathname + location.search;
  if (!isHere) return location.assign(page);
  if (page.hash) location.hash = page.hash;
  return location.reload();
}

// The press that a form makes; null if it cannot be kept: it gives a true time, or is no press.
function pressOf(form) {
  const { pathname } = new URL(form.getAttribute("action"), location.href);
  const { corrects, clock, undo } = form.elements;
  const here = HERE.exec(pathname);
  if (here) return { slot: decodeURIComponent(here[1] ?? here[2]), verb: undo ? "not_here" : "here" };
  const [, signUp, mark] = MARK.exec(pathname) ?? [];
  if (signUp) return { sign_up: Number(signUp), mark };
  const [, slot, verb] = PRESS.exec(pathname) ?? [];
  if (!slot || corrects || clock?.value) return null;
  return { slot: decodeURIComponent(slot), verb, minutes: minutesIn(form.elements) };
}

// As show_night/previewing.py counts them: minutes from what now stands become minutes after the advertised time.
function minutesIn({ minutes, by, other, stands }) {
  if (!by) return minutes ? Number(minutes.value) : null;
  if (by.value === "back") return 0;
  return fromNow(Number(by.value === "other" ? other.value : by.value), Number(stands?.value) || 0);
}

function fromNow(minutes, stands) {
  return stands ? Math.max(stands + minutes, 0) : minutes;
}

// Whether this browser could keep it.
function keepPress(body, tap) {
  const where = body.mark ? { kind: "marks", to: words.marksTo } : { kind: "presses", to: words.to };
  const own = { ...where, by: bar.dataset.by, until: Number(bar.dataset.until) };
  try {
    keep({ ...tap, ...own, body: { ...body, name: placesOf(body)[0]?.dataset.name ?? body.slot } });
  } catch {
    return false;
  }
  closeSheets();
  show();
  send();
  return true;
}

// What never left this phone is forgotten. What may have arrived is undone there, by its key; an arrival by its opposite.
function takeBack(tap) {
  const { body } = tap;
  const which = body.mark ? "mark" : "verb";
  const opposite = OPPOSITE[body[which]];
  if (tap.tried && !opposite) keep({ ...tap, undone: true });
  else drop(tap.key);
  if (tap.tried && opposite) keepPress({ ...body, [which]: opposite });
  show();
  send();
}

function placesOf({ slot, sign_up: signUp }) {
  const asked = slot === undefined ? `li[data-sign-up="${signUp}"]` : `[data-slot="${CSS.escape(slot)}"]`;
  return [...document.querySelectorAll(asked)];
}

function what({ body: { name, mark, verb = mark, minutes } }) {
  const said = verb === "late" && !minutes ? words.onTime : words[verb === "not_here" ? "notHere" : verb];
  return said.replace("{name}", name).replace("{count}", minutes);
}

function whatAndWhen(tap) {
  return `${what(tap)}, ${globalThis.saidClock(tap.at)}`;
}

function showWaiting() {
  const presses = mine().filter((tap) => [words.to, words.marksTo].includes(tap.to) && !tap.undone);
  for (const tap of presses) {
    const buttons = [[words.undo, () => takeBack(tap)]];
    if (isOnByNow(tap, presses)) buttons.push([words.setFinished, () => keepPress({ slot: tap.body.slot, verb: "end" })]);
    for (const place of placesOf(tap.body)) {
      note(place, tap, `${whatAndWhen(tap)}. ${words.waits}`, ...buttons).classList.toggle("decides", DECIDE.has(tap.body.verb));
    }
  }
  const last = presses.at(-1);
  const undo = bar.querySelector("[data-take-back]");
  undo.hidden = !last;
  undo.onclick = () => takeBack(last);
  const newest = bar.querySelector("[data-newest]");
  const text = last ? `${whatAndWhen(last)}.` : "";
  if (newest.textContent !== text) newest.textContent = text;
}

function isOnByNow({ body: { slot, verb } }, presses) {
  return verb === "start" && !presses.some(({ body }) => body.slot === slot && body.verb === "end");
}

// The sheet of a press, while nothing answers.

function askedIn(url) {
  const [slot, verb] = ["slot", "verb"].map((name) => url.searchParams.get(name));
  if (url.pathname !== location.pathname || !slot || !words[verb]) return null;
  return { slot, verb, corrects: url.searchParams.has("corrects") };
}

function openSheet({ slot, verb, corrects }) {
  const line = document.getElementById(`slot-${slot}`);
  if (!line) return;
  if (corrects) {
    tell(bar.dataset.noNetwork, "wait");
    return;
  }
  closeSheets();
  const sheet = document.querySelector("#offline-sheet").content.firstElementChild.cloneNode(true);
  sheet.querySelector("h2").textContent = words[`ask${verb[0].toUpperCase()}${verb.slice(1)}`].replace("{name}", line.dataset.name);
  sheet.querySelector("[data-close]").addEventListener("click", closeSheets);
  sheet.querySelector("[data-choices]").append(...choicesOf(line, slot, verb));
  document.querySelector("main").append(sheet);
  sheet.querySelector("[data-choices] button").focus();
}

function choicesOf(line, slot, verb) {
  if (verb !== "late" && verb !== "extend") return [choice(words[`do${verb[0].toUpperCase()}${verb.slice(1)}`], { slot, verb })];
  const standsAt = Math.max(Date.parse(line.dataset.at), Date.now());
  const stands = verb === "late" ? Math.max(Math.floor((standsAt - Date.parse(line.dataset.planned)) / 60_000), 0) : 0;
  return STEPS.map((step) => choice(`+${step}`, { slot, verb, minutes: fromNow(step, stands) }));
}

function choice(textContent, press) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn big", textContent });
  button.addEventListener("click", () => keepPress(press) || tell(bar.dataset.noNetwork, "wait"));
  return button;
}

function closeSheets() {
  document.querySelector("main > .press-sheet")?.remove();
  if (!askedIn(new URL(location.href))) return;
  const address = new URL(location.href);
  for (const name of [...address.searchParams.keys()]) if (!["stage", "day"].includes(name)) address.searchParams.delete(name);
  address.hash = "";
  history.replaceState(null, "", address);
  document.querySelector("#sheet")?.replaceChildren();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const asked = link && isCut() ? askedIn(new URL(link.href)) : null;
  if (!asked) return;
  event.preventDefault();
  openSheet(asked);
});
document.addEventListener("live:lost", () => {
  const form = document.querySelector("form[data-look][aria-busy=true]"); // it waits for a preview that will not come
  if (form) openSheet(askedIn(new URL(form.dataset.look, location.href)));
});
document.addEventListener("waiting:changed", showWaiting);
document.addEventListener("waiting:told", ({ detail }) => {
  for (const { tap, answer, says } of detail) {
    if (tap.to === words.to && answer === "kept" && !tap.undone) tell(`${whatAndWhen(tap)}. ${says}`.trim(), "ok");
  }
});
if (document.documentElement.dataset.keptAt && askedIn(new URL(location.href))) openSheet(askedIn(new URL(location.href)));
