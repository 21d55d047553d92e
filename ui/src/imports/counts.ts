import type { ImportRecord } from "../generated";

/** What an import did, as every screen counts it: whoever is linked is added, whoever is reactivated is updated. */
export const COUNTS = {
  added: ({ counts }: ImportRecord) => counts.create + counts.adopt,
  updated: ({ counts }: ImportRecord) => counts.update + counts.reactivate,
  deactivated: ({ counts }: ImportRecord) => counts.preserve,
  skipped: ({ counts }: ImportRecord) => counts.skip,
  refused: ({ refused }: ImportRecord) => refused,
};
export const COUNTED = Object.keys(COUNTS) as (keyof typeof COUNTS)[];

/** How many wait for an approval since this import. */
export const waitingOf = (record: ImportRecord): number =>
  record.awaiting_approval.reduce((sum, list) => sum + list.people, 0);

/** Whether it changed nothing and nobody waits. */
export const didNothing = (record: ImportRecord): boolean =>
  waitingOf(record) + COUNTS.added(record) + COUNTS.updated(record) + COUNTS.deactivated(record) === 0;
