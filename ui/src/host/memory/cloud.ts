import type { Check, CloudView, Kept, ProxyChoice } from "../../generated";
import type { Host } from "../contract";
import { pass, resolved } from "./company/sample";
import { fail, type State } from "./state";

function host(url: string): string {
  if (/^https:\/\/[^/\s]+/.test(url)) return new URL(url).host;
  throw fail("invalid_input", "The address is not valid.", "Write it like https://cloud.example.com.", "url");
}

function refuse(key: string): void {
  const used = key.trim() === "used";
  if (key.trim().startsWith("key-")) return;
  const message = used
    ? "The registration key has already been used."
    : "The cloud does not recognize this registration key.";
  const action = used
    ? "Create a new key in the cloud's console. Each key works once."
    : "Copy the key again, or create a new one in the cloud's console.";
  throw fail(used ? "registration_key_used" : "registration_key_unknown", message, action, "key");
}

const STILL_THERE = fail(
  "password_in_file",
  "The password was taken over, but it is still in the file.",
  "Blank it in the file yourself.",
  "file",
);

/** Every step to a cloud. */
export function cloudChecks(url: string): Check[] {
  const target = host(url);
  return [
    pass("cloud_resolve", target, resolved("203.0.113.10")),
    pass("cloud_connect", target, { kind: "connected" }),
    pass("cloud_tls", target, { kind: "tls_agreed", values: { version: "1.3" } }),
    pass("cloud", url, { kind: "cloud_answers", values: { product: "inSync Cloud" } }),
    pass("clock", url, { kind: "clocks_differ", values: { seconds: 0 } }),
  ];
}

/** A cloud that takes every key of the form `key-…`. */
export function cloudPart(state: State) {
  const join = (view: CloudView) => {
    state.cloud = view;
    state.note("settings", "registered", {});
    state.tell();
    return view;
  };
  const proxyOf = ({ password: _secret, user, ...rest }: ProxyChoice) => ({
    ...rest,
    ...(user ? { user } : {}),
  });
  return {
    cloud: async () => Promise.resolve(state.cloud),
    registerCloud: async (request) => {
      host(request.url);
      refuse(request.key);
      state.settings.proxy = request.proxy ? proxyOf(request.proxy) : null;
      const former = state.settings.next?.replaces;
      state.settings.next = null;
      const view = join({
        kind: "connector",
        url: request.url,
        connector_id: "c-4711",
        tenant: "Example Corp",
      });
      return Promise.resolve(former && request.key !== "key-replace" ? { ...view, still: former } : view);
    },
    registerScim: async (request) => {
      host(request.url);
      if (!request.token.trim())
        throw fail("invalid_input", "The token is empty.", "Copy it from the service's console.", "token");
      return Promise.resolve(join({ kind: "scim", url: request.url, connector_id: "", tenant: null }));
    },
    changeToken: async (token) => {
      if (!state.cloud) throw fail("not_registered", "Not registered with a cloud yet.", "Register first.");
      if (!token.trim())
        throw fail("invalid_input", "The token is empty.", "Copy it from the service's console.", "token");
      return Promise.resolve(state.cloud);
    },
    unregister: async () => {
      state.cloud = null;
      state.forgetImports();
      state.tell();
      return Promise.resolve();
    },
    changeProxy: async (proxy) => {
      if (!state.cloud) throw fail("not_registered", "Not registered with a cloud yet.", "Register first.");
      if (proxy && !proxy.host.trim())
        throw fail("invalid_input", "The proxy has no host.", "Type its name or address.", "host");
      state.settings.proxy = proxy ? proxyOf(proxy) : null;
      return Promise.resolve(state.cloud);
    },
    offeredProxy: async () =>
      Promise.resolve(state.offered ? { proxy: state.offered, password: false } : null),
    checkCloud: async ({ url }) => Promise.resolve(cloudChecks(url)),
    found: async () => {
      const kept: Kept[] = [
        ...(state.cloud ? ["registration" as const] : []),
        ...(state.accounts.length ? ["accounts" as const] : []),
        ...(state.mappings.length ? ["mappings" as const] : []),
      ];
      if (kept.length > 0) return Promise.resolve({ kind: "earlier", version: "0.1.0", kept });
      return Promise.resolve(
        state.legacy
          ? {
              kind: "legacy",
              file: "C:\\inSyncADConnector\\inSyncADConnector.cfg",
              service: { name: "Druva inSync Connector", running: true },
              kept: ["proxy", "proxy_password"],
            }
          : { kind: "fresh", kept: [] },
      );
    },
    migrate: async (_file, blankPassword) => {
      const proxy = { kind: "http" as const, host: "proxy.corp.example.com", port: 3128, user: "svc-proxy" };
      if (!state.cloud) state.settings.next = { kind: "connector", ...state.settings.next, proxy };
      return Promise.resolve({
        proxy,
        password_kept: true,
        blanked: blankPassword && !state.writeProtected,
        ...(state.writeProtected && blankPassword ? { failure: STILL_THERE } : {}),
        left_out: [{ key: "SERVICE_PORT", instead: "ports" as const }],
      });
    },
  } satisfies Partial<Host>;
}
