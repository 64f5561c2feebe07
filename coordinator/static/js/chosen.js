// The bar under a list of shifts names the one that is chosen: <span data-chosen>…</span>, <input data-name="Front door">.

const said = document.querySelector("[data-chosen]");

function name() {
  const input = document.querySelector("[data-name]:checked");
  if (said && input) said.textContent = input.dataset.name;
}

document.addEventListener("change", name);
name();
