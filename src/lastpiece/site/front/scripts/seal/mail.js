// One file of mail, as in `lastpiece/tell/mailbox.py`: which slot is ours, and what stands in it.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { ascii, join, toHex } from "./bytes.js";
import { openSealed } from "./hybrid.js";
import { NotTaken } from "./sending.js";

const MAGIC = join(ascii("LPMAIL"), Uint8Array.from([0, 1]));
const HEADER = 28;
const TAG = 16;
const SLOT = 3200;
const MOST_BITS = 12; // as in `lastpiece/tell/mail.py`: more would tell the front which mailbox it is

/** The name of the file that a mailbox is in, when the mail is parted by the first `bits` bits. */
export function bucketOf(id, bits) {
  if (!Number.isInteger(bits) || bits < 0 || bits > MOST_BITS) throw new NotTaken("bits");
  const first = BigInt("0x" + toHex(id)) >> BigInt(128 - bits);
  return first.toString(16).padStart(Math.max(1, Math.ceil(bits / 4)), "0");
}

/** The messages in a mailbox, newest first: none when there is none. Throws when the file is not whole. */
export function readBatch(batch, { id, seed }) {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.length);
  const whole = batch.length > HEADER && toHex(batch.slice(0, 8)) === toHex(MAGIC);
  const count = whole ? view.getUint32(24) : 0;
  if (!count || batch.length !== HEADER + count * SLOT) throw new NotTaken("not a whole batch");
  const tag = toHex(hmac(sha256, id, join(ascii("lastpiece/slot/1"), batch.slice(8, 24))).slice(0, TAG));
  for (let start = HEADER; start < batch.length; start += SLOT) {
    if (toHex(batch.slice(start, start + TAG)) === tag) return opened(batch.slice(start + TAG, start + SLOT), id, seed);
  }
  return [];
}

function opened(sealed, id, seed) {
  const framed = openSealed(seed, sealed, join(ascii("lastpiece/reply/1"), id));
  return JSON.parse(new TextDecoder().decode(framed.slice(2, 2 + framed[0] * 256 + framed[1])));
}
