// From answers to an acknowledged envelope: today's key, the words' list, sealing, posting, and trying again.
import { sha256 } from "@noble/hashes/sha2.js";

import { toHex } from "./bytes.js";
import { checkedKey } from "./certificate.js";
import { TooLong, keyId, sealEnvelope } from "./envelope.js";
import { encodeReport } from "./report.js";
import { importNonce, openMailbox, wordsFrom } from "./secrets.js";

const PAUSES_MS = [0, 1_000, 4_000];
const TURNS = 3; // keys may change while something is sealed, but not for ever
const SILENCE_MS = 45_000;
const BYTES_A_MS = 8; // the front lets a request live a second more for each 8 KiB
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
  if (toHex(sha256(answer.content)) !== WORDS_SHA256) throw new NotTaken("list");
  return textOf(answer).split("\n").filter(Boolean);
}

/** Today's key, after looking at who signed it and for whom; days are told by the front's clock, not the device's. */
export async function fetchKey(addresses) {
  const answer = await reach(addresses.key);
  if (!answer.ok) throw new NotTaken("closed");
  try {
    const served = JSON.parse(textOf(answer));
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

/** Ask, and read the answer to its end: its status and content. A line that stays silent is given up. */
export async function reach(address, options = {}) {
  for (const pause of PAUSES_MS) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    const patience = new AbortController();
    let timer = 0;
    const wait = (bytes) => {
      clearTimeout(timer);
      timer = setTimeout(() => patience.abort(), SILENCE_MS + (bytes || 0) / BYTES_A_MS);
    };
    try {
      wait(options.body?.length);
      const answer = await fetch(address, { cache: "no-store", signal: patience.signal, ...options });
      wait(Number(answer.headers.get("Content-Length")));
      const content = new Uint8Array(await answer.arrayBuffer());
      if (answer.status < 500 || answer.status === CLOSED) return { status: answer.status, ok: answer.ok, content };
    } catch {
      if (patience.signal.aborted) break; // silent for so long: the teller hears of it, and may try again
      // no network just now; the same bytes go again
    } finally {
      clearTimeout(timer);
    }
  }
  throw new NotReached();
}

export const textOf = ({ content }) => new TextDecoder().decode(content);

export { TooLong };
