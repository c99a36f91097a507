// Photos and files: cut into chunks, each sealed on the device and sent before the report that names them, as in
// `lastpiece/tell/chunk.py`. A file is read a chunk at a time, and never parsed.
import { sha256 } from "@noble/hashes/sha2.js";

import { ascii, join, number, random, toHex } from "./bytes.js";
import { held } from "./held.js";
import { sendPlain } from "./sending.js";

const MAGIC = join(ascii("LPCHUNK"), Uint8Array.from([1]));
export const CHUNK_BYTES = 1024 * 1024 - 4 - MAGIC.length - 16 - 4;
const PICTURE = /\.(avif|dng|heic|heif|jpe?g|png|tiff?|webp)$/i;
const LONGEST_NAME = 120;

const place = (scope = document) => scope.querySelector("[data-files]");

/** Take what was chosen or unticked on a page; true when the page may be left. */
export function takeFiles(form, go) {
  const list = place(form);
  for (const box of form.querySelectorAll('input[name="place"]')) {
    const file = held.files.find(({ id }) => toHex(id) === box.value);
    if (file) file.usePlace = box.checked;
  }
  const chosen = form.querySelector('input[type="file"]');
  const problems = [...(chosen?.files ?? [])].map((file) => take(file, list.dataset)).filter(Boolean);
  const added = Boolean(chosen?.files.length);
  if (chosen) chosen.value = "";
  if (go.startsWith("remove:")) held.files = held.files.filter(({ id }) => `remove:${toHex(id)}` !== go);
  listFiles(problems);
  return !added && !problems.length && go !== "add" && !go.startsWith("remove:");
}

function take(file, { most, longest, tooMany, tooLarge, empty }) {
  const name = cleanName(file.name);
  if (held.files.length >= Number(most)) return tooMany;
  if (file.size > Number(longest)) return tooLarge.replace("{name}", name);
  if (!file.size) return empty.replace("{name}", name);
  held.files.push({ id: random(16), name, size: file.size, usePlace: false, file, done: 0, digest: null });
  return "";
}

function cleanName(name) {
  const last = name.replaceAll("\\", "/").split("/").pop();
  return [...last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "").trim()].slice(-LONGEST_NAME).join("");
}

/** Show the files that are held, with what went wrong with others. */
export function listFiles(problems = []) {
  const list = place()?.querySelector("[data-files-list]");
  const template = place()?.querySelector("template[data-file]");
  if (!list || !template) return;
  list.replaceChildren(...held.files.map((file, at) => entry(file, at + 1, template)));
  list.hidden = !held.files.length;
  const said = place().querySelector("[data-files-problems]");
  said.textContent = problems.join(" ");
  said.hidden = !problems.length;
}

function entry({ id, name, size, usePlace }, count, template) {
  const item = template.content.cloneNode(true);
  item.querySelector("bdi").textContent = name;
  item.querySelector(".files__size").textContent = sizeInWords(size);
  const tick = item.querySelector('input[name="place"]');
  if (tick && !PICTURE.test(name)) tick.closest(".govuk-checkboxes").remove();
  else if (tick) {
    tick.value = toHex(id);
    tick.checked = usePlace;
    tick.id = `place-${count}`;
    item.querySelector("label").htmlFor = tick.id;
  }
  const button = item.querySelector("button");
  button.value = `remove:${toHex(id)}`;
  button.querySelector(".govuk-visually-hidden").textContent = ` ${name}`;
  return item;
}

const sizeInWords = (size) =>
  size >= 1_000_000 ? `${(size / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(size / 1000))} kB`;

export const namesOf = (files) => files.map(({ name }) => name).join("\n");

/** Send every chunk that is not safe yet, so that a second try goes on where the first one stopped. */
export async function sendFiles(files, addresses) {
  let key = null;
  for (const entry of files) {
    if (entry.digest) continue;
    const digest = sha256.create();
    for (let at = 0; at * CHUNK_BYTES < entry.size; at += 1) {
      const content = new Uint8Array(
        await entry.file.slice(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES).arrayBuffer(),
      );
      digest.update(content);
      if (at < entry.done) continue;
      key = await sendPlain(join(MAGIC, entry.id, number(at, 4), content), addresses, key);
      entry.done = at + 1;
    }
    entry.digest = digest.digest();
  }
}

/** What the report says of the files. */
export const attachmentsOf = (files) =>
  files.map(({ id, name, size, usePlace, digest }) => ({
    id, name, size, usePlace, sha256: digest, chunks: Math.ceil(size / CHUNK_BYTES),
  }));

/** A file is listed as soon as it is chosen: nobody has to press a button for it. */
export function watchFiles() {
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-seal]");
    if (event.target.type !== "file" || !form || held.open) return;
    takeFiles(form, "add");
  });
}
