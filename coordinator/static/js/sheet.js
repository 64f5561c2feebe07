// The shift sheet on a phone: a press is kept first and then sent, so that it is never lost. What is not yet taken in
// stands beside the person. Words come from data attributes of #kept.

const { BACK, clearSheets, dropMark, keepMark, keptMarks, noteTried } = globalThis.marks;

const box = document.querySelector("#kept");
const words = box.dataset;
const filter = document.querySelector("[data-filter]");
const GIVE_UP_AFTER = 10_000; // ms
const AGAIN_AFTER = 5_000;
const MOST_AT_ONCE = 200; // marks; the server takes in no more with one request

let sending = false;
let again = false;
let trouble = ""; // "offline" or "signed-out" since the last try
let refused = 0;
let early = 0;
let token = document.querySelector("form[data-mark] [name=csrf_token]")?.value ?? words.token;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-mark]");
  if (!form) return;
  const minutes = event.submitter?.name === "minutes" ? event.submitter.value : form.elements.minutes?.value;
  try {
    keep({ sign_up: Number(form.dataset.signUp), mark: form.dataset.mark, minutes: Number(minutes) || 0 });
  } catch {
    return; // no store in this browser: the form goes as it is
  }
  event.preventDefault();
  form.closest("details")?.removeAttribute("open");
});

function keep(mark) {
  keepMark({ ...mark, to: words.to, until: Number(words.until) });
  show();
  send();
}

// What never left this phone is simply forgotten; what may have arrived is answered by its opposite.
function takeBack(mark) {
  if (mark.tried) keep({ sign_up: mark.sign_up, mark: BACK[mark.mark] ?? "not_here", minutes: 0 });
  else dropMark(mark.key);
  show();
}

async function send() {
  if (sending) {
    again = true;
    return;
  }
  const marks = keptMarks();
  if (!marks.length) return;
  sending = true;
  try {
    for (const to of new Set(marks.map((mark) => mark.to))) await sendTo(to, marks.filter((mark) => mark.to === to));
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

async function sendTo(to, marks) {
  for (let first = 0; first < marks.length; first += MOST_AT_ONCE) {
    if (!(await sendSome(to, marks.slice(first, first + MOST_AT_ONCE)))) return;
  }
}

// Whether they were taken in.
async function sendSome(to, marks) {
  noteTried(marks);
  let response = await post(to, marks);
  if (response.status === 400 && (await freshToken())) response = await post(to, marks);
  if (response.ok) {
    take((await response.json()).marks);
    return true;
  }
  trouble = [400, 401].includes(response.status) || response.type === "opaqueredirect" ? "signed-out" : "offline";
  return false;
}

function take(answers) {
  trouble = "";
  for (const [key, answer] of Object.entries(answers)) {
    dropMark(key);
    if (["off", "wrong"].includes(answer)) refused += 1;
    if (answer === "early") early += 1;
  }
  document.dispatchEvent(new CustomEvent("live:ask"));
}

function post(to, marks) {
  const body = marks.map(({ key, sign_up, mark, minutes, at }) => ({ key, sign_up, mark, minutes, ago: Date.now() - at }));
  return fetch(to, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ marks: body }),
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(GIVE_UP_AFTER),
  });
}

// A page from before signing in again carries a token that no longer counts; false when nobody is signed in.
async function freshToken() {
  const response = await fetch(location.pathname, { redirect: "manual", cache: "no-store", headers: { Accept: "text/html" } });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  token = page.querySelector("#kept")?.dataset.token ?? token;
  return true;
}

function show() {
  const marks = keptMarks();
  document.querySelectorAll("[data-kept-note]").forEach((note) => note.remove());
  document.querySelectorAll(".is-kept").forEach((row) => row.classList.remove("is-kept"));
  for (const mark of marks) if (mark.to === words.to) note(mark);
  const count = marks.length;
  const said = [];
  if (count && trouble === "signed-out") said.push(count === 1 ? words.signInOne : words.signInMany.replace("{count}", count));
  else if (count && (trouble || !navigator.onLine)) said.push(count === 1 ? words.one : words.many.replace("{count}", count));
  if (refused) said.push(words.refused);
  if (early) said.push(words.early);
  const text = box.querySelector("p");
  if (text.textContent !== said.join(" ")) text.textContent = said.join(" ");
  box.querySelector("a").hidden = !(count && trouble === "signed-out");
  box.classList.toggle("sr", !said.length);
}

function note(mark) {
  const row = document.getElementById(`p-${mark.sign_up}`);
  if (!row) return;
  row.classList.add("is-kept");
  const line = document.createElement("div");
  line.className = "kept-note";
  line.dataset.keptNote = mark.key;
  const says = document.createElement("p");
  const name = mark.mark === "late" && mark.minutes ? words.late.replace("{count}", mark.minutes) : words[WORD[mark.mark]];
  says.textContent = `${name}: ${words.kept}`;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "btn slim";
  undo.textContent = words.undo;
  undo.addEventListener("click", () => takeBack(mark));
  line.append(says, undo);
  row.append(line);
}

const WORD = { here: "here", not_here: "notHere", late: "onTime", no_show: "noShow", left: "left" };

function sift() {
  const asked = filter?.value.trim().toLocaleLowerCase() ?? "";
  for (const row of document.querySelectorAll("[data-name]")) {
    row.hidden = Boolean(asked) && !row.dataset.name.toLocaleLowerCase().includes(asked);
  }
}

// Buttons that can be pressed only from an instant on, also on a page that stays open without network.
function open() {
  for (const part of document.querySelectorAll("[data-from]")) part.hidden = Date.now() < Date.parse(part.dataset.from);
  for (const part of document.querySelectorAll("[data-before]")) part.hidden = Date.now() >= Date.parse(part.dataset.before);
}

async function stay() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(words.worker, { scope: location.pathname });
  const { active } = await navigator.serviceWorker.ready;
  const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], svg.icon use");
  const urls = [...parts].map((part) => new URL(part.getAttribute("href") ?? part.getAttribute("src"), location.href));
  const assets = new Set(urls.map(({ href }) => href.split("#")[0]));
  active.postMessage({ keep: { page: location.pathname, assets: [...assets] } });
}

document.addEventListener("live:laid", () => {
  show();
  sift();
  open();
});
filter?.addEventListener("input", sift);
window.addEventListener("online", send);
window.addEventListener("offline", show);
document.addEventListener("visibilitychange", () => document.hidden || send());
setInterval(() => keptMarks().length && send(), AGAIN_AFTER);
setInterval(open, AGAIN_AFTER);
show();
sift();
send();
clearSheets();
stay().catch(() => {}); // without a worker the sheet still works while there is a network
