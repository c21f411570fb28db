// Focus goes where the eye goes: to the errors of a form that was refused, or to what an act has put in place.
const first = (root) => root.querySelector?.("[data-focus-first]");
first(document)?.focus();

// An act inside a part that is replaced loses its button. Focus then stays in the same section: on its heading.
let section = null;
document.addEventListener("htmx:before:swap", () => {
  section = document.activeElement?.closest("[aria-labelledby]")?.getAttribute("aria-labelledby") ?? null;
});

function stay() {
  const heading = document.activeElement === document.body && section && document.getElementById(section);
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail?.ctx?.target;
  if (!(target instanceof Element)) return;
  const place = target.isConnected ? target : target.id && document.getElementById(target.id);
  const wanted = place && first(place);
  if (wanted) wanted.focus();
  else stay();
});
