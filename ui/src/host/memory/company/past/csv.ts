import type { Failure, ImportedPerson } from "../../../../generated";
import { reason } from "../../../../texts/typed";

const COLUMNS = "change,user_name,email,dn,reason,reason_kind,refused,postponed,before,after,name";
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const error = (one: Failure | undefined) => (one ? `${one.code}: ${one.message}` : "");
const fields = (values: Record<string, string> = {}) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");

/** People of an import as a table, with the columns of the program. */
export function peopleCsv(people: readonly ImportedPerson[]): string {
  const lines = people.map((one) =>
    [
      one.change,
      one.user_name ?? "",
      one.email ?? "",
      one.dn,
      reason(one),
      one.reason_kind,
      error(one.refused),
      error(one.postponed),
      fields(one.before),
      fields(one.after),
      one.name ?? "",
    ]
      .map(quoted)
      .join(","),
  );
  return [COLUMNS, ...lines].join("\r\n");
}
