// Dragging a slot to another place; the buttons do the same without this.

for (const list of document.querySelectorAll("[data-order]")) {
  window.Sortable?.create(list, {
    handle: ".grip",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    onEnd: async ({ item, oldIndex, newIndex }) => {
      if (oldIndex === newIndex) return;
      const form = new URLSearchParams({ to: String(newIndex), csrf_token: list.dataset.token });
      const answer = await fetch(item.dataset.place, { method: "POST", body: form });
      location.assign(answer.redirected ? answer.url : location.href);
      if (answer.redirected) location.reload();
    },
  });
}
