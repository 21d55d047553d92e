import type { Mapping } from "../generated";

export function emptyMapping(account: string): Mapping {
  return {
    name: "",
    account,
    base_dn: "",
    name_from: "upn",
    nested_groups: false,
    auto_import: true,
    activation_email: true,
    mass_deployment: false,
  };
}
