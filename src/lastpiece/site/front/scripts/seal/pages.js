// What this script does to the pages: fills in what it holds, shows what is wrong, and says what happened. Every
// sentence comes from the page.
import { clean } from "./report.js";

export const boxes = (scope = document) => scope.querySelectorAll("textarea[data-longest]");

/** The bare step of a page: which page, which button, and that the answers are held here. Nothing else is posted. */
export function bareStep(form, submitter, more = {}) {
  const fields = new URLSearchParams({ held: "yes" });
  for (const name of ["step", "checking", "at"]) {
    if (form.elements[name]?.value) fields.set(name, form.elements[name].value);
  }
  if (submitter?.name) fields.set(submitter.name, submitter.value);
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  return fields;
}

/** What is wrong with a text by its page's rules, as a sentence, or an empty string. */
export function wrongWith(text, { longest, empty, tooLong }) {
  if (!text) return empty ?? "";
  const over = [...text].length - Number(longest);
  return over > 0 ? tooLong.replace("{over}", over.toLocaleString("en-GB")) : "";
}

/** Show what is wrong with some boxes, as the front would: a summary that leads to them, and a sentence at each. */
export function showProblems(problems) {
  clearProblems();
  const { summary, sentence, title } = cloneProblem();
  if (!summary) return;
  const list = summary.querySelector("ul");
  const line = list.querySelector("li");
  for (const [box, text] of problems) {
    const entry = line.cloneNode(true);
    entry.querySelector("a").textContent = text;
    entry.querySelector("a").href = `#${box.id}`;
    list.append(entry);
    markBox(box, text, sentence);
  }
  line.remove();
  const heading = document.querySelector("main h1");
  const before = document.querySelector("main .govuk-grid-column-two-thirds") ?? heading?.parentElement;
  before?.prepend(summary);
  if (!document.title.startsWith(title)) document.title = title + document.title;
  summary.focus();
}

function markBox(box, text, sentence) {
  const group = box.closest(".govuk-form-group");
  const said = sentence.cloneNode(true);
  said.id = `${box.id}-problem`;
  said.append(text);
  group.classList.add("govuk-form-group--error");
  box.classList.add("govuk-textarea--error");
  box.setAttribute("aria-invalid", "true");
  box.setAttribute("aria-describedby", `${box.getAttribute("aria-describedby") ?? ""} ${said.id}`.trim());
  box.before(said);
}

export function clearProblems() {
  const title = cloneProblem().title;
  if (title && document.title.startsWith(title)) document.title = document.title.slice(title.length);
  document.querySelector("main .govuk-error-summary")?.remove();
  for (const box of document.querySelectorAll("main textarea[aria-invalid]")) {
    const group = box.closest(".govuk-form-group");
    const ids = (box.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => !/-(problem|error)$/.test(id));
    group.querySelector(".govuk-error-message")?.remove();
    group.classList.remove("govuk-form-group--error");
    box.classList.remove("govuk-textarea--error");
    box.removeAttribute("aria-invalid");
    if (ids.length) box.setAttribute("aria-describedby", ids.join(" "));
    else box.removeAttribute("aria-describedby");
  }
}

function cloneProblem() {
  const template = document.querySelector("template[data-problem]");
  if (!template) return {};
  const content = template.content.cloneNode(true);
  return {
    title: template.dataset.problem,
    summary: content.querySelector(".govuk-error-summary"),
    sentence: content.querySelector(".govuk-error-message"),
  };
}

/** Put back what is held: into boxes, into the rows of the check page; and say that it is locked here. */
export function fillIn(answers) {
  for (const box of boxes()) if (answers[box.name] !== undefined) box.value = answers[box.name];
  for (const row of document.querySelectorAll("[data-answer]")) {
    const text = answers[row.dataset.answer];
    if (!text) continue;
    row.textContent = text;
    row.className = "typed";
    const action = row.closest(".govuk-summary-list__row")?.querySelector("button")?.firstChild;
    if (action && row.dataset.change) action.textContent = row.dataset.change; // before, it says "Add"
  }
  sayLocked("device");
}

/** Show of the two sentences the one that is true: locked on the device, or when it arrives. */
export function sayLocked(where) {
  for (const sentence of document.querySelectorAll("[data-locked]")) {
    sentence.hidden = sentence.dataset.locked !== where;
  }
}

/** Show one of the notices that wait hidden on the page, and take the visitor there. */
export function showNotice(name) {
  for (const notice of document.querySelectorAll("[data-notice]")) notice.hidden = notice.dataset.notice !== name;
  document.querySelector(`[data-notice="${name}"]`)?.focus();
}

export const typedIn = (box) => clean(box.value);
