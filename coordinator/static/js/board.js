// A board: it stays awake, says that it is shown, and its timer counts the seconds.
//
//   <main data-board data-reports>   without data-reports only a browser that came with ?screen= is a screen
//   <section data-timer data-now="…Z" data-to="…Z" data-one-more="300" data-last="60" data-is="calm">
//     <p data-count>12 min</p>  <p data-phase="one_more" hidden>ONE MORE SONG</p> …

const board = document.querySelector("[data-board]");
const asked = new URL(location.href);

// js/live.js asks for the address of this page; with the name of this browser in it, each question is a report.
if ("reports" in board.dataset || asked.searchParams.has("screen")) {
  const name = asked.searchParams.get("screen");
  if (!name || name === "new") {
    asked.searchParams.set("screen", ownName());
    history.replaceState(null, "", asked);
  }
  stayAwake();
  document.addEventListener("visibilitychange", stayAwake);
}

function ownName() {
  const made = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const place = `screen ${location.pathname}`; // one browser may show several boards
  try {
    const kept = localStorage.getItem(place) || made;
    localStorage.setItem(place, kept);
    return kept;
  } catch {
    return made; // this browser keeps nothing
  }
}

async function stayAwake() {
  try {
    if (!document.hidden) await navigator.wakeLock?.request("screen");
  } catch {
    // it may not, for instance because its battery is low
  }
}

let ahead = 0; // how far the server's clock is ahead of this browser's
let toldAt = ""; // by which answer

function tick() {
  const timer = document.querySelector("[data-timer]");
  if (!timer) return;
  const { now, to, oneMore = 0, last = 0 } = timer.dataset;
  if (now !== toldAt) {
    toldAt = now;
    ahead = Date.parse(now) - Date.now();
  }
  const left = (Date.parse(to) - Date.now() - ahead) / 1000;
  const is = left > oneMore ? "calm" : left > last ? "one_more" : left > 0 ? "last" : "over";
  timer.dataset.is = is;
  for (const phase of timer.querySelectorAll("[data-phase]")) phase.hidden = phase.dataset.phase !== is;
  for (const count of timer.querySelectorAll("[data-count]")) {
    const words = left > 0 ? clock(Math.ceil(left)) : `+${clock(Math.floor(-left))}`;
    if (count.textContent !== words) count.textContent = words;
  }
}

function clock(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(seconds / 3600);
  return hours ? `${hours}:${minutes}:${rest}` : `${Number(minutes)}:${rest}`;
}

setInterval(tick, 250);
document.addEventListener("live:laid", tick);
tick();
