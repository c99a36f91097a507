// X25519 from noble's audited Montgomery ladder alone: `@noble/curves/ed25519.js` would bring a second curve with it.
import { montgomery } from "@noble/curves/abstract/montgomery.js";

const P = 2n ** 255n - 19n;

export const x25519 = montgomery({
  P,
  type: "x25519",
  powPminus2: (x) => power(x, P - 2n),
  adjustScalarBytes: clamp,
});

function power(base, exponent) {
  let result = 1n;
  for (let square = base % P, left = exponent; left; left >>= 1n, square = (square * square) % P) {
    if (left & 1n) result = (result * square) % P;
  }
  return result;
}

function clamp(bytes) {
  bytes[0] &= 248;
  bytes[31] &= 127;
  bytes[31] |= 64;
  return bytes;
}
