// On any page beside the sheet: throw away sheets that may no longer be kept, and say on the sign-in page what waits.

const { clearSheets, keptMarks } = globalThis.marks;

const place = document.querySelector("[data-kept-marks]");
clearSheets(Boolean(place));
const count = place ? keptMarks().length : 0;
if (count) {
  place.querySelector("p").textContent = count === 1 ? place.dataset.one : place.dataset.many.replace("{count}", count);
  place.hidden = false;
}
