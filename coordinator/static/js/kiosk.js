// A kiosk forgets whoever walked away, and keeps no page of a coordinator who held the tablet before.

globalThis.waiting.clearPages(true);
const { backAfter, backTo } = document.querySelector("main").dataset;
if (backAfter) {
  let leaving = setTimeout(leave, Number(backAfter) * 1000);
  document.addEventListener("input", () => {
    clearTimeout(leaving);
    leaving = setTimeout(leave, Number(backAfter) * 1000);
  });
}

function leave() {
  location.replace(backTo);
}
