// The bar under a list of shifts names the one that is chosen, or says how many are:
// <span data-chosen data-many="% shifts">…</span>, <input data-name="Front door">.

const said = document.querySelector("[data-chosen]");

function name() {
  const inputs = document.querySelectorAll("[data-name]:checked");
  if (!said || !inputs.length) return;
  said.textContent = inputs.length === 1 ? inputs[0].dataset.name : said.dataset.many.replace("%", inputs.length);
}

document.addEventListener("change", name);
name();
