// A rehearsal is on its page from the first moment to the last; this moves the moment. What has data-at is seen from then,
// and until data-until. The moment goes into the form, so that whatever is pressed happens there.

const rehearsal = document.querySelector("[data-rehearsal]");
const form = document.getElementById("rehearsal");
const clock = rehearsal.querySelector("[data-clock]");
const paces = rehearsal.querySelector("[data-paces]");
const slots = rehearsal.querySelector("[data-slots]");
const [begins, ends] = [rehearsal.dataset.begins, rehearsal.dataset.ends].map(Date.parse);
const EVERY = 100; // ms

const seen = [...rehearsal.querySelectorAll("[data-at]")].map((element) => ({
  element, from: Date.parse(element.dataset.at), until: element.dataset.until ? Date.parse(element.dataset.until) : Infinity,
}));
const happenings = [...rehearsal.querySelectorAll("[data-happening]")].map((element) => ({
  element, from: Date.parse(element.dataset.happening),
}));
const bubbles = seen.filter(({ element }) => element.matches(".bubble"));
const counts = [...rehearsal.querySelectorAll("[data-count]")].map((element) => ({
  element, bubbles: bubbles.filter((bubble) => bubble.element.closest(".phone").id === element.dataset.count && !bubble.element.matches(".mine")),
}));

let at = Date.parse(form.elements.at.value);
let pace = 0;
let last = 0;
let slotChosen = Boolean(slots?.matches("[aria-invalid]"));

function show() {
  for (const { element, from, until } of seen) {
    const hidden = from > at || at >= until;
    if (element.hidden !== hidden) element.hidden = hidden;
  }
  for (const { element, from } of happenings) element.classList.toggle("to-come", from > at);
  for (const { element, bubbles: own } of counts) {
    const words = String(own.filter(({ from }) => from <= at).length);
    if (element.textContent !== words) element.textContent = words;
  }
  form.elements.at.value = new Date(at).toISOString();
  clock.dataset.now = form.elements.at.value;
  clock.dispatchEvent(new Event("clock:moved"));
  const next = rehearsal.querySelector(".shot:not([hidden])")?.dataset.slot;
  if (slots && !slotChosen && next) slots.value = next;
}

function go(moment) {
  at = Math.min(Math.max(moment, begins), ends);
  show();
  if (at === ends) setPace(0);
}

function setPace(wanted) {
  pace = wanted;
  last = performance.now();
  for (const button of paces.children) button.setAttribute("aria-pressed", String(Number(button.dataset.pace) === pace));
}

function after(moments) {
  return Math.min(ends, ...moments.map(({ from }) => from).filter((from) => from > at));
}

const STEPS = {
  text: () => after(bubbles),
  minute: () => Math.floor(at / 60_000) * 60_000 + 60_000,
  happening: () => after(happenings),
};

setInterval(() => {
  if (!pace) return;
  const passed = performance.now() - last;
  last += passed;
  go(at + passed * pace);
}, EVERY);

rehearsal.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.pace) setPace(Number(button.dataset.pace));
  if (button?.name !== "to") return;
  event.preventDefault();
  setPace(0);
  go(STEPS[button.value]?.() ?? Date.parse(button.dataset.jump));
});
// Enter where a text is typed sends that text, as a press of its own button does.
rehearsal.addEventListener("keydown", (event) => {
  const send = event.key === "Enter" && event.target.closest(".typing")?.querySelector("button");
  if (!send) return;
  event.preventDefault();
  form.requestSubmit(send);
});
slots?.addEventListener("change", () => { slotChosen = true; });
clock.dataset.stands = "";
paces.hidden = false;
show();
