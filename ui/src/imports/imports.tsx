import type { ApprovalKind } from "../generated";
import { useParts } from "../screens";
import { Approval } from "./approval/approval";
import { RunList } from "./list";
import { RunDetail } from "./one-import/run";
import { WAITING } from "./waiting";

/** Imports: all of them, the one that the address names, or a list that waits for an approval. */
export function Imports() {
  const [part, second, third] = useParts();
  if (part === WAITING) {
    const kind: ApprovalKind = third === "relink" ? "relink" : "deactivate";
    return <Approval key={`${second} ${kind}`} mapping={second ?? ""} kind={kind} />;
  }
  const run = Number(part);
  if (part !== "" && Number.isInteger(run))
    return <RunDetail key={run} id={run} change={second} reason={third} />;
  return <RunList />;
}
