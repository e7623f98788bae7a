import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { topOf } from "./detailedDiff";
import type { DetailedDiff } from "./detailedDiff";

/** The answer for a resource that stays as it is. */
export function unchanged(): DiffResponse {
  const answer = new DiffResponse();
  answer.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
  return answer;
}

/** The answer for a resource that is to be updated or, because of these properties, replaced. */
export function diffAnswer(
  detailed: DetailedDiff,
  replaced: readonly string[],
  stable: readonly string[],
): DiffResponse {
  const { Kind } = PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  const answer = new DiffResponse();
  answer.setChanges(DiffResponse.DiffChanges.DIFF_SOME);
  answer.setReplacesList([...replaced]);
  answer.setStablesList([...stable]);
  answer.setDiffsList([...new Set([...detailed.keys()].map(topOf))]);
  answer.setHasdetaileddiff(true);
  for (const [path, { kind, with: source }] of detailed) {
    const difference = new PropertyDiff();
    difference.setKind(kinds[kind][replaced.includes(topOf(path)) ? 1 : 0]);
    difference.setInputdiff(source === "input");
    answer.getDetaileddiffMap().set(path, difference);
  }
  return answer;
}
