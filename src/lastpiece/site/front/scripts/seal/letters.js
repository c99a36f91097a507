// The mailbox: the words that are typed stay here. The mail's file is fetched whole, the device finds and opens its own
// slot, and what is added or closed is sealed like a report.
import { held } from "./held.js";
import { bucketOf, readBatch } from "./mail.js";
import { bareStep, boxes, fillIn, sayLocked, showNotice, showProblems, typedIn, wrongWith } from "./pages.js";
import { newSeed, openMailbox, parseWords } from "./secrets.js";
import { NotReached, NotTaken, TooLong, fetchList, reach, sendReport, textOf } from "./sending.js";

const NO_MAIL = 404;
const PARTED_OTHERWISE = 409;
const KINDS = { words: open, message: add, close };
let addresses;

export function startLetters(where) {
  addresses = where;
  document.addEventListener("posting", (event) => {
    const doing = KINDS[event.detail.form.dataset.seal];
    if (!doing || held.open) return;
    event.preventDefault();
    doing(event.detail).catch((problem) => broken(problem, event.detail));
  });
  document.addEventListener("shown", show);
  document.addEventListener("DOMContentLoaded", show);
}

async function open({ form, submitter, send, stay }) {
  const box = form.elements.words;
  held.typed = box.value;
  if (submitter?.name === "language") return send(bareStep(form, submitter, { at: "words" }));
  const words = box.value.trim() ? parseWords(box.value, await fetchList(addresses)) : null;
  if (!words) return stay(), showProblems([[box, box.value.trim() ? box.dataset.wrong : box.dataset.empty]]);
  showNotice("sending");
  held.mailbox = await openMailbox(words);
  held.messages = await fetchMessages(form, form.dataset.bits);
  held.seed = newSeed();
  held.typed = "";
  send(bareStep(form, submitter));
}

async function fetchMessages(form, bits, again = true) {
  if (bits === "") return []; // no mail was ever posted
  const bucket = bucketOf(held.mailbox.id, Number(bits));
  const body = new URLSearchParams({ bucket, bits });
  const answer = await reach(form.dataset.bucket, { method: "POST", body });
  if (answer.status === NO_MAIL) return [];
  if (answer.status === PARTED_OTHERWISE && again) return fetchMessages(form, textOf(answer), false); // since then
  if (!answer.ok) throw new NotTaken(String(answer.status));
  return readBatch(answer.content, held.mailbox);
}

async function add({ form, submitter, send, stay }) {
  const [box] = boxes(form);
  held.answers.message = typedIn(box);
  if (submitter?.name === "language") return send(bareStep(form, submitter));
  const wrong = wrongWith(held.answers.message, box.dataset);
  if (wrong) return stay(), showProblems([[box, wrong]]);
  showNotice("sending");
  await seal(form, "message", { what: held.answers.message });
  delete held.answers.message;
  held.seed = newSeed();
  send(bareStep(form, submitter));
}

async function close({ form, submitter, send }) {
  if (submitter?.value === "close-now") {
    showNotice("sending");
    await seal(form, "close", {});
    held.mailbox = held.messages = null;
  }
  send(bareStep(form, submitter));
}

function seal(form, kind, answers) {
  const { channel, formVersion, language } = form.dataset;
  const telling = { seed: held.seed, kind, channel, formVersion, language, answers, attachments: [] };
  return sendReport({ ...telling, mailbox: held.mailbox }, addresses, held);
}

function show() {
  const words = document.querySelector('form[data-seal="words"] textarea');
  if (words && held.typed) words.value = held.typed;
  if (document.querySelector('[data-seal="words"], [data-seal="message"]')) fillIn(held.answers);
  const place = document.querySelector("[data-messages]");
  if (!place || !held.messages) return;
  const template = document.querySelector("template[data-message]");
  place.replaceChildren(
    ...held.messages.map((text) => {
      const message = template.content.cloneNode(true);
      message.querySelector(".typed").textContent = text;
      return message;
    }),
  );
  document.querySelector("[data-no-messages]").hidden = held.messages.length > 0;
  const label = held.messages.length && document.querySelector('form[data-seal="message"] label');
  if (label) label.textContent = place.dataset.label;
}

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
