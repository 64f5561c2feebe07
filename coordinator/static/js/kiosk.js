// A kiosk forgets whoever walked away, and keeps no shift sheet of a coordinator who held the tablet before.

globalThis.marks.clearSheets(true);
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
