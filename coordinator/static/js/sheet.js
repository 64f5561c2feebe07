// The shift sheet on a phone: a press is kept first and then sent, so that it is never lost. What is not yet taken in
// stands beside the person. Words come from data attributes of #mark-words.

const { drop, keep } = globalThis.waiting;
const { mine, note, send, show } = globalThis.sending;

const words = document.querySelector("#mark-words").dataset;
const filter = document.querySelector("[data-filter]");
const OPEN_AFTER = 5_000; // ms between two looks at what may be pressed by now
const BACK = { here: "not_here", no_show: "not_here", late: "late", left: "here" };
const WORD = { here: "here", not_here: "notHere", late: "onTime", no_show: "noShow", left: "left" };

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-mark]");
  if (!form) return;
  const minutes = event.submitter?.name === "minutes" ? event.submitter.value : form.elements.minutes?.value;
  try {
    keepMark({ sign_up: Number(form.dataset.signUp), mark: form.dataset.mark, minutes: Number(minutes) || 0 });
  } catch {
    return; // no store in this browser: the form goes as it is
  }
  event.preventDefault();
  form.closest("details")?.removeAttribute("open");
});

function keepMark(body) {
  keep({ kind: "marks", body, to: words.to, by: words.by, until: Number(words.until) });
  show();
  send();
}

// What never left this phone is simply forgotten; what may have arrived is answered by its opposite.
function takeBack({ key, tried, body }) {
  if (tried) keepMark({ sign_up: body.sign_up, mark: BACK[body.mark] ?? "not_here", minutes: 0 });
  else drop(key);
  show();
}

function showNotes() {
  for (const tap of mine()) {
    const { sign_up: signUp, mark, minutes } = tap.body;
    const row = tap.to === words.to && document.getElementById(`p-${signUp}`);
    if (!row) continue;
    const name = mark === "late" && minutes ? words.late.replace("{count}", minutes) : words[WORD[mark]];
    note(row, tap, `${name}: ${words.kept}`, [words.undo, () => takeBack(tap)]);
  }
}

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

document.addEventListener("waiting:changed", showNotes);
document.addEventListener("live:laid", () => {
  sift();
  open();
});
filter?.addEventListener("input", sift);
setInterval(open, OPEN_AFTER);
sift();
