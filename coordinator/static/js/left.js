// Minutes and seconds until a start, between two answers:
// <p data-left="…Z" data-now="…Z" data-before="left" data-over="late"><b>6 min</b> <small>left</small></p>
// It counts from the server's time, since a phone's own clock may be wrong. What a live page lays in is told anew.

const seen = new WeakMap(); // element: the server's time that it was laid in with, and when that was here
const say = (where, words) => { if (where.textContent !== words) where.textContent = words; };

function tell(element) {
  const { now, left, before, over } = element.dataset;
  if (seen.get(element)?.now !== now) {
    const kept = !seen.has(element) && Number(document.documentElement.dataset.keptAt); // a page that was kept is older
    seen.set(element, { now, at: kept || Date.now() });
  }
  const seconds = Math.round((Date.parse(left) - Date.parse(now) - (Date.now() - seen.get(element).at)) / 1000);
  const far = Math.abs(seconds);
  say(element.querySelector("b"), `${seconds < 0 ? "+" : ""}${Math.floor(far / 60)}:${String(far % 60).padStart(2, "0")}`);
  say(element.querySelector("small"), seconds < 0 ? over : before);
  element.classList.toggle("is-over", seconds < 0);
}

setInterval(() => document.querySelectorAll("[data-left]").forEach(tell), 250);
