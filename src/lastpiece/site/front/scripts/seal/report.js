// The report's bytes, equal to those of `Report.encode` in `lastpiece/tell/report.py`.
import { ascii, toBase64 } from "./bytes.js";

const LAYOUT = 2;
const ORDER = ["what", "where", "when", "who", "vehicles", "phones", "how", "at_risk", "contact"];

/** Text without control characters, its line ends unified and its ends trimmed, as `clean` in forms/telling.py. */
export function clean(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, "")
    .replace(/^[\n\t\p{Z}]+|[\n\t\p{Z}]+$/gu, "");
}

/** Answers that are not empty, in the order of the form. */
export function inOrder(answers) {
  return Object.fromEntries(ORDER.filter((key) => answers[key]).map((key) => [key, answers[key]]));
}

export function encodeReport({ nonce, kind, channel, formVersion, toldOn, language, answers, attachments, mailbox }) {
  return ascii(
    JSON.stringify({
      layout: LAYOUT,
      nonce: toBase64(nonce),
      kind,
      channel,
      form_version: formVersion,
      told_on: toldOn,
      language,
      answers,
      attachments: attachments.map(attachmentBody),
      mailbox: mailbox && { id: toBase64(mailbox.id), reply_public_key: toBase64(mailbox.publicKey) },
    }),
  );
}

function attachmentBody({ id, name, size, sha256, chunks, usePlace }) {
  return { id: toBase64(id), name, size, sha256: toBase64(sha256), chunks, use_place: usePlace };
}
