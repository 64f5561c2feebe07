// On the sign-in page: nothing of a night stays on this phone. What waits is said, and is thrown away only by who signed
// out; somebody whose time was up signs in again, and it is sent.

const { clearPages, drop, everything } = globalThis.waiting;

const place = document.querySelector("[data-kept-marks]");
clearPages(true);
if (place.hasAttribute("data-signed-out")) everything().forEach(({ key }) => drop(key));
const count = everything().length;
if (count) {
  place.querySelector("p").textContent = count === 1 ? place.dataset.one : place.dataset.many.replace("{count}", count);
  place.hidden = false;
}
