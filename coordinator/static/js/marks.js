// Marks that were pressed and have not been taken in yet, in this browser's own store: one entry a mark, so that two
// tabs never write over each other. A mark holds numbers only, no names. Loaded before the scripts that use it; not imported by them,
// since an import would carry no hash of its content in its address.

const PREFIX = "callboard.mark.";
const A_DAY = 24 * 3600 * 1000; // a mark waits one day longer than the sheet, for a phone that comes home first

const BACK = { here: "not_here", no_show: "not_here", late: "late", left: "here" };

function keptMarks() {
  const marks = [];
  for (let place = localStorage.length - 1; place >= 0; place -= 1) {
    const name = localStorage.key(place);
    if (!name.startsWith(PREFIX)) continue;
    try {
      const mark = JSON.parse(localStorage.getItem(name));
      if (mark.until + A_DAY > Date.now()) marks.push(mark);
      else localStorage.removeItem(name);
    } catch {
      localStorage.removeItem(name);
    }
  }
  return marks.sort((one, other) => one.at - other.at);
}

function keepMark(mark) {
  const random = crypto.getRandomValues(new Uint8Array(12));
  const key = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const whole = { ...mark, key, at: Date.now(), tried: false };
  localStorage.setItem(PREFIX + key, JSON.stringify(whole));
  return whole;
}

function dropMark(key) {
  localStorage.removeItem(PREFIX + key);
}

function noteTried(marks) {
  for (const mark of marks) if (!mark.tried) localStorage.setItem(PREFIX + mark.key, JSON.stringify({ ...mark, tried: true }));
}

// Sheets of days that are over are thrown away by whichever page of ours is opened next; all of them, once signed out.
async function clearSheets(all = false) {
  if (!("caches" in window)) return;
  const pages = await caches.open("callboard-sheet-pages");
  for (const request of await pages.keys()) {
    const page = await pages.match(request, { ignoreVary: true });
    if (all || Number(page?.headers.get("X-Keep-Until")) <= Date.now()) await pages.delete(request, { ignoreVary: true });
  }
}

globalThis.marks = { BACK, clearSheets, dropMark, keepMark, keptMarks, noteTried };
