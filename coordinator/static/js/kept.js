// On every page that leads in: nothing of a night stays on this phone. On the sign-in page, what waits is said, and is
// thrown away only by who signed out; somebody whose time was up signs in again, and it is sent.

const { clearPages, drop, everything } = globalThis.waiting;

const place = document.querySelector("[data-kept-marks]");
clearPages(true);
if (place?.hasAttribute("data-signed-out")) everything().forEach(({ key }) => drop(key));
const count = place ? everything().length : 0;
if (count) {
  place.querySelector("p").textContent = count === 1 ? place.dataset.one : place.dataset.many.replace("{count}", count);
  place.hidden = false;
}
