// The quick exit: a touch on the button, Shift three times, or Escape where Escape has nothing else to close. The page is
// covered and emptied at once, and `location.replace` takes our place behind the Back button, which GOV.UK's own
// component, by setting `location.href`, does not. Every sentence and address comes from the page (`front/exit.html`).

const PRESSES = 3;
const APART_MS = 5000;
const IN_COMPOSITION = 229; // the key code of a key that an input method has taken
const OWN_ESCAPE =
  "dialog[open], [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [aria-expanded=true]" +
  (CSS.supports("selector(:popover-open)") ? ", :popover-open" : "");
const OWN_LIST = "select, input[list], input[type=date], input[type=time], input[type=color], [role=combobox]";

const bar = () => document.querySelector(".leave");
const button = () => document.querySelector(".leave__button");
const NAMES_OF_A_VISIT = ["visit", "seed"]; // nothing else of a form may be posted by leaving
let visitBehind = null; // the visit this document came with: Back may know it, if it was begun without scripts

export function watchForLeaving() {
  document.addEventListener("DOMContentLoaded", () => (visitBehind = visitOf(document.getElementById("leave"))));
  document.addEventListener("click", leaveByTouch, true);
  watchShift();
  watchEscape();
  // A page that the browser keeps in memory to show again is kept empty, and shows the first page when it comes back.
  window.addEventListener("pagehide", (event) => event.persisted && empty());
  window.addEventListener("pageshow", (event) => event.persisted && location.replace(bar()?.dataset.home ?? "/"));
}

export function leave(link) {
  const form = link.form ?? document.getElementById("leave");
  const body = visitBehind ?? visitOf(form); // before it is emptied
  cover(bar()?.dataset.leaving ?? "");
  document.dispatchEvent(new Event("leaving")); // whatever else holds an answer lets go of it
  empty();
  // Says which visit is over, and has the browser clear what this site left; nobody waits for it.
  const options = { redirect: "manual", keepalive: true, cache: "no-store" };
  const address = form?.action ?? link.href;
  if (address) fetch(address, body ? { ...options, method: "POST", body } : options).catch(() => {});
  location.replace(link.dataset.leave);
}

function visitOf(form) {
  if (!form) return null;
  const named = [...new FormData(form)].filter(([name]) => NAMES_OF_A_VISIT.includes(name));
  return named.length ? new URLSearchParams(named) : null;
}

function cover(said) {
  document.documentElement.classList.add("gone");
  const sheet = document.createElement("div");
  sheet.className = "gone__sheet";
  sheet.setAttribute("role", "alert");
  sheet.textContent = said;
  document.body.append(sheet);
}

function empty() {
  document.title = "";
  for (const field of document.querySelectorAll("textarea, input")) field.value = "";
  document.querySelector("main")?.replaceChildren();
  for (const store of ["sessionStorage", "localStorage"]) {
    try {
      window[store].clear();
    } catch {
      // a browser that lets us store nothing has nothing to clear
    }
  }
}

// An open dialog makes the button deaf and covers it; a finger that lands where it stands leaves all the same.
function leaveByTouch(event) {
  const link = event.target.closest?.("[data-leave]") ?? (lands(event, button()) ? button() : null);
  if (!link) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  leave(link);
}

function lands(event, link) {
  if (!link || (event.clientX === 0 && event.clientY === 0)) return false; // 0, 0: a click made by a key
  const { left, right, top, bottom } = link.getBoundingClientRect();
  return event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
}

function watchShift() {
  let presses = 0;
  let alone = false; // Shift was pressed and nothing else since: a capital letter is no call for help
  let timer = 0;
  const count = (number, said) => {
    clearTimeout(timer);
    presses = number;
    bar()?.setAttribute("data-pressed", String(presses));
    const place = document.querySelector(".leave__said");
    if (place) place.textContent = said ?? "";
    if (presses) timer = setTimeout(() => count(0, bar()?.dataset.tooLate), APART_MS);
  };
  const spoil = () => {
    alone = false;
    if (presses) count(0);
  };
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Shift" || composing(event) || event.ctrlKey || event.altKey || event.metaKey) spoil();
      else if (!event.repeat) alone = true;
    },
    true,
  );
  document.addEventListener(
    "keyup",
    (event) => {
      if (event.key !== "Shift" || !alone) return;
      alone = false;
      count(presses + 1, presses ? bar()?.dataset.oneMore : bar()?.dataset.twoMore);
      if (presses >= PRESSES && button()) leave(button());
    },
    true,
  );
  document.addEventListener("pointerdown", spoil, true);
}

// Escape belongs to whatever it closes. That is looked at before the page hears of the key, because what closes
// itself is closed afterwards; a page that has used the key says so by `preventDefault`.
function watchEscape() {
  let free = false;
  document.addEventListener("keydown", (event) => (free = event.key === "Escape" && escapeIsFree(event)), true);
  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && free && !event.defaultPrevented && button()) leave(button());
  });
}

function escapeIsFree(event) {
  return (
    !event.repeat &&
    !composing(event) &&
    !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) &&
    !document.fullscreenElement &&
    !document.querySelector(OWN_ESCAPE) &&
    !document.activeElement?.matches(OWN_LIST)
  );
}

function composing(event) {
  return event.isComposing || event.keyCode === IN_COMPOSITION;
}
