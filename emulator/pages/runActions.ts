import { invalidValue } from "../http/errors";
import { resurrectWith } from "../runs/updateRun";
import { abort } from "../runs/lifecycle";
import { expireRun } from "../runs/removeRun";
import { pathAfter } from "./notices";
import { redirectAnswer } from "./pageAnswers";
import { action, requireOwner } from "./pageRequest";
import { runOf } from "./runPage";
import { runPath } from "./paths";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { Done } from "./notices";
import type { PageRoute, SignedInRequest } from "./pageRequest";

/** What the buttons of a run do. */
export function runActionRoutes(state: EmulatorState): PageRoute[] {
  const ownRun = (request: SignedInRequest): RunEntry => {
    const entry = runOf(state, request);
    requireOwner(request, entry.owner);
    return entry;
  };
  return [
    action("/actors/runs/:id/abort", (request) => {
      const entry = ownRun(request);
      abort(state, entry, mannerOf(request));
      return backTo(entry, "aborted");
    }),
    action("/actors/runs/:id/resurrect", (request) => {
      const entry = ownRun(request);
      resurrectWith(state, entry, {});
      return backTo(entry, "resurrected");
    }),
    action("/actors/runs/:id/expire", (request) => {
      expireRun(state, ownRun(request));
      return redirectAnswer(pathAfter("/", "expired"));
    }),
  ];
}

function mannerOf({ form }: SignedInRequest): "gracefully" | "immediately" {
  const manner = form.get("manner");
  if (manner === "gracefully" || manner === "immediately") return manner;
  throw invalidValue('"manner" must be gracefully or immediately.');
}

function backTo({ run }: RunEntry, done: Done): Answer {
  return redirectAnswer(pathAfter(runPath(run.id), done));
}
