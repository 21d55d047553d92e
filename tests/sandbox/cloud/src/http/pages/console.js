"use strict";

const PAGE = 50;
const $ = (id) => document.getElementById(id);
let token = sessionStorage.getItem("admin-token") ?? "";
let current = "users";
let first = 1;
let filter = "";

function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

async function api(path, method = "GET", body = undefined) {
  const response = await fetch(`/admin/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) {
    if (response.status === 401) leave();
    throw new Error([answer.detail, answer.action].filter(Boolean).join(" "));
  }
  return answer;
}

const badge = (kind, text) => element("span", { className: `badge ${kind}`, textContent: text });
const note = (kind, ...parts) => element("div", { className: `note ${kind}` }, ...parts);
const time = (value) => {
  if (!value) return "–";
  const date = new Date(value);
  return element("time", { dateTime: date.toISOString(), textContent: date.toLocaleString() });
};
const button = (text, action, primary = false) => {
  const node = element("button", { type: "button", textContent: text, className: primary ? "primary" : "" });
  node.addEventListener("click", () => act(action, node));
  return node;
};

// Runs an action of the administrator and shows how it ended.
async function act(action, node) {
  node.disabled = true;
  try {
    const said = await action();
    await show();
    if (said) $("console").prepend(said);
  } catch (error) {
    $("console").prepend(note("bad", error.message));
  } finally {
    node.disabled = false;
  }
}

function table(caption, heads, rows, nothing) {
  if (rows.length === 0) return element("div", { className: "scroll" }, element("p", { className: "empty", textContent: nothing }));
  const cell = (value) => element("td", { className: typeof value === "number" ? "number" : "" }, value instanceof Node ? value : String(value ?? "–"));
  const head = element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col", textContent: text }))));
  const body = element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map(cell))));
  const label = { ariaLabel: caption };
  return element("div", { className: "scroll", tabIndex: 0, role: "region", ...label }, element("table", label, head, body));
}

function field(id, text, properties = {}) {
  return element("div", {}, element("label", { htmlFor: id, textContent: text }), element("input", { id, ...properties }));
}

const AREAS = {
  users: ["Users", async () => {
    const query = new URLSearchParams({ startIndex: first, count: PAGE });
    if (filter) {
      const quoted = JSON.stringify(filter);
      query.set("filter", `userName co ${quoted} or displayName co ${quoted} or emails.value co ${quoted}`);
    }
    const { total, users } = await api(`/users?${query}`);
    const search = field("search", "Search by name or e-mail", { type: "search", value: filter });
    search.querySelector("input").addEventListener("change", (event) => { filter = event.target.value.trim(); first = 1; show(); });
    const pager = element("div", { className: "pager" },
      button("Previous", () => { first = Math.max(1, first - PAGE); }), button("Next", () => { first += PAGE; }),
      users.length ? `${first} to ${first + users.length - 1} of ${total}` : `${total} in all`);
    pager.children[0].disabled = first <= 1;
    pager.children[1].disabled = first + PAGE > total;
    return [element("div", { className: "bar" }, search),
      table("Users", ["User name", "Name", "E-mail", "State", "Mapping", "Devices", "Since"], users.map((u) => [
        u.userName, u.displayName, u.email, u.active ? badge("good", "Active") : badge("plain", "Preserved"),
        u.mapping, u.devices.map((d) => d.name).join(", ") || "–", time(u.created)]),
      "Nobody yet. People come with the first import."), pager];
  }],
  connectors: ["Connectors", async () => {
    const { connectors } = await api("/connectors");
    const newKey = async (what, body) => {
      const { key, expires } = await api("/registration-keys", "POST", body);
      return note("good", `${what}, shown once: `, element("span", { className: "secret", textContent: key }), " – good until ", time(expires));
    };
    const create = button("New registration key", () => newKey("Registration key", {}), true);
    return [element("div", { className: "bar" }, create),
      table("Connectors", ["Host", "State", "Version", "Accounts", "Mappings", "Registered", "Last seen", ""], connectors.map((c) => [
        c.host, c.used_twice ? badge("bad", "Used by two computers") : c.connected ? badge("good", "Connected") : badge("bad", "Offline"), c.version,
        (c.accounts ?? []).map((a) => a.name).join(", ") || "–", c.mappings, time(c.registered), time(c.last_seen),
        element("span", { className: "bar" }, button("Replace", () => newKey(`Key that replaces the connector on ${c.host}`, { replaces: c.id })), button("Revoke", async () => { if (confirm(`Revoke the connector on ${c.host}?`)) await api(`/connectors/${encodeURIComponent(c.id)}`, "DELETE"); }))]),
      "No connector is registered. Make a key and register one with it.")];
  }],
  mappings: ["Mappings", async () => {
    const { connected, mappings } = await api("/mappings");
    return [connected ? null : note("bad", "Not every connector is connected; this is what was told last."),
      element("p", {}),
      table("Mappings", ["Priority", "Name", "Account", "Base DN", "Profile", "Import", "Deployment", ""], mappings.map((m) => [
        m.priority ?? "–", m.name, m.account, m.base_dn, m.profile, m.auto_import ? "Automatic" : "On demand", m.mass_deployment ? "Yes" : "No",
        button("Import now", async () => {
          const done = await api(`/mappings/${encodeURIComponent(m.name)}/sync`, "POST", {});
          if (done.error) throw new Error(`${done.error.message} ${done.error.action ?? ""}`);
          return note("good", `${m.name}: ${done.read ?? 0} read, ${done.acknowledged ?? 0} changed.`);
        })]), "There is no mapping. The administrator of the connector makes them, or PUT /admin/v1/mappings.")];
  }],
  tokens: ["Deployment tokens", async () => {
    const { tokens } = await api("/deployment-tokens");
    const create = button("New token", async () => {
      const made = await api("/deployment-tokens", "POST", { name: $("token-name").value });
      return note("good", `Token ${made.name}, shown once: `, element("span", { className: "secret", textContent: made.token }));
    }, true);
    return [element("div", { className: "bar" }, field("token-name", "Name", { maxLength: 100 }), create),
      table("Deployment tokens", ["Name", "State", "Used", "Made", "Ends", ""], tokens.map((t) => [
        t.name, t.expired ? badge("plain", "Expired") : badge("good", "Good"), t.used, time(t.created), time(t.expires),
        t.expired ? "" : button("Expire now", () => api(`/deployment-tokens/${encodeURIComponent(t.name)}`, "DELETE"))]),
      "No deployment token yet.")];
  }],
  imports: ["Imports", async () => {
    const { imports, running } = await api("/imports");
    const waiting = (i) => (i.awaiting_approval ?? []).reduce((sum, list) => sum + list.people, 0);
    const state = (i) => i.error ? badge("bad", i.error.message) : waiting(i) ? badge("bad", `${waiting(i)} await approval`) : i.complete ? badge("good", "Complete") : badge("bad", "Incomplete");
    return [...running.map((r) => note("good", `${r.mapping} is running: ${r.read} read, ${r.acknowledged} acknowledged.`)), element("p", {}),
      table("Imports", ["Ended", "Mapping", "State", "Read", "Created", "Updated", "Preserved", "Skipped", "Held", "Refused"], imports.map((i) => [
        time(i.finished_ms), i.mapping, state(i), i.read ?? 0, i.counts?.create ?? 0, i.counts?.update ?? 0,
        i.counts?.preserve ?? 0, i.counts?.skip ?? 0, i.counts?.hold ?? 0, i.refused ?? 0]), "No import has ended yet.")];
  }],
  alerts: ["Alerts", async () => {
    const { alerts } = await api("/alerts");
    return [table("Alerts", ["Since", "Account", "What", "What to do"], alerts.map((a) => [time(a.since_ms), a.account, a.message, a.action]),
      "No alerts. All is well.")];
  }],
};

async function show() {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.setAttribute("aria-selected", String(tab.id === `tab-${current}`));
    tab.tabIndex = tab.id === `tab-${current}` ? 0 : -1;
  }
  const [title, load] = AREAS[current];
  let parts;
  try {
    parts = await load();
  } catch (error) {
    parts = [note("bad", error.message)];
  }
  $("console").setAttribute("aria-label", title);
  $("console").replaceChildren(element("h2", { textContent: title }), ...parts.filter(Boolean));
}

function choose(area) {
  current = area;
  first = 1;
  history.replaceState(null, "", `#${area}`);
  return show();
}

function leave() {
  sessionStorage.removeItem("admin-token");
  token = "";
  open();
}

function open() {
  for (const id of ["inside", "refresh", "leave"]) $(id).hidden = !token;
  $("gate").hidden = Boolean(token);
  if (token) show(); else $("token").focus();
}

for (const [area, [title]] of Object.entries(AREAS)) {
  const tab = element("button", { type: "button", id: `tab-${area}`, role: "tab", textContent: title });
  tab.setAttribute("aria-controls", "console");
  tab.addEventListener("click", () => choose(area));
  document.querySelector(".tabs").append(tab);
}
document.querySelector(".tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = Object.keys(AREAS);
  const next = all[(all.indexOf(current) + step + all.length) % all.length];
  $(`tab-${next}`).focus();
  choose(next);
});
$("enter").addEventListener("submit", async (event) => {
  event.preventDefault();
  token = $("token").value.trim();
  $("token").value = "";
  try {
    await api("/settings");
    sessionStorage.setItem("admin-token", token);
  } catch (error) {
    token = "";
    $("gate-message").replaceChildren(note("bad", error.message));
  }
  open();
});
$("refresh").addEventListener("click", show);
$("leave").addEventListener("click", leave);
const wanted = location.hash.slice(1);
if (wanted in AREAS) current = wanted;
open();
