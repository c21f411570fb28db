// Dragging in the calendar: fills in the day of the item's own form and sends that, so the server asks the same questions.
"use strict";

let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".p-item[draggable]");
  if (dragged) event.dataTransfer.effectAllowed = "move";
});

for (const day of document.querySelectorAll("[data-day]")) {
  day.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    day.dataset.over = "";
  });
  day.addEventListener("dragleave", () => delete day.dataset.over);
  day.addEventListener("drop", (event) => {
    event.preventDefault();
    delete day.dataset.over;
    const form = dragged?.querySelector("form");
    dragged = null;
    if (!form || form.elements.day.value === day.dataset.day) return;
    form.elements.day.value = day.dataset.day;
    form.requestSubmit();
  });
}
