// A clock that goes on between two answers, in the manner of the page's language and the show's region:
// <time data-clock data-now="…Z" data-zone="…" data-manner="en-US-u-hc-h12">8:52</time> <small>PM</small>
// It counts from the server's time, since a phone's own clock may be wrong. One with data-stands shows data-now alone, and
// again after "clock:moved".

function start(element) {
  const half = element.parentElement.querySelector("small");
  const mark = element.textContent.includes(".") ? "." : ":";
  const keptAt = Number(document.documentElement.dataset.keptAt); // a page that was kept is older than this moment
  const ahead = Date.parse(element.dataset.now) - (keptAt || Date.now());
  const format = new Intl.DateTimeFormat(element.dataset.manner, {
    hour: "numeric", minute: "2-digit", timeZone: element.dataset.zone,
  });
  const say = (where, words) => { if (where.textContent !== words) where.textContent = words; };
  const now = () => ("stands" in element.dataset ? Date.parse(element.dataset.now) : Date.now() + ahead);
  const show = () => {
    const parts = Object.fromEntries(format.formatToParts(now()).map(({ type, value }) => [type, value]));
    say(element, parts.hour + mark + parts.minute);
    if (half && parts.dayPeriod) say(half, parts.dayPeriod.replace(/\b([ap])\.\s?m\./, "$1.\u00a0m.")); // as coordinator/spoken says it
  };
  setInterval(show, 1000);
  element.addEventListener("clock:moved", show);
}

document.querySelectorAll("[data-clock]").forEach(start);
