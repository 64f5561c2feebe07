// A clock that goes on between two answers: <time data-clock data-now="…Z" data-zone="…">8:52</time>.
// It counts from the server's time, since a phone's own clock may be wrong.

function start(element) {
  const keptAt = Number(document.documentElement.dataset.keptAt); // a page that was kept is older than this moment
  const ahead = Date.parse(element.dataset.now) - (keptAt || Date.now());
  const format = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, {
    hour: "numeric", minute: "2-digit", hourCycle: element.dataset.cycle || "h23", timeZone: element.dataset.zone,
  });
  setInterval(() => {
    const parts = format.formatToParts(Date.now() + ahead).filter(({ type }) => type === "hour" || type === "minute");
    const said = parts.map(({ value }) => value).join(":").replace(/^0(?=\d:)/, "");
    if (element.textContent !== said) element.textContent = said;
  }, 1000);
}

document.querySelectorAll("[data-clock]").forEach(start);
