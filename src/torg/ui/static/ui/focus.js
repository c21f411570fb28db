// Focus goes where the eye goes: to the errors of a form that was refused, or to what an act has put in place.
const first = (root) => root.querySelector?.("[data-focus-first]");
first(document)?.focus();
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail?.ctx?.target;
  if (target instanceof Element) first(target.isConnected ? target : document)?.focus();
});
