// The quick exit. The page goes blank at once; `location.replace` takes our place behind the Back button,
// which GOV.UK's own component, by setting `location.href`, does not.

const PRESSES = 3;
const APART_MS = 5000;

export function leave(link) {
  document.documentElement.classList.add("gone");
  wipe();
  // tells the browser to clear what this site left; we do not wait for it
  fetch("/leave", { redirect: "manual", keepalive: true, cache: "no-store" }).catch(() => {});
  location.replace(link.dataset.leave);
}

export function wipe() {
  document.title = "";
  for (const field of document.querySelectorAll("textarea, input")) field.value = "";
  document.querySelector("main")?.replaceChildren();
}

export function watchForLeaving() {
  const link = () => document.querySelector("[data-leave]");
  document.addEventListener("click", (event) => {
    const clicked = event.target.closest?.("[data-leave]");
    if (!clicked) return;
    event.preventDefault();
    leave(clicked);
  });
  let presses = 0;
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (link() && escapeIsFree(event)) leave(link());
    } else if (event.key === "Shift" && !event.repeat) {
      const now = performance.now();
      presses = now - last <= APART_MS ? presses + 1 : 1;
      last = now;
      if (presses >= PRESSES && link()) leave(link());
    } else if (!event.repeat) {
      presses = 0; // a capital letter is no call for help
    }
  });
  // a page that comes back from the browser's memory shows nothing of what was typed
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace("/");
  });
}

// Escape belongs to whatever it closes: an input method, a dialog, a menu, full screen.
function escapeIsFree(event) {
  return (
    !event.defaultPrevented &&
    !event.isComposing &&
    event.keyCode !== 229 &&
    !document.fullscreenElement &&
    !document.querySelector("dialog[open], [role=dialog], [aria-expanded=true]") &&
    !(document.activeElement instanceof HTMLSelectElement)
  );
}
