// Telling, step by step: each page's answers are taken out of what is posted, and put into the page that comes back.
import { attachmentsOf, listFiles, namesOf, sendFiles, takeFiles, watchFiles } from "./files.js";
import { forget, held } from "./held.js";
import { bareStep, boxes, fillIn, sayLocked, showNotice, showProblems, typedIn, wrongWith } from "./pages.js";
import { showWords, watchKeeping } from "./receipt.js";
import { inOrder } from "./report.js";
import { NotReached, NotTaken, TooLong, makeMailbox, sendReport } from "./sending.js";
import { toHex } from "./bytes.js";

const SEALED = new Set(["report", "feedback"]);
let addresses;
let wrongThere = null; // the answer to show as wrong when its page has come

export function startTelling(where) {
  addresses = where;
  document.addEventListener("posting", (event) => {
    const { form } = event.detail;
    if (!SEALED.has(form.dataset.seal)) return;
    event.preventDefault();
    step(event.detail).catch((problem) => broken(problem, event.detail));
  });
  document.addEventListener("shown", refill);
  document.addEventListener("DOMContentLoaded", refill);
  watchKeeping();
  watchFiles();
}

async function step({ form, submitter, fields, send, stay }) {
  keep(form);
  const go = submitter?.name === "go" ? submitter.value : "";
  if (held.open) return send(openFields(fields));
  if (submitter?.name === "language") return send(bareStep(form, submitter));
  if (go === "skip") for (const box of boxes(form)) delete held.answers[box.name];
  if (form.querySelector("[data-files]") && !takeFiles(form, go)) return stay();
  if (leads(form, go)) {
    const wrong = [...boxes(form)].map((box) => [box, wrongWith(typedIn(box), box.dataset)]).filter(([, text]) => text);
    if (wrong.length) return stay(), showProblems(wrong);
  }
  if (!sends(form, go)) return send(bareStep(form, submitter));
  const wrong = Object.keys(held.rules).find((key) => wrongWith(held.answers[key] ?? "", held.rules[key]));
  if (wrong && form.elements.step?.value === "check") {
    wrongThere = wrong;
    return send(bareStep(form, null, { go: `change:${wrong}` }));
  }
  showNotice("sending");
  await seal(form);
  send(bareStep(form, submitter));
}

const sends = (form, go) => form.dataset.seal === "feedback" || go === "send";
const leads = (form, go) => sends(form, go) || go === "next";

function keep(form) {
  for (const box of boxes(form)) {
    const text = typedIn(box);
    held.rules[box.name] = { ...box.dataset };
    if (text) held.answers[box.name] = text;
    else delete held.answers[box.name];
  }
  if (form.dataset.seal === "report" && Object.keys(held.answers).length) beginMailbox();
}

// Stretching the words takes seconds on an old phone: it is done while somebody types.
function beginMailbox() {
  held.mailbox ??= makeMailbox(held.seed, addresses);
  held.mailbox.catch(() => (held.mailbox = null)); // tried again at Send
}

async function seal(form) {
  const { seal: kind, channel, formVersion, language } = form.dataset;
  const telling = { seed: held.seed, kind, channel, formVersion, language };
  if (kind === "feedback") {
    const answers = { what: held.answers.feedback };
    await sendReport({ ...telling, answers, attachments: [], mailbox: null }, addresses, held);
    return forget();
  }
  beginMailbox();
  const { words, box } = await held.mailbox;
  await sendFiles(held.files, addresses);
  const attachments = attachmentsOf(held.files);
  await sendReport({ ...telling, answers: inOrder(held.answers), attachments, mailbox: box }, addresses, held);
  held.words = words;
}

function refill() {
  if (held.words) return receipt();
  if (!document.querySelector('[data-seal="report"], [data-seal="feedback"]')) return;
  if (held.open) return sayLocked("arrival");
  fillIn({ ...held.answers, files: namesOf(held.files) });
  listFiles();
  const box = wrongThere && document.querySelector(`textarea[name="${wrongThere}"]`);
  if (box) showProblems([[box, wrongWith(held.answers[wrongThere] ?? "", box.dataset)]]);
  wrongThere = null;
}

function receipt() {
  if (!document.querySelector("ol.words")) return;
  showWords(held.words);
  forget();
}

// Nothing was sent that could be read, and nothing typed is lost; the page says what can be done.
function broken(problem, { stay, fail }) {
  showNotice("");
  if (problem instanceof NotReached) return fail();
  stay();
  if (problem instanceof NotTaken) return showNotice("not-taken");
  if (problem instanceof TooLong) return showNotice("too-long");
  held.open = true;
  sayLocked("arrival");
  showNotice("cannot-lock");
}

// This browser could not seal, the page has said so, and Send was pressed again: all goes as it does without scripts.
function openFields(fields) {
  const open = new URLSearchParams();
  for (const [name, value] of fields) if (typeof value === "string") open.append(name, value);
  open.set("seed", toHex(held.seed));
  for (const [name, value] of Object.entries(held.answers)) if (!open.has(name)) open.set(name, value);
  return open;
}
