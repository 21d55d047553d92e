import type { Headline } from "../generated";
import { WAITING } from "../imports/waiting";
import { PROPOSED } from "../mappings/proposals/use-proposals";
import { open } from "../screens";
import type { TextId } from "../texts";

/** What to do about the one thing to know: the words of its button, and where it leads. */
export function nextStep(now: Headline): { words: TextId; go: () => void } | null {
  const to = (words: TextId, ...place: Parameters<typeof open>) => ({
    words,
    go: () => {
      open(...place);
    },
  });
  switch (now.kind) {
    case "not_registered":
    case "revoked":
      return to("over-do-setup", "setup");
    case "disconnected":
    case "storage_failed":
      return to("over-do-check", "diagnostics");
    case "password_missing":
    case "directory_unreachable":
    case "directory_refuses":
      return to("over-do-directory", "accounts", now.values.account);
    case "awaiting_approval":
      return to("over-review", "imports", WAITING, now.values.mapping, now.values.approval);
    case "never_imported":
    case "mapping_changed":
      return to("over-do-preview", "mappings", now.values.mapping);
    case "mapping_proposed":
      return to("prop-do", "mappings", now.values.mapping, PROPOSED);
    case "no_mapping":
      return to("over-do-mapping", "mappings");
    case "incomplete":
    case "refused":
      return to("over-do-import", "imports");
    default:
      return null;
  }
}
