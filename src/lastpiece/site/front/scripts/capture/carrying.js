// The file in which locked reports are carried, as in `lastpiece/tell/carried.py`.
import { sha256 } from "@noble/hashes/sha2.js";

import { ascii, join, number } from "../seal/bytes.js";

const MAGIC = join(ascii("LPCARRY"), Uint8Array.from([1]));

export function carried(certificate, envelopes) {
  const head = ascii(JSON.stringify({ body: certificate.body, signature: certificate.signature }));
  const records = envelopes.map((envelope) => join(number(envelope.length, 4), sha256(envelope), envelope));
  return join(MAGIC, number(head.length, 4), head, ...records);
}
