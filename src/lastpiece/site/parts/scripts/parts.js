// What both sites start on every page: GOV.UK's own behaviour for the parts that have some.
import { Button, ErrorSummary, SkipLink, isSupported } from "govuk-frontend";

export function startParts(scope = document) {
  document.body.classList.add("js-enabled");
  if (!("noModule" in HTMLScriptElement.prototype)) return;
  document.body.classList.add("govuk-frontend-supported");
  if (!isSupported()) return;
  for (const Part of [Button, ErrorSummary, SkipLink]) {
    for (const element of scope.querySelectorAll(`[data-module="${Part.moduleName}"]`)) {
      if (!element.hasAttribute(`data-${Part.moduleName}-init`)) new Part(element);
    }
  }
}
