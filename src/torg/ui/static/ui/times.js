// Keeps "2 h 10 min left" true while the page stays open. Deadlines in working time are left to the server.
const MINUTE = 60_000;
const unit = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "short" });
const hour = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "hour", unitDisplay: "short" });

function left(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  const hours = Math.floor(minutes / 60);
  return [hours && hour.format(hours), (minutes % 60 || !hours) && unit.format(minutes % 60)].filter(Boolean).join(" ");
}

function refresh() {
  for (const element of document.querySelectorAll("[data-countdown-text]")) {
    const remaining = new Date(element.dataset.countdownText) - Date.now();
    element.textContent = left(Math.max(remaining, 0));
    if (remaining <= 0) element.dispatchEvent(new CustomEvent("torg:due", { bubbles: true }));
  }
}

setInterval(refresh, MINUTE / 2);
