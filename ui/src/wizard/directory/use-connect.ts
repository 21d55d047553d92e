import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { host } from "../../host";
import { connection, serversOf, type StepProps } from "../step";

/** The server looked at, then the account stored: added, or changed where it is stored already. */
export function useConnect({ draft, put }: Pick<StepProps, "draft" | "put">) {
  const { credentials, directory } = draft;
  const client = useQueryClient();
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: host.accounts });
  const stored = accounts.data?.some((a) => a.name.toLowerCase() === credentials.name.toLowerCase()) ?? false;
  const probe = useMutation({
    mutationFn: async (ca: string | null) =>
      host.probeServer({
        servers: serversOf(draft),
        domain: directory.domain || undefined,
        security: directory.security,
        ca_pem: ca ?? undefined,
      }),
  });
  const parts = {
    servers: serversOf(draft),
    security: directory.security,
    bind_name: credentials.bind_name,
    ...(directory.domain ? { domain: directory.domain } : {}),
    ...(directory.ca_pem ? { ca_pem: directory.ca_pem } : {}),
  };
  const connect = useMutation({
    mutationFn: async (password: string) => {
      // Only this wizard's own account is changed: another of the same name is told at its field.
      if (stored && draft.connected !== null) {
        const domain = directory.domain;
        await host.changeAccount(credentials.name, { ...parts, domain, ...(password ? { password } : {}) });
      } else {
        const account = { name: credentials.name, kind: "auto" as const, ...parts };
        await host.addAccount({ account, password, untested: false });
      }
    },
    onSuccess: async () => {
      put({ connected: connection(draft), previewed: false });
      await Promise.all(
        ["accounts", "bases", "count", "units", "groups", "certificates", "status"].map(async (kind) =>
          client.invalidateQueries({ queryKey: [kind] }),
        ),
      );
    },
    gcTime: 0,
  });
  const asStored = stored && draft.connected === connection(draft);
  return { probe, connect, stored, asStored };
}
