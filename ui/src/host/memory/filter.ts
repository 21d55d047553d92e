import type { Condition, Failure } from "../../generated";

const escape = (value: string) =>
  value.replace(/[\\*()\0]/g, (c) => `\\${c.charCodeAt(0).toString(16).padStart(2, "0")}`);

function bad(message: string, field: string, action: string): Failure {
  return { code: "invalid_filter", message, action, field };
}

/** RFC 4515 text of a tree of conditions. */
export function filterOf(condition: Condition): string {
  if ("all" in condition || "any" in condition) {
    const list = "all" in condition ? condition.all : condition.any;
    if (list.length === 0)
      throw bad(
        "A list of conditions is empty.",
        "conditions",
        "Put a condition into it, or remove the list.",
      );
    const [first] = list;
    if (list.length === 1 && first) return filterOf(first);
    return `(${"all" in condition ? "&" : "|"}${list.map(filterOf).join("")})`;
  }
  if (Array.isArray(condition)) return filterOf({ all: condition });
  if ("not" in condition) return `(!${filterOf(condition.not)})`;
  const { attribute, op } = condition;
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(attribute))
    throw bad(
      `"${attribute}" is not an attribute name.`,
      "conditions",
      "Use a name such as department or title.",
    );
  if (!condition.value && op !== "present" && op !== "absent")
    throw bad(`The value for "${attribute}" is empty.`, "conditions", "Type a value, or test for presence.");
  const value = escape(condition.value);
  switch (op) {
    default:
    case "equals":
      return `(${attribute}=${value})`;
    case "not_equals":
      return `(!(${attribute}=${value}))`;
    case "starts_with":
      return `(${attribute}=${value}*)`;
    case "ends_with":
      return `(${attribute}=*${value})`;
    case "contains":
      return `(${attribute}=*${value}*)`;
    case "at_least":
      return `(${attribute}>=${value})`;
    case "at_most":
      return `(${attribute}<=${value})`;
    case "present":
      return `(${attribute}=*)`;
    case "absent":
      return `(!(${attribute}=*))`;
  }
}

/** Balance and form of a filter typed by hand; the message tells the position. */
export function checkFilter(text: string): string {
  const filter = text.trim();
  const fail = (at: number) =>
    bad(
      `The filter is not valid at position ${at + 1}.`,
      "filter",
      "Write it as in RFC 4515, for example (department=Sales).",
    );
  let depth = 0;
  for (let i = 0; i < filter.length; i += 1) {
    if (filter[i] === "(") {
      depth += 1;
      if (!/[A-Za-z0-9&|!]/.test(filter[i + 1] ?? "")) throw fail(i + 1);
    }
    if (filter[i] === ")") {
      depth -= 1;
      if (depth < 0 || (depth === 0 && i < filter.length - 1)) throw fail(i);
    }
    if (depth === 0 && filter[i] !== ")") throw fail(i);
  }
  if (depth !== 0 || !/[=]/.test(filter)) throw fail(filter.length);
  return filter;
}
