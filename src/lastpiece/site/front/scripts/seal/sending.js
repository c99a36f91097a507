// From answers to an acknowledged envelope: today's key, the words' list, sealing, posting, and trying again.
import { sha256 } from "@noble/hashes/sha2.js";

import { toHex } from "./bytes.js";
import { checkedKey } from "./certificate.js";
import { TooLong, keyId, sealEnvelope } from "./envelope.js";
import { encodeReport } from "./report.js";
import { importNonce, openMailbox, wordsFrom } from "./secrets.js";

const PAUSES_MS = [0, 1_000, 4_000];
const TURNS = 3; // keys may change while something is sealed, but not for ever
const SAFE = 204;
const KEY_OVER = 409;
const CLOSED = 503;

/** Nothing can be taken now: telephone numbers are shown, and what was typed stays. */
export class NotTaken extends Error {}

/** The network failed: what was typed stays, and can be sent again. */
export class NotReached extends Error {}

/** The 7,776 words, if they are the ones this script was built with. */
export async function fetchList(addresses) {
  const answer = await reach(addresses.list, { cache: "default" });
  const content = new Uint8Array(await answer.arrayBuffer());
  if (toHex(sha256(content)) !== WORDS_SHA256) throw new NotTaken("list");
  return new TextDecoder().decode(content).split("\n").filter(Boolean);
}

/** Today's key, after looking at who signed it and for whom; days are told by the front's clock, not the device's. */
export async function fetchKey(addresses) {
  const answer = await reach(addresses.key);
  if (!answer.ok) throw new NotTaken("closed");
  try {
    const served = await answer.json();
    return { publicKey: await checkedKey(served, new Date(served.now)), site: served.site, today: served.today };
  } catch (problem) {
    throw new NotTaken(problem.message); // whatever was served: a front can never talk this device into not sealing
  }
}

/** Words and mailbox of one telling; begun early, because stretching takes a slow phone seconds. */
export async function makeMailbox(seed, addresses) {
  const words = wordsFrom(seed, await fetchList(addresses));
  return { words, box: await openMailbox(words) };
}

/** Seal a report and post it until the front says that it is safe; `holder.sent` keeps the bytes for a second try. */
export async function sendReport(telling, addresses, holder) {
  const nonce = importNonce(telling.seed, telling.answers, telling.attachments);
  for (let turn = 0; turn < TURNS; turn += 1) {
    const key = await fetchKey(addresses);
    const plain = encodeReport({ ...telling, nonce, toldOn: key.today });
    const mark = toHex(sha256(plain)) + toHex(keyId(key.publicKey));
    if (holder.sent?.mark !== mark) holder.sent = { mark, envelope: sealEnvelope(plain, key.publicKey, key.site) };
    if (holder.sent.safe ||= await deliver(holder.sent.envelope, addresses)) return;
  }
  throw new NotTaken("keys");
}

/** Seal bytes that are no report (a part of a file) and post them; returns the key that held, for the next part. */
export async function sendPlain(plain, addresses, known) {
  for (let turn = 0, key = known; turn < TURNS; turn += 1, key = null) {
    key ??= await fetchKey(addresses);
    if (await deliver(sealEnvelope(plain, key.publicKey, key.site), addresses)) return key;
  }
  throw new NotTaken("keys");
}

// True when the envelope is safe, false when it is sealed to a key that is over by now.
async function deliver(envelope, addresses) {
  const headers = { "Content-Type": "application/octet-stream" };
  const { status } = await reach(addresses.sealed, { method: "POST", headers, body: envelope });
  if (status !== SAFE && status !== KEY_OVER) throw new NotTaken(String(status));
  return status === SAFE;
}

export async function reach(address, options) {
  for (const pause of PAUSES_MS) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const answer = await fetch(address, { cache: "no-store", ...options });
      if (answer.status < 500 || answer.status === CLOSED) return answer;
    } catch {
      // no network just now; the same bytes go again
    }
  }
  throw new NotReached();
}

export { TooLong };
