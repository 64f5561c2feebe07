// What goes on between two answers: the seconds of the set that is on, and what is shown only for a while.
//
//   <p class="left" data-ends="…Z" data-over="over its 40 min"><svg…/><b>28 min</b><small>left of 40</small></p>
//   <form data-gone-at="…Z">…</form>
//
// Instants are the server's; the clock at the top says how far this phone's own is off.

const clock = document.querySelector("[data-clock]");
const ahead = clock ? Date.parse(clock.dataset.now) - (Number(document.documentElement.dataset.keptAt) || Date.now()) : 0;
const TOAST = 12_000; // ms

function stopwatch(ms) {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `+${hours}:${two(minutes)}:${two(rest)}` : `+${minutes}:${two(rest)}`;
}

function tick() {
  const now = Date.now() + ahead;
  for (const left of document.querySelectorAll("[data-ends]")) {
    const over = now - Date.parse(left.dataset.ends);
    if (over < 0) continue;
    left.classList.add("over");
    left.querySelector("b").textContent = stopwatch(over);
    left.querySelector("small").textContent = left.dataset.over;
  }
  for (const shown of document.querySelectorAll("[data-gone-at]")) {
    if (now >= Date.parse(shown.dataset.goneAt)) shown.classList.add("gone");
  }
}

setTimeout(() => document.querySelector(".toasts")?.classList.add("gone"), TOAST);
document.addEventListener("live:laid", tick);
setInterval(tick, 1000);
tick();
