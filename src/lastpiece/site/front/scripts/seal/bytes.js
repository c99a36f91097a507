// Bytes and their plain forms.
import { concatBytes } from "@noble/hashes/utils.js";

export { concatBytes as join };

export const ascii = (text) => new TextEncoder().encode(text); // UTF-8; what we label is ASCII

export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

export const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const number = (value, length) =>
  Uint8Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256);

export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
