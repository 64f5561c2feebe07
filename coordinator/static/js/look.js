// Choosing minutes shows at once what they move. Without this a button asks for the same page.
// The choice goes into the address, so that live.js keeps asking for the page with it.

function look(form) {
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form)).toString();
  history.replaceState(null, "", address);
  form.closest("section").setAttribute("aria-busy", "true");
  document.dispatchEvent(new CustomEvent("live:ask"));
}

function hideButtons() {
  for (const button of document.querySelectorAll("[data-look-button]")) button.hidden = true;
}

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-look]");
  const typing = target.value === "other" && !form?.elements.other.value;
  if (form && !typing) look(form);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-look]")) return;
  event.preventDefault();
  look(event.target);
});
document.addEventListener("live:laid", hideButtons);
hideButtons();
