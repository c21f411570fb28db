// A toast without a way back leaves by itself; one with "Undo" stays until it is used or until the next one comes.
const STAYS = 8000;
const region = document.getElementById("toasts");
const isGood = (toast) => toast.dataset.color === "success";

function leave(toast) {
  if (!isGood(toast) || toast.querySelector("form")) return;
  setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), STAYS);
}

// What went well is told one at a time, so that nothing piles up over what one writes; what went wrong stays.
function replace(added) {
  for (const toast of region.querySelectorAll("[data-toast]")) {
    if (toast !== added && isGood(toast) && !toast.matches(":focus-within")) toast.remove();
  }
}

if (region) {
  region.querySelectorAll("[data-toast]").forEach(leave);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (!node.matches?.("[data-toast]")) continue;
        replace(node);
        leave(node);
      }
    }
  }).observe(region, { childList: true });
}
