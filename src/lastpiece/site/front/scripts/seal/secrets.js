// What one seed gives, as in `lastpiece/tell/seed.py`, `words.py` and `mailbox.py`: seven words, a nonce, a mailbox.
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { ascii, join, random, toHex } from "./bytes.js";
import { publicOf } from "./hybrid.js";

export const HOW_MANY_WORDS = 7;
const LISTED = 7776n;
const STRETCHING = { m: 7 * 1024, t: 5, p: 1, dkLen: 32 }; // the same as `_MEMORY_BYTES` and `_PASSES` in mailbox.py
const SALT = ascii("lastpiece/mail/1");

export const newSeed = () => random(32);

export const derive = (secret, label, length) =>
  hkdf(sha256, secret, undefined, ascii("lastpiece/" + label), length);

/** Seven words drawn from a 32-byte seed. */
export function wordsFrom(seed, list) {
  let left = BigInt("0x" + toHex(derive(seed, "words/1", 32)));
  return Array.from({ length: HOW_MANY_WORDS }, () => {
    const place = Number(left % LISTED);
    left /= LISTED;
    return list[place];
  });
}

/** Seven words however they are typed, or null when they are not seven words of the list. */
export function parseWords(typed, list) {
  const words = typed.normalize("NFKC").toLowerCase().match(/\p{L}+/gu) ?? [];
  const known = new Set(list);
  return words.length === HOW_MANY_WORDS && words.every((word) => known.has(word)) ? words : null;
}

/** The mailbox of seven words; the stretching leaves the page alive. */
export async function openMailbox(words) {
  const stretched = await argon2idAsync(ascii(words.join(" ")), SALT, STRETCHING);
  const seed = derive(stretched, "mailbox-key/1", 32);
  return { id: derive(stretched, "mailbox-id/1", 16), seed, publicKey: publicOf(seed) };
}

/** The nonce by which the desk takes a report in once: other answers or files make another. */
export function importNonce(seed, answers, attachments) {
  const sorted = Object.fromEntries(Object.entries(answers).sort(([one], [other]) => (one < other ? -1 : 1)));
  const files = attachments.map((file) => `\n${toHex(file.id)}${file.usePlace ? 1 : 0}`).join("");
  const digest = sha256(ascii(JSON.stringify(sorted) + files));
  return derive(join(seed, digest), "import-nonce/2", 32);
}
