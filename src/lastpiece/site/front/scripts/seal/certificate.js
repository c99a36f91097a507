// The desk's key as the front serves it: looked at before anything is sealed to it.
import { ascii, fromBase64, join } from "./bytes.js";
import { PUBLIC_BYTES } from "./hybrid.js";

export class KeyRefused extends Error {}

/**
 * The public key of a certificate, when the root signed it for this site's reports and `now` is within its days.
 * A browser without Ed25519 leans on the front, which checked the signature before it served the certificate.
 */
export async function checkedKey({ certificate, root, site }, now) {
  const body = JSON.parse(certificate.body);
  const signed = join(ascii("lastpiece/certificate/1\0"), ascii(certificate.body));
  if (!(await signedBy(fromBase64(root), signed, fromBase64(certificate.signature)))) throw new KeyRefused("signature");
  if (body.purpose !== "report" || body.site !== site) throw new KeyRefused("site");
  if (!(new Date(body.not_before) <= now && now < new Date(body.not_after))) throw new KeyRefused("days");
  const publicKey = fromBase64(body.public_key);
  if (publicKey.length !== PUBLIC_BYTES) throw new KeyRefused("key");
  return publicKey;
}

async function signedBy(root, message, signature) {
  let key;
  try {
    key = await crypto.subtle.importKey("raw", root, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return true; // no Ed25519 here
  }
  return crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
}
