import type { Host } from "../contract";
import { accountsPart } from "./accounts";
import { cloudPart } from "./cloud";
import { enginePart } from "./engine";
import { mappingsPart } from "./mappings";
import { movePart } from "./move";
import { rulesPart } from "./rules";
import { State, type Options } from "./state";

/** A host with a sample directory of 100,000 people and no outside world: for browsers and their tests. */
export function makeMemoryHost(options: Options): Host {
  const state = new State(options);
  return {
    ...cloudPart(state),
    ...accountsPart(state),
    ...mappingsPart(state),
    ...enginePart(state),
    ...rulesPart(state),
    ...movePart(state),
  };
}

/** The same, as the address of the page asks for it: `?fresh`, `?legacy`, `?protected`, `?service`, `?alerts`, `?busy`, `?held`, `?proposals`, `?update`, `?slow`. */
export function memoryHostOf(address: URLSearchParams): Host {
  return makeMemoryHost({
    fresh: address.has("fresh"),
    legacy: address.has("legacy"),
    writeProtected: address.has("protected"),
    proxy: address.has("proxy"),
    registered: address.has("registered"),
    scim: address.has("scim"),
    service: address.has("service"),
    alerts: address.has("alerts"),
    busy: address.has("busy"),
    proposals: address.has("proposals"),
    held: address.has("held"),
    update: address.has("update"),
    pace: address.has("slow") ? 150 : 15,
  });
}
