import type { AccountView, Check, CheckFinding } from "../../generated";
import type { Host } from "../contract";
import { BASE, groups, units } from "./company/directory";
import { peopleFound } from "./company/found";
import { ACCOUNT, CHAIN, pass, probe, resolved } from "./company/sample";
import { fail, type State } from "./state";

function accept(password: string): void {
  if (!password) throw fail("empty_password", "The password is empty.", "Enter the password.", "password");
  if (password === "wrong")
    throw fail(
      "wrong_credentials",
      "The directory does not accept this name and password.",
      "Check the bind name (a DN, user@domain or DOMAIN\\user) and the password.",
      "password",
    );
}

/** Every step on every server, as the program takes them; where the directory is away, its first server is. */
export function testOf(account: AccountView, away: boolean): Check[] {
  const several = account.servers.length > 1;
  return account.servers.flatMap((server, i) => {
    const target = server.includes(":") ? server : `${server}:${account.security === "ldaps" ? 636 : 389}`;
    const place = several ? `${target}: ${BASE}` : BASE;
    const found = pass("resolve", target, resolved(`10.20.0.${11 + i}`));
    if (away && i === 0) return [found, unreachable(target), ...LATER.map((check) => skipped(check, target))];
    return [
      found,
      pass("connect", target, { kind: "connected" }),
      account.security === "plain"
        ? skipped("tls", target, { kind: "tls_off" })
        : pass("tls", target, {
            kind: "certificate_verified",
            values: { issuer: "CN=Example Corp Issuing CA" },
          }),
      pass("bind", target, { kind: "bound", values: { name: account.bind_name } }),
      pass("root_dse", target, { kind: "server", values: { server: "active_directory", bases: [BASE] } }),
      pass("base_dn", place, { kind: "base_exists" }),
      pass("sample_read", place, { kind: "people_readable" }),
      pass("paged_read", place, { kind: "pages_readable" }),
    ];
  });
}

/** Steps that are not tried where a server cannot be reached. */
const LATER = ["tls", "bind", "root_dse", "base_dn", "sample_read", "paged_read"];

function skipped(check: string, target: string, found: CheckFinding = { kind: "earlier_failed" }): Check {
  return { ...pass(check, target, found), status: "skip" };
}

function unreachable(target: string): Check {
  return {
    check: "connect",
    target,
    status: "fail",
    code: "connect_timeout",
    found: null,
    message: `${target} cannot be reached.`,
    action: "Check that the server runs and that no firewall is in between.",
  };
}

/** A directory whose every password but `wrong` is right. */
export function accountsPart(state: State) {
  return {
    accounts: async () => Promise.resolve(structuredClone(state.accounts)),
    addAccount: async ({ account, password }) => {
      if (!account.name.trim())
        throw fail("invalid_input", "The account has no name.", "Give it a name.", "name");
      if (!account.bind_name)
        throw fail(
          "invalid_input",
          "The bind name is empty.",
          "Type a DN, user@domain or DOMAIN\\user.",
          "bind_name",
        );
      accept(password);
      if (state.accounts.some((a) => a.name === account.name))
        throw fail(
          "already_exists",
          `An account named "${account.name}" already exists.`,
          "Choose another name.",
          "name",
        );
      const added: AccountView = {
        ...ACCOUNT,
        name: account.name,
        servers: account.servers,
        security: account.security,
        bind_name: account.bind_name,
      };
      state.accounts = [...state.accounts, added];
      state.note("settings", "account added", {});
      state.tell();
      return Promise.resolve({ account: added, checks: testOf(added, false) });
    },
    changeAccount: async (name, { servers, domain, security, attributes, ca_pem, bind_name, password }) => {
      const account = state.account(name);
      const elsewhere =
        Boolean(ca_pem) ||
        (servers ?? []).some((server) => !account.servers.includes(server)) ||
        (domain ?? account.domain ?? "") !== (account.domain ?? "") ||
        (security === "plain" && account.security !== "plain") ||
        (bind_name ?? account.bind_name) !== account.bind_name;
      if (password) accept(password);
      else if (elsewhere)
        throw fail(
          "secret_missing",
          `The password of account "${name}" was entered for other servers, another bind name or a better protected connection.`,
          "Enter the password together with the change. It is sent to no server that it was not entered for.",
          "password",
        );
      Object.assign(account, {
        ...(servers ? { servers } : {}),
        ...(domain === undefined ? {} : { domain: domain || null }),
        ...(security ? { security } : {}),
        ...(attributes ? { attributes } : {}),
        ...(bind_name ? { bind_name } : {}),
      });
      return Promise.resolve(structuredClone(account));
    },
    testAccount: async (name) => Promise.resolve(testOf(state.account(name), state.alerts.length > 0)),
    setAccountPassword: async (name, password) => {
      state.account(name);
      accept(password);
      state.missingPasswords = state.missingPasswords.filter((missing) => missing !== name);
      state.tell();
      return Promise.resolve();
    },
    removeAccount: async (name) => {
      const used = state.mappings.find((m) => m.account === name);
      if (used)
        throw fail(
          "in_use",
          `The mapping "${used.name}" uses the account.`,
          "Remove the mapping first.",
          "name",
        );
      state.account(name);
      state.accounts = state.accounts.filter((a) => a.name !== name);
      state.tell();
      return Promise.resolve();
    },
    accountCertificates: async (name) => {
      const [server = ""] = state.account(name).servers;
      const [own, ...above] = CHAIN;
      const shown = own && { ...own, subject: `CN=${server.replace(/:\d+$/, "")}`, names: [server] };
      return Promise.resolve({ trusted: true, certificates: [...(shown ? [shown] : []), ...above] });
    },
    findServers: async (domain) => {
      if (!domain.includes("."))
        throw fail(
          "resolve_failed",
          `No domain controllers were found for ${domain}.`,
          "Check the domain name, or enter the servers yourself.",
          "domain",
        );
      return Promise.resolve([`dc1.${domain}`, `dc2.${domain}`]);
    },
    probeServer: async (request) => {
      if (request.servers.length === 0 && !request.domain)
        throw fail("invalid_input", "The server is missing.", "Type at least one server.", "servers");
      return Promise.resolve(probe(request));
    },
    browseBases: async (account) => {
      if (account !== null) state.account(account);
      return Promise.resolve([{ name: BASE, dn: BASE, identity: null, has_children: true, members: null }]);
    },
    browseUnits: async (_account, query) => Promise.resolve(units(query)),
    browseGroups: async (_account, query) => Promise.resolve(groups(query)),
    browsePeople: async (_account, query) => Promise.resolve(peopleFound(query)),
  } satisfies Partial<Host>;
}
