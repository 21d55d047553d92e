import type { KnownPerson } from "../generated";

/** The name by which the directories find somebody. */
export const userOf = ({ user_name, email, dn }: Pick<KnownPerson, "user_name" | "email" | "dn">): string =>
  user_name ?? email ?? dn;
