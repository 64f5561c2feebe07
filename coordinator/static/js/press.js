// A press does what it shows. Choosing or typing minutes, or the true time, shows at once what they move; until that is
// on the page, the button cannot be pressed. Without this a button asks for the same page, and the server refuses what
// was not shown. The choice goes into the address, so that live.js keeps asking for the page with it.

const TYPING = 400; // ms without a key before what was typed is looked at
const AGAIN = 3000; // ms in which a second tap on the same button is not a second press
const tapped = new WeakMap(); // form: when it was pressed
let typing = 0;

function chosen({ elements: { by, other, clock } }) {
  if (by) return by.value === "other" ? other.value.trim() : by.value;
  return clock ? clock.value : "";
}

function agrees(form) {
  return chosen(form) === form.dataset.looked && form.getAttribute("aria-busy") !== "true";
}

function arm() {
  for (const form of document.querySelectorAll("form[data-look]")) {
    for (const button of form.querySelectorAll("[data-arm]")) button.disabled = !agrees(form);
    form.querySelector("[data-look-button]").hidden = true;
  }
}

function look(form) {
  clearTimeout(typing);
  const address = new URL(form.dataset.look, location.href);
  const { by, other, clock } = form.elements;
  if (by) address.searchParams.set("by", by.value);
  if (by?.value === "other") address.searchParams.set("other", other.value);
  if (clock?.value) address.searchParams.set("clock", clock.value);
  history.replaceState(null, "", address);
  form.setAttribute("aria-busy", "true");
  arm();
  document.dispatchEvent(new CustomEvent("live:ask"));
}

function tappedTwice(form) {
  const before = tapped.get(form) ?? 0;
  tapped.set(form, Date.now());
  return Date.now() - before < AGAIN;
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-look]");
  if (!form) return;
  arm();
  clearTimeout(typing);
  const { other, clock } = form.elements;
  if (target === clock || (target === other && target.value.trim())) typing = setTimeout(look, TYPING, form);
});
document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-look]");
  if (form && target !== form.elements.clock && !agrees(form) && chosen(form)) look(form);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-press]:not([data-resent])")) return;
  const looks = form.matches("[data-look]") && (event.submitter?.matches("[data-look-button]") || !agrees(form));
  if (looks || tappedTwice(form)) event.preventDefault();
  if (looks) look(form);
});
document.addEventListener("live:laid", arm);
arm();
