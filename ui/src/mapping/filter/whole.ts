import type { Condition } from "../../generated";

/** Whether everything in a tree of conditions was filled in; what is still being typed is no error yet. */
export function isWhole(condition: Condition): boolean {
  if (Array.isArray(condition)) return condition.length > 0 && condition.every(isWhole);
  if ("all" in condition) return condition.all.length > 0 && condition.all.every(isWhole);
  if ("any" in condition) return condition.any.length > 0 && condition.any.every(isWhole);
  if ("not" in condition) return isWhole(condition.not);
  const { attribute, op, value } = condition;
  return attribute.trim() !== "" && (op === "present" || op === "absent" || value.trim() !== "");
}
