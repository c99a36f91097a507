// The page that needs no network: a person tells, it is locked on this device, and only locked reports remain until
// they are carried to the front in one file. Whoever opens the page later finds their number and nothing to read.
import { toHex } from "./seal/bytes.js";
import { KeyRefused, checkedKey } from "./seal/certificate.js";
import { sealEnvelope } from "./seal/envelope.js";
import { boxes, clearProblems, showNotice, showProblems, typedIn, wrongWith } from "./seal/pages.js";
import { showWords, watchKeeping } from "./seal/receipt.js";
import { encodeReport, inOrder } from "./seal/report.js";
import { importNonce, newSeed, openMailbox, wordsFrom } from "./seal/secrets.js";
import { openShelf } from "./capture/shelf.js";
import { carried } from "./capture/carrying.js";

const form = document.querySelector("form");
const given = JSON.parse(document.querySelector("template[data-given]").content.textContent);
const list = document.querySelector("template[data-list]").content.textContent.trim().split("\n");
const steps = document.querySelectorAll("[data-step]");
let shelf;

start();

async function start() {
  shelf = await openShelf();
  document.querySelector("[data-memory]").hidden = shelf.lasts;
  watchKeeping();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    lock().catch(() => (busy(false), showNotice("cannot-lock")));
  });
  for (const name of ["clear", "next", "keep"]) on(name, () => goTo("form"));
  on("save", save);
  on("delete", ask);
  on("delete-now", remove);
  await goTo("form");
}

function on(name, doing) {
  for (const button of document.querySelectorAll(`[data-do="${name}"]`)) button.addEventListener("click", doing);
}

// Everything of the person before is gone before the next one sees the page.
async function goTo(step, words = []) {
  form.reset();
  clearProblems();
  showWords(words);
  showNotice("");
  const fit = await keyNow().catch(() => null);
  for (const part of steps) part.hidden = part.dataset.step !== (fit || step !== "form" ? step : "over");
  await count();
  window.scrollTo(0, 0);
  document.querySelector(`[data-step="${step}"] h1, [data-step="${step}"] h2`)?.focus();
}

async function keyNow() {
  const publicKey = await checkedKey(given, new Date());
  if (!publicKey) throw new KeyRefused("none");
  return publicKey;
}

async function count() {
  const held = await shelf.count();
  for (const place of document.querySelectorAll("[data-count]")) place.textContent = String(held);
  for (const part of document.querySelectorAll("[data-when-held]")) part.hidden = held === 0;
}

async function lock() {
  const wrong = [...boxes(form)].map((box) => [box, wrongWith(typedIn(box), box.dataset)]).filter(([, text]) => text);
  if (wrong.length) return showProblems(wrong);
  busy(true);
  clearProblems();
  const publicKey = await keyNow().catch(() => null);
  if (!publicKey) return busy(false), goTo("form");
  const seed = newSeed();
  const answers = inOrder(Object.fromEntries([...boxes(form)].map((box) => [box.name, typedIn(box)])));
  const words = wordsFrom(seed, list);
  const plain = encodeReport({
    nonce: importNonce(seed, answers, []),
    kind: "report",
    channel: given.channel,
    formVersion: given.form_version,
    toldOn: today(),
    language: given.language,
    answers,
    attachments: [],
    mailbox: await openMailbox(words),
  });
  await shelf.put(toHex(newSeed()), sealEnvelope(plain, publicKey, given.site));
  busy(false);
  await goTo("words", words);
}

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

function busy(yes) {
  form.setAttribute("aria-busy", String(yes));
  for (const button of form.querySelectorAll("button")) button.disabled = yes;
  showNotice(yes ? "sending" : "");
}

async function save() {
  const content = carried(given.certificate, await shelf.all());
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  link.download = `${today()}.lastpiece`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  document.querySelector("[data-saved]").hidden = false;
}

function ask() {
  goTo("delete");
}

async function remove() {
  await shelf.clear();
  document.querySelector("[data-saved]").hidden = true;
  goTo("form");
}
