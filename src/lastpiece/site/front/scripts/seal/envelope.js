// The envelope, as in `lastpiece/tell/sealing.py`: padded to a bucket, so that its size says only "short" or "long".
import { sha256 } from "@noble/hashes/sha2.js";

import { ascii, join, number } from "./bytes.js";
import { sealTo } from "./hybrid.js";

const HEADER = join(ascii("LPSE"), Uint8Array.from([1]));
const BUCKETS = [4, 16, 64, 256, 1024].map((kibibytes) => kibibytes * 1024);
const FORM = ascii("report/1");

export class TooLong extends Error {}

export const keyId = (publicKey) => sha256(publicKey).slice(0, 16);

/** Seal bytes to the desk's epoch key, for one site. */
export function sealEnvelope(plain, publicKey, site) {
  const epoch = keyId(publicKey);
  const name = ascii(site);
  const info = join(
    ascii("lastpiece/envelope/1"), number(name.length, 1), name, epoch, number(FORM.length, 1), FORM,
  );
  return join(HEADER, epoch, sealTo(publicKey, padded(plain), info));
}

function padded(plain) {
  const bucket = BUCKETS.find((size) => size >= plain.length + 4);
  if (!bucket) throw new TooLong();
  const filled = new Uint8Array(bucket);
  filled.set(number(plain.length, 4));
  filled.set(plain, 4);
  return filled;
}
