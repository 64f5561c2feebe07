// Dragging a slot to another place sends the same form as the buttons: what it does to whom is shown before it is kept.

for (const list of document.querySelectorAll("[data-order]")) {
  window.Sortable?.create(list, {
    handle: ".grip",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    onEnd({ item, oldIndex, newIndex }) {
      if (oldIndex === newIndex) return;
      const form = item.querySelector("form[data-place]");
      form.elements.to.value = newIndex;
      form.requestSubmit();
    },
  });
}
