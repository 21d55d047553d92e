import type { Mapping } from "../../generated";
import type { Host } from "../contract";
import { checkFilter, filterOf } from "./filter";
import { hand } from "./hand";
import { belonging, displayName, person } from "./company/people";
import { Previews } from "./previews";
import { fail, type State } from "./state";

function named(mapping: Mapping): void {
  if (!mapping.name.trim())
    throw fail("invalid_input", "The mapping has no name.", "Give it a name.", "name");
}

function checked(mapping: Mapping, state: State): Mapping {
  state.account(mapping.account);
  if (!mapping.base_dn.includes("="))
    throw fail("invalid_dn", `"${mapping.base_dn}" is not a DN.`, "Choose a base DN of the list.", "base_dn");
  if (mapping.filter) checkFilter(mapping.filter);
  if (mapping.conditions) filterOf(mapping.conditions);
  return mapping;
}

export function mappingsPart(state: State) {
  const previews = new Previews(state);
  const numbered = (list: Mapping[]) => {
    state.mappings = list.map((m, i) => ({ ...m, priority: i + 1 }));
    state.tell();
  };
  return {
    mappings: async () => Promise.resolve(structuredClone(state.mappings)),
    putMapping: async (mapping, fresh) => {
      named(mapping);
      checked(mapping, state);
      const name = mapping.name.toLowerCase();
      const at = state.mappings.findIndex((m) => m.name.toLowerCase() === name);
      if (fresh && at >= 0)
        throw fail(
          "already_exists",
          `There is a mapping "${mapping.name}" already.`,
          "Choose another name.",
          "name",
        );
      const list = [...state.mappings];
      if (at < 0) list.push(mapping);
      else list[at] = mapping;
      numbered(list);
      state.note("settings", "mapping applied", {});
      return Promise.resolve(structuredClone(state.mapping(mapping.name)));
    },
    removeMapping: async (name) => {
      state.mapping(name);
      numbered(state.mappings.filter((m) => m.name !== name));
      return Promise.resolve();
    },
    moveMapping: async (name, position) => {
      const moved = state.mapping(name);
      if (position < 1 || position > state.mappings.length)
        throw fail("invalid_input", `Position ${position} does not exist.`, "Choose one of the list.", "to");
      const rest = state.mappings.filter((m) => m.name !== name);
      rest.splice(position - 1, 0, moved);
      numbered(rest);
      return Promise.resolve(structuredClone(state.mappings));
    },
    proposals: async () => Promise.resolve(structuredClone(state.proposals)),
    approveProposal: async (name, hash) => {
      const waiting = state.proposal(name);
      if (waiting.hash !== hash || !waiting.previewed)
        throw fail(
          "approval_stale",
          `"${name}" is not the mapping that you looked at.`,
          "Look at it, then approve it.",
        );
      const { mapping } = waiting;
      const rest = state.mappings.filter((m) => m.name.toLowerCase() !== mapping.name.toLowerCase());
      rest.splice((mapping.priority ?? rest.length + 1) - 1, 0, mapping);
      numbered(rest);
      state.dropProposal(waiting);
      state.note("settings", "mapping applied", { mapping });
      return Promise.resolve(structuredClone(state.mapping(mapping.name)));
    },
    rejectProposal: async (name) => {
      const waiting = state.proposal(name);
      state.dropProposal(waiting);
      state.note("settings", "mapping rejected", { mapping: waiting.mapping });
      return Promise.resolve();
    },
    exportMappings: async () => {
      const text = state.mappings.map(
        (m) =>
          `# ${m.name}\nname = ${JSON.stringify(m.name)}\naccount = ${JSON.stringify(m.account)}\nbase_dn = ${JSON.stringify(m.base_dn)}\n`,
      );
      return Promise.resolve({ path: hand("mappings.toml", text.join("\n")) });
    },
    compileFilter: async ({ filter, conditions }) => {
      const parts = [
        ...(filter?.trim() ? [checkFilter(filter)] : []),
        ...(conditions ? [filterOf(conditions)] : []),
      ];
      return Promise.resolve({ filter: parts.length > 1 ? `(&${parts.join("")})` : (parts[0] ?? "") });
    },
    countPeople: async (mapping) => {
      const people = belonging(checked(mapping, state));
      const examples = people.slice(0, 5).map((who) => {
        const { user_name, email } = person(who);
        return { name: displayName(who), user_name, email };
      });
      return Promise.resolve({ count: people.length, complete: true, examples });
    },
    preview: async (mapping, onProgress, signal) => {
      const made = await previews.run(checked(mapping, state), onProgress, signal);
      state.previewed(mapping);
      return made;
    },
    previewRows: async (id, query) => Promise.resolve(previews.rows(id, query)),
    exportPreview: async (id) => Promise.resolve({ path: hand("preview.csv", previews.csv(id)) }),
    closePreview: async (id) => {
      previews.close(id);
      return Promise.resolve();
    },
  } satisfies Partial<Host>;
}
