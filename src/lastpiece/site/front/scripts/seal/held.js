// What this visit holds, in memory alone: gone with the page, and at once when somebody leaves.
import { newSeed } from "./secrets.js";

export const held = {};

export function forget() {
  Object.assign(held, {
    seed: newSeed(), // words, mailbox and nonce of this telling come from it
    answers: {},
    rules: {}, // what the pages said of each answer: how long it may be, and the sentences
    files: [],
    words: null,
    mailbox: null, // a promise of the mailbox, stretched while somebody still types
    messages: null, // of an opened mailbox
    typed: "", // words that were typed and not yet understood
    sent: null, // what was sealed last, so that a second try sends the same bytes
    open: false, // sealing broke here: the next Send goes as it would without this script
  });
}

forget();
document.addEventListener("leaving", forget);
