import type { PlannedPerson } from "../generated";

type Named = Pick<PlannedPerson, "name" | "user_name" | "email" | "dn">;

/** What somebody is called in a list. */
export const nameOf = ({ name, user_name, dn }: Named): string => name ?? user_name ?? dn;

/** What tells people of one name apart. */
export function addressOf({ name, user_name, email }: Named): string {
  const both = name !== undefined && user_name !== null && user_name !== email;
  return [both ? user_name : null, email].filter((text) => text !== null).join(" · ") || "–";
}
