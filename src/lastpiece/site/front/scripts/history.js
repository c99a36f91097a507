// The whole visit takes one place behind the Back button: links replace the page, forms are posted behind it.
// Without this file both work as links and forms always do. Whoever holds the answers on the device (`seal.js`) hears
// `posting` before anything is sent, and `shown` when a page has come and before it is read out.

const SILENCE_MS = 45_000; // the front lets go of a silent line after 10 seconds; the rest is waiting for its turn

export function keepOneHistoryEntry(refresh) {
  let everyScriptIsHere = false; // what is told before the script that seals it has come would leave the device open
  document.addEventListener("DOMContentLoaded", () => (everyScriptIsHere = true));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !isPlainClick(event) || event.defaultPrevented) return;
    const address = new URL(link.href, location.href);
    if (address.origin !== location.origin || link.target) return;
    if (address.pathname === location.pathname && address.hash) return followHash(event, address.hash);
    event.preventDefault();
    location.replace(address);
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    event.preventDefault();
    if (event.target.getAttribute("aria-busy") === "true") return;
    event.target.setAttribute("aria-busy", "true");
    const go = () => post(event.target, event.submitter, refresh);
    if (everyScriptIsHere) go();
    else document.addEventListener("DOMContentLoaded", go, { once: true });
  });
}

function isPlainClick(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

// A jump within the page would add an entry of its own.
function followHash(event, hash) {
  const target = document.getElementById(hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const labelled = target.closest(".govuk-form-group")?.querySelector("label, legend") ?? target;
  labelled.scrollIntoView();
  target.focus({ preventScroll: true });
}

function post(form, submitter, refresh) {
  const fields = form.enctype === "multipart/form-data" ? new FormData(form, submitter) : plainFields(form, submitter);
  setBusy(form, true);
  const detail = {
    form,
    submitter,
    fields,
    send: (others) => send(form, submitter, others, refresh),
    stay: () => setBusy(form, false),
    fail: () => say(form),
  };
  if (document.dispatchEvent(new CustomEvent("posting", { cancelable: true, detail }))) detail.send(fields);
}

function plainFields(form, submitter) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) fields.append(name, value);
  return fields;
}

function send(form, submitter, fields, refresh) {
  const request = new XMLHttpRequest();
  request.open("POST", submitter?.hasAttribute("formaction") ? submitter.formAction : form.action);
  request.responseType = "document"; // parsed without running anything in it
  request.onload = () => (request.response?.querySelector("main") ? show(request.response, refresh) : say(form));
  request.onerror = request.onabort = () => say(form); // the browser's Stop ends it too; to try again is safe
  endWhenSilent(request);
  request.send(fields);
}

// A line that is dead but open says nothing for ever. A large file may take long, as long as something moves.
function endWhenSilent(request) {
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), SILENCE_MS);
  };
  wait();
  request.onprogress = request.upload.onprogress = wait;
  request.onloadend = () => clearTimeout(timer);
}

function show(page, refresh) {
  document.title = page.title;
  if (page.documentElement.lang !== document.documentElement.lang) changeLanguage(page);
  else {
    for (const place of [".govuk-width-container:has(> main)", ".footer__kept"]) {
      const fresh = page.querySelector(place);
      const old = document.querySelector(place);
      if (fresh && old) old.replaceWith(document.adoptNode(fresh));
    }
  }
  document.dispatchEvent(new Event("shown"));
  refresh();
  window.scrollTo(0, 0);
  const first = document.querySelector(".govuk-error-summary") ?? document.querySelector("main h1");
  if (!first) return;
  first.setAttribute("tabindex", "-1");
  first.focus();
}

// Everything around the page speaks the new language too, and may stand the other way round.
function changeLanguage(page) {
  const root = document.documentElement;
  const sheet = (of) => of.head.querySelector('link[rel="stylesheet"]');
  const [old, fresh] = [sheet(document), sheet(page)];
  root.lang = page.documentElement.lang;
  root.dir = page.documentElement.dir;
  document.body.replaceWith(document.adoptNode(page.body));
  if (!old || !fresh || old.getAttribute("href") === fresh.getAttribute("href")) return;
  const coming = document.adoptNode(fresh);
  coming.addEventListener("load", () => old.remove());
  old.after(coming);
}

// Nothing was sent and nothing is lost: the form stands as it was.
function say(form) {
  setBusy(form, false);
  for (const notice of document.querySelectorAll("[data-notice]")) notice.hidden = true; // "sending" is over
  form.querySelector(".not-sent")?.remove();
  const sentence = document.createElement("p");
  sentence.className = "govuk-error-message not-sent";
  sentence.setAttribute("role", "alert");
  sentence.textContent = document.querySelector("[data-not-sent]")?.dataset.notSent ?? "";
  form.prepend(sentence);
}

function setBusy(form, busy) {
  form.setAttribute("aria-busy", String(busy));
  for (const control of form.elements) {
    if (control instanceof HTMLTextAreaElement) control.readOnly = busy;
    if (control instanceof HTMLButtonElement) control.disabled = busy;
  }
}
