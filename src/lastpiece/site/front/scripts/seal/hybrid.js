// The one public-key suite: HPKE (RFC 9180), base mode, with KEM MLKEM768_X25519 (X-Wing), HKDF-SHA256 and
// ChaCha20-Poly1305. The same as `lastpiece/tell/hybrid.py`; the tests open with each what the other sealed.
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { sha3_256, shake256 } from "@noble/hashes/sha3.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";

import { ascii, join, number, random } from "./bytes.js";
import { x25519 } from "./x25519.js";

const MLKEM_PUBLIC = 1184;
const MLKEM_SEALED = 1088;
const ENCAPSULATED = MLKEM_SEALED + 32;
const XWING_LABEL = Uint8Array.from([0x5c, 0x2e, 0x2f, 0x2f, 0x5e, 0x5c]); // \.//^\
const SUITE = join(ascii("HPKE"), Uint8Array.from([0x64, 0x7a, 0x00, 0x01, 0x00, 0x03]));
const EMPTY = new Uint8Array(0);

export const PUBLIC_BYTES = MLKEM_PUBLIC + 32;
export const OVERHEAD_BYTES = ENCAPSULATED + 16;

/** Seal bytes to a 1,216-byte public key: 1,136 bytes longer than they were. */
export function sealTo(publicKey, plain, info) {
  if (publicKey.length !== PUBLIC_BYTES) throw new Error("not a public key");
  const [mlkemPublic, xPublic] = [publicKey.slice(0, MLKEM_PUBLIC), publicKey.slice(MLKEM_PUBLIC)];
  const { cipherText, sharedSecret } = ml_kem768.encapsulate(mlkemPublic);
  const ephemeral = random(32);
  const point = x25519.getPublicKey(ephemeral);
  const secret = combine(sharedSecret, x25519.getSharedSecret(ephemeral, xPublic), point, xPublic);
  return join(cipherText, point, cipher(secret, info).encrypt(plain));
}

/** Open what was sealed to a private key, which is kept as its 32-byte seed; throws when it does not open. */
export function openSealed(seed, sealed, info) {
  const { mlkem, x } = expanded(seed);
  const point = sealed.slice(MLKEM_SEALED, ENCAPSULATED);
  const shared = ml_kem768.decapsulate(sealed.slice(0, MLKEM_SEALED), mlkem.secretKey);
  const secret = combine(shared, x25519.getSharedSecret(x, point), point, x25519.getPublicKey(x));
  return cipher(secret, info).decrypt(sealed.slice(ENCAPSULATED));
}

/** The 1,216-byte public key of a private key's seed. */
export function publicOf(seed) {
  const { mlkem, x } = expanded(seed);
  return join(mlkem.publicKey, x25519.getPublicKey(x));
}

function expanded(seed) {
  const bytes = shake256(seed, { dkLen: 96 });
  return { mlkem: ml_kem768.keygen(bytes.slice(0, 64)), x: bytes.slice(64) };
}

// draft-connolly-cfrg-xwing-kem, section 5.3
function combine(mlkemShared, xShared, point, xPublic) {
  return sha3_256(join(mlkemShared, xShared, point, xPublic, XWING_LABEL));
}

// RFC 9180, section 5.1; a context seals one message, so its nonce is the base nonce.
function cipher(shared, info) {
  const context = join(
    Uint8Array.from([0]), // base mode
    labelledExtract(EMPTY, "psk_id_hash", EMPTY),
    labelledExtract(EMPTY, "info_hash", info),
  );
  const secret = labelledExtract(shared, "secret", EMPTY);
  return chacha20poly1305(
    labelledExpand(secret, "key", context, 32),
    labelledExpand(secret, "base_nonce", context, 12),
  );
}

function labelledExtract(salt, label, content) {
  return extract(sha256, join(ascii("HPKE-v1"), SUITE, ascii(label), content), salt);
}

function labelledExpand(secret, label, context, length) {
  return expand(sha256, secret, join(number(length, 2), ascii("HPKE-v1"), SUITE, ascii(label), context), length);
}
